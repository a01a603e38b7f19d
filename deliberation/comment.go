package deliberation

import (
	"fmt"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// CommentID identifies a comment. Like a topic's it is the token of its form.
type CommentID string

// Bounds of a comment, in runes or items after cleaning.
const (
	MaxComment      = 500
	MaxQuote        = 120
	MaxMentions     = 5
	MaxCommentEdits = 10
)

// Comment is a neighbour's word under a topic, a document of its own. Threads are one level deep: a comment stands for
// itself or among the replies of one that does.
type Comment struct {
	ID        CommentID      `json:"id"`
	Topic     TopicID        `json:"topic"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Board     BoardKey       `json:"board,omitempty"`
	Author    Author         `json:"author"`
	Via       Via            `json:"via"`
	Body      string         `json:"body"`
	CreatedAt time.Time      `json:"created_at"`

	// Parent is the comment among whose replies this one stands; ReplyTo is the one it answers, which may be
	// another reply, and ReplyToName whose that is, as shown.
	Parent      CommentID `json:"parent,omitempty"`
	ReplyTo     CommentID `json:"reply_to,omitempty"`
	ReplyToName string    `json:"reply_to_name,omitempty"`
	// Place orders a thread: a comment, then its replies by time, then the next comment.
	Place    string    `json:"place,omitempty"`
	Quote    *Quote    `json:"quote,omitempty"`
	Mentions []Mention `json:"mentions,omitempty"`

	// EditUntil is when the author's time to change the text is over: an instant stored when it was posted.
	EditUntil time.Time        `json:"edit_until,omitzero"`
	EditedAt  time.Time        `json:"edited_at,omitzero"`
	Revision  int              `json:"revision,omitempty"`
	Versions  []CommentVersion `json:"versions,omitempty"` // earlier texts, for everybody
	// Withdrawn keeps the place; the text stays for staff.
	Withdrawn bool `json:"withdrawn,omitempty"`

	// Hidden keeps the place and shows Reason instead of Body.
	Hidden   bool      `json:"hidden,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Hits     []string  `json:"hits,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
	// ModeratedBy is the person who last hid or showed it; "" if only the word list has looked at it.
	ModeratedBy identity.AccountID `json:"moderated_by,omitempty"`
	ModeratedAt time.Time          `json:"moderated_at,omitzero"`
}

// Quote is a passage that a comment answers: of another comment, or of the topic where Comment is "".
type Quote struct {
	Comment CommentID `json:"comment,omitempty"`
	Name    string    `json:"name"`
	Text    string    `json:"text"` // "" where the passage may not be seen any more
}

// Mention is somebody of the thread who is called by the name shown there.
type Mention struct {
	Name    string             `json:"name"`
	Account identity.AccountID `json:"account,omitempty"`
}

// CommentVersion is a text as it stood before an edit. Held versions were never shown, and are not now.
type CommentVersion struct {
	Until time.Time `json:"until"`
	Body  string    `json:"body"`
	Held  bool      `json:"held,omitempty"`
}

// Refusals about comments.
var (
	// ErrEditOver means that the author's time to change a comment is over.
	ErrEditOver = fault.New(fault.TooLate, "comment.edit_over")
	// ErrCommentGone means that a comment was hidden or withdrawn and can be neither answered nor quoted.
	ErrCommentGone = fault.New(fault.Conflict, "comment.gone")
	// ErrOwnAffair means that somebody decides about their own words.
	ErrOwnAffair = fault.New(fault.Denied, "moderation.own")
	errQuote     = fault.New(fault.Invalid, "comment.bad_quote").On("quote")
	errLongQuote = fault.New(fault.Invalid, "comment.quote_too_long").On("quote")
	errMentions  = fault.New(fault.Invalid, "comment.too_many_mentions").On("body").With("max", MaxMentions)
)

// unseen reports whether the word list hid the comment and nobody has looked at it.
func (c Comment) unseen() bool { return c.Hidden && c.ModeratedBy == "" }

// Shown reports whether neighbours can read it.
func (c Comment) Shown() bool { return !c.Hidden && !c.Withdrawn }

// IsAuthor reports whether the account wrote the comment.
func (c Comment) IsAuthor(a identity.AccountID) bool { return a != "" && c.Author.Account == a }

// key orders a comment among those beside it: by time, then by id.
func (c Comment) key() string { return fmt.Sprintf("%013d-%s", c.CreatedAt.UnixMilli(), c.ID) }

// place is where the comment stands in its thread. Only comments that stand for themselves may lack Place.
func (c Comment) place() string {
	if c.Place != "" {
		return c.Place
	}
	return c.key()
}

// behind is a place right after the comment and before whatever follows it, its replies included.
func behind(place string) string { return place + "!" }

// Seen tells what a moderator saw: it changes with the text and with every decision.
func (c Comment) Seen() string {
	return fmt.Sprintf("%d.%t.%t.%d", c.Revision, c.Hidden, c.Withdrawn, c.ModeratedAt.UnixMilli())
}

// CommentMay says which steps a page should offer to somebody. The use cases ask again.
type CommentMay struct{ Edit, Withdraw, Appeal bool }

// MayOf returns what the account may do with its own comment at now.
func (c Comment) MayOf(a identity.AccountID, now time.Time) CommentMay {
	if !c.IsAuthor(a) || c.Withdrawn {
		return CommentMay{}
	}
	return CommentMay{
		Edit: c.editable() && now.Before(c.EditUntil), Withdraw: true, Appeal: c.Hidden,
	}
}

// editable reports whether the text is still the author's: what a person has hidden is not.
func (c Comment) editable() bool { return !c.Withdrawn && (!c.Hidden || c.unseen()) }

// screened hides the comment if the reviewer found something.
func (c Comment) screened(found Verdict) Comment {
	if found.Holds() {
		c.Hidden, c.Reason, c.Hits, c.Findings = true, found.Reason(), found.Words(), found.Findings
	}
	return c
}

// Edit replaces the author's text within the time for it. The text before it stays for everybody to see, unless it
// was never shown. found, from the reviewer, may hide the new text; a text that only the word list had hidden
// appears when the new one is clean. An edit that changes nothing returns docstore.ErrUnchanged.
func (c *Comment) Edit(body string, revision int, found Verdict, now time.Time) error {
	switch {
	case c.Body == body:
		return docstore.ErrUnchanged
	case !c.editable():
		return ErrCommentGone
	case !now.Before(c.EditUntil):
		return ErrEditOver
	case revision != c.Revision:
		return ErrStale.With("revision", c.Revision).With("seen", revision)
	case len(c.Versions) >= MaxCommentEdits:
		return errFull.With("what", "edits").With("max", MaxCommentEdits)
	}
	c.Versions = append(slices.Clip(c.Versions), CommentVersion{Until: now, Body: c.Body, Held: c.Hidden})
	c.Body, c.EditedAt = body, now
	c.Revision++
	c.Hidden, c.Reason, c.Hits, c.Findings = false, "", nil, nil
	*c = c.screened(found)
	return nil
}

// redacted returns the comment as somebody may see it: neither who wrote it nor what was hidden, except to
// staff; the author's own account stays for its author.
func (c Comment) redacted(viewer identity.AccountID, staff bool) Comment {
	if staff {
		return c
	}
	mine := c.IsAuthor(viewer)
	if !mine {
		c.Author.Account = ""
	}
	if c.Withdrawn || c.Hidden && !mine {
		c.Body, c.Quote, c.Versions = "", nil, nil
	}
	c.Hits, c.Findings, c.ModeratedBy = nil, nil, ""
	c.Mentions = slices.Clone(c.Mentions)
	for i := range c.Mentions {
		c.Mentions[i].Account = ""
	}
	if !mine {
		c.Versions = slices.DeleteFunc(slices.Clone(c.Versions), func(v CommentVersion) bool { return v.Held })
	}
	return c
}
