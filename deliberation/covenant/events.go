package covenant

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Types of the events this package saves with its changes.
const (
	Drafted           = "covenant.drafted"        // data: About
	Edited            = "covenant.edited"         // data: About
	CommentsOpened    = "covenant.opened"         // data: Opened
	CommentsOver      = "covenant.comments_over"  // data: Over; the window has ended
	Revised           = "covenant.revised"        // data: About
	AmendBegun        = "covenant.amend_begun"    // data: About
	LegalNoted        = "covenant.legal_noted"    // data: About
	AdoptionRecorded  = "covenant.recorded"       // data: About; waits for a second person
	AdoptionConfirmed = "covenant.adopted"        // data: AdoptedData
	AdoptionReturned  = "covenant.returned"       // data: Returned
	EditionDropped    = "covenant.dropped"        // data: Opened
	Filed             = "covenant.filed"          // data: About
	Commented         = "covenant.commented"      // data: CommentStep; its document is the comment
	Replied           = "covenant.replied"        // data: CommentStep
	CommentHidden     = "covenant.comment_hidden" // data: CommentStep
	CommentShown      = "covenant.comment_shown"  // data: CommentStep
	AuthorForgotten   = "covenant.author_forgotten"
)

// Links are the events that the topics of a covenant follow.
func Links() []string { return []string{CommentsOpened, AdoptionConfirmed, EditionDropped} }

// About is what every event of a covenant begins with. Keeper is the account to tell.
type About struct {
	Covenant  ID                 `json:"covenant"`
	Community community.ID       `json:"community"`
	Title     string             `json:"covenant_title"`
	Edition   int                `json:"edition"`
	Keeper    identity.AccountID `json:"keeper,omitempty"`
}

// Opened is the data of covenant.opened and covenant.dropped.
type Opened struct {
	About
	deliberation.Linked
	Until time.Time `json:"until,omitzero"`
}

// AdoptedData is the data of covenant.adopted.
type AdoptedData struct {
	About
	deliberation.Linked
	Version     int       `json:"version"`
	What        string    `json:"what"`
	EffectiveAt time.Time `json:"effective_at"`
}

// Returned is the data of covenant.returned. Recorder wrote the record.
type Returned struct {
	About
	Recorder identity.AccountID `json:"recorder"`
	Reason   string             `json:"reason"`
}

// Over is the data of covenant.comments_over.
type Over struct {
	About
	Owed int `json:"owed"`
}

// CommentStep is the data of events about one comment. By wrote it; hidden words are quoted nowhere.
type CommentStep struct {
	About
	Comment CommentID          `json:"comment"`
	By      identity.AccountID `json:"by,omitempty"`
	Held    bool               `json:"held,omitempty"`
	Taken   bool               `json:"taken,omitempty"`
	Why     string             `json:"why,omitempty"`
}
