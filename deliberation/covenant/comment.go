package covenant

import (
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// CommentID identifies a comment; it is the token of its form.
type CommentID string

// Comment is what somebody says about a clause of an edition, a document of its own.
type Comment struct {
	ID        CommentID           `json:"id"`
	Covenant  ID                  `json:"covenant"`
	Community community.ID        `json:"community"`
	Edition   int                 `json:"edition"`
	Clause    string              `json:"clause,omitempty"` // "" is about the whole
	Author    deliberation.Author `json:"author"`
	Body      string              `json:"body"`
	CreatedAt time.Time           `json:"created_at"`
	Reply     *Reply              `json:"reply,omitempty"`
	// Hidden keeps the place and shows Reason instead of Body.
	Hidden      bool               `json:"hidden,omitempty"`
	Reason      string             `json:"reason,omitempty"`
	Hits        []string           `json:"hits,omitempty"`
	ModeratedBy identity.AccountID `json:"moderated_by,omitempty"`
}

// Reply says whether a comment was taken up, and why or why not.
type Reply struct {
	Taken bool                `json:"taken"`
	Why   string              `json:"why"`
	By    deliberation.Author `json:"by"`
	At    time.Time           `json:"at"`
}

var (
	errNoComment    = fault.New(fault.NotFound, "covenant.no_comment")
	errCommentEmpty = fault.New(fault.Invalid, "covenant.comment_empty").On("body")
	errCommentLong  = fault.New(fault.Invalid, "covenant.comment_too_long").On("body")
	errWhy          = fault.New(fault.Invalid, "covenant.why_needed").On("why")
	errReplied      = fault.New(fault.Conflict, "covenant.replied_already")
)

// owed reports whether the comment still has to be answered. What staff have taken out of sight is not.
func (c Comment) owed() bool { return c.Reply == nil && (!c.Hidden || c.ModeratedBy == "") }

// seenBy returns the comment as somebody may see it.
func (c Comment) seenBy(who identity.AccountID, keeps bool) Comment {
	if keeps {
		return c
	}
	if c.Hidden && (who == "" || c.Author.Account != who) {
		c.Body = ""
	}
	c.Hits, c.ModeratedBy = nil, ""
	return c
}

// editionKey names one edition of a covenant in indexes.
func editionKey(id ID, n int) string { return string(id) + "/" + strconv.Itoa(n) }
