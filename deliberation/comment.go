package deliberation

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/identity"
)

// CommentID identifies a comment. Like a topic's it is the token of its form.
type CommentID string

// MaxComment is the longest comment in runes.
const MaxComment = 500

// Comment is a neighbour's word under a topic, a document of its own.
type Comment struct {
	ID        CommentID      `json:"id"`
	Topic     TopicID        `json:"topic"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Author    Author         `json:"author"`
	Via       Via            `json:"via"`
	Body      string         `json:"body"`
	CreatedAt time.Time      `json:"created_at"`
	// Hidden keeps the place and shows Reason instead of Body.
	Hidden bool     `json:"hidden,omitempty"`
	Reason string   `json:"reason,omitempty"`
	Hits   []string `json:"hits,omitempty"`
	// ModeratedBy is the person who last hid or showed it; "" if only the word list has looked at it.
	ModeratedBy identity.AccountID `json:"moderated_by,omitempty"`
	ModeratedAt time.Time          `json:"moderated_at,omitzero"`
}

// unseen reports whether the word list hid the comment and nobody has looked at it.
func (c Comment) unseen() bool { return c.Hidden && c.ModeratedBy == "" }

// redacted returns the comment as somebody may see it: neither who wrote it nor what was hidden, except to
// staff; the author's own account stays for its author.
func (c Comment) redacted(viewer identity.AccountID, staff bool) Comment {
	if staff {
		return c
	}
	mine := viewer != "" && c.Author.Account == viewer
	if !mine {
		c.Author.Account = ""
	}
	if c.Hidden && !mine {
		c.Body = ""
	}
	c.Hits, c.ModeratedBy = nil, ""
	return c
}
