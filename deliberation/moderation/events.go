package moderation

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Types of the events this package saves. Their document is the case.
const (
	EventReported = "moderation.reported" // data: Reported
	EventAppealed = "moderation.appealed" // data: Appealed
	EventDecided  = "moderation.decided"  // data: Decided
)

// About is what every event begins with.
type About struct {
	Ref
	Community community.ID         `json:"community"`
	Town      community.ID         `json:"town,omitempty"`
	Topic     deliberation.TopicID `json:"topic,omitempty"`
	Title     string               `json:"title,omitempty"` // only while the topic is shown
	Link      string               `json:"link"`
}

// Reported is the data of moderation.reported. Who reported is not in it.
type Reported struct {
	About
	Why Why `json:"why"`
	// First is set when nothing waited before: whoever is on duty is told once.
	First bool `json:"first,omitempty"`
	// Raised is set on the report that put the case before the others.
	Raised bool `json:"raised,omitempty"`
}

// Appealed is the data of moderation.appealed.
type Appealed struct {
	About
	Author    identity.AccountID `json:"author"`
	Moderator identity.AccountID `json:"moderator,omitempty"`
	ToTown    bool               `json:"to_town,omitempty"`
}

// Decided is the data of moderation.decided. Author is set when an appeal was decided; other decisions are told by
// what they changed.
type Decided struct {
	About
	Author  identity.AccountID `json:"author,omitempty"`
	Granted bool               `json:"granted,omitempty"`
	What    What               `json:"what"`
	Reason  string             `json:"reason,omitempty"`
	By      identity.AccountID `json:"by"`
	ByName  string             `json:"by_name"`
	ByTitle string             `json:"by_title,omitempty"`
}

func about(c Case, t Thing) About {
	a := About{Ref: c.Ref, Community: c.Community, Town: c.Town(), Topic: c.Topic, Link: t.Link}
	if t.Kind != KindTopic || t.State == StateShown {
		a.Title = t.Title
	}
	return a
}

// reporting are the platform's hands that write a report down: the feed does not say whose it was.
var reporting = identity.System("reporting")

// refOfEvent returns the thing that an event of package deliberation may have changed.
func refOfEvent(e docstore.Event) (Ref, bool) {
	switch e.Type {
	case deliberation.TopicHeld, deliberation.TopicReleased, deliberation.TopicHidden, deliberation.TopicEdited, deliberation.TopicWithdrawn:
		return Ref{KindTopic, e.Doc.ID}, true
	case deliberation.TopicCommented, deliberation.CommentHidden, deliberation.CommentReleased, deliberation.CommentEdited, deliberation.CommentWithdrawn:
		return Ref{KindComment, e.Doc.ID}, true
	}
	return Ref{}, false
}

// Types are the events that Follow acts on.
func Types() []string {
	return []string{
		deliberation.TopicHeld, deliberation.TopicReleased, deliberation.TopicHidden, deliberation.TopicEdited, deliberation.TopicWithdrawn,
		deliberation.TopicCommented, deliberation.CommentHidden, deliberation.CommentReleased, deliberation.CommentEdited, deliberation.CommentWithdrawn,
	}
}
