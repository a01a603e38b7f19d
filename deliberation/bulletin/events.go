package bulletin

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Types of the events this package saves with its changes. The data of all but the batch is an About.
const (
	EventWritten   = "bulletin.written"
	EventEdited    = "bulletin.edited"
	EventSubmitted = "bulletin.submitted"
	EventReturned  = "bulletin.returned"
	EventReviewed  = "bulletin.reviewed" // after it went out
	EventPublished = "bulletin.published"
	EventWithdrawn = "bulletin.withdrawn"
	EventDiscarded = "bulletin.discarded"
	EventUnseen    = "bulletin.unseen"        // nobody looked in time
	EventBatch     = "bulletin.batch_planned" // data: none; its document is the batch
)

// About is the data of a bulletin's events. A text that nobody has approved is in none of them but its title.
type About struct {
	Bulletin  ID                  `json:"bulletin"`
	Node      community.ID        `json:"node"`
	Above     community.ID        `json:"above,omitempty"` // the town of a community's bulletin
	Town      bool                `json:"town,omitempty"`  // a town's own
	Parent    ID                  `json:"parent,omitempty"`
	Title     string              `json:"title"`
	Urgency   Urgency             `json:"urgency"`
	Everybody bool                `json:"everybody"`
	Writer    identity.AccountID  `json:"writer"` // to be told of returns
	By        deliberation.Author `json:"by"`
	Reason    string              `json:"reason,omitempty"`
	Unseen    Unseen              `json:"unseen,omitempty"`
	ReviewDue time.Time           `json:"review_due,omitzero"`
	// AskTown is set where only the town may review.
	AskTown bool `json:"ask_town,omitempty"`
}

func (b *Bulletin) about(by deliberation.Author, reason string) About {
	a := About{
		Bulletin: b.ID, Node: b.Node, Town: b.Town, Parent: b.Parent, Title: b.Title, Urgency: b.Urgency, Everybody: b.Audience.Everybody(),
		Writer: b.Author.Account, By: by, Reason: reason, Unseen: b.Unseen, ReviewDue: b.ReviewDue,
	}
	if n := len(b.Path); !b.Town && n > 1 {
		a.Above = b.Path[n-2]
	}
	return a
}
