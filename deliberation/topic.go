package deliberation

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// TopicID identifies a topic. It is the token of the form it was posted from (ids.New), so that a
// double tap is the same document.
type TopicID string

// PhotoID identifies a stored photo.
type PhotoID string

// Kind says what a topic is for. Later issues add deliberations and covenants.
type Kind string

// Kinds of topics.
const (
	KindProblem    Kind = "problem"
	KindSuggestion Kind = "suggestion"
	KindMutualAid  Kind = "mutual_aid"
	KindTalk       Kind = "talk" // told to neighbours, nothing asked
	KindNotice     Kind = "notice"
)

// Via says by which way a topic came in.
type Via string

// Ways in.
const (
	ViaH5       Via = "h5"
	ViaChat     Via = "chat"
	ViaDesk     Via = "desk"
	ViaBulletin Via = "bulletin" // a notice that a second person reviewed; it is changed there and not here
	ViaAssisted Via = "assisted" // 代录: staff entered it for somebody offline
)

// Bounds, all counted in runes or items after cleaning.
const (
	MaxTitle     = 40
	MaxBody      = 2000
	MaxReason    = 200
	MaxPhotos    = 9
	MaxResponses = 50
	MaxEdits     = 20
	MaxHistory   = 200
)

// Author is who a topic or comment is from, as it was on that day.
type Author struct {
	Account  identity.AccountID `json:"account,omitempty"` // left out of what other residents get
	Name     string             `json:"name"`              // masked for residents: 王**
	Building string             `json:"building,omitempty"`
	Title    string             `json:"title,omitempty"` // for people in a role: 居委干部
}

// Topic is a thread: the aggregate that a community's answer grows on. Its methods are the only
// transitions (topic_state.go); a Topic made elsewhere cannot be stored, because every writer is a use
// case of this package.
type Topic struct {
	ID        TopicID        `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"` // district, town, community as they were when it was posted
	Board     BoardKey       `json:"board"`
	Kind      Kind           `json:"kind"`
	Author    Author         `json:"author"`
	// EnteredBy is the staff member who wrote it down for somebody offline.
	EnteredBy identity.AccountID `json:"entered_by,omitempty"`
	Via       Via                `json:"via"`
	// Owner is the role that answers first on the board, as it was when the topic was posted.
	Owner identity.Role `json:"owner,omitempty"`

	Title  string    `json:"title"`
	Body   string    `json:"body"`
	Photos []PhotoID `json:"photos,omitempty"`

	Status    Status    `json:"status"`
	Reason    string    `json:"reason,omitempty"` // why it is held, hidden or withdrawn; shown in its place
	CreatedAt time.Time `json:"created_at"`
	EditedAt  time.Time `json:"edited_at,omitzero"`
	// Revision counts the author's edits; an edit names the revision it saw.
	Revision int `json:"revision,omitempty"`

	Clock     *ResponseClock `json:"clock,omitempty"` // nil where no answer is promised
	Responses []Response     `json:"responses,omitempty"`
	History   []Entry        `json:"history,omitempty"`
	Links     []Link         `json:"links,omitempty"` // what grew out of it

	// Stage is how far the matter itself has got, whatever covers it; "" until somebody decided on it.
	Stage Status `json:"stage,omitempty"`
	// Acceptance and Resolution are the promises after the answer; the three clocks are never mixed.
	Acceptance deadline.Clock `json:"acceptance,omitzero"`
	Resolution deadline.Clock `json:"resolution,omitzero"`
	Work       *Work          `json:"work,omitempty"`
	Refusal    RefusalKind    `json:"refusal,omitempty"`
	CloseAt    time.Time      `json:"close_at,omitzero"` // a resolved topic closes then by itself
	InHall     bool           `json:"in_hall,omitempty"` // a deliberation has it
	Hall       string         `json:"hall,omitempty"`    // its id
	Into       TopicID        `json:"into,omitempty"`    // it was merged into that one
	Absorbed   []Absorbed     `json:"absorbed,omitempty"`

	Versions []Version `json:"versions,omitempty"` // earlier texts, for staff
	Hits     []string  `json:"hits,omitempty"`     // the words that a reviewer found, for staff
	Findings []Finding `json:"findings,omitempty"` // the same with what they are taken for and where

	// Comments and LastActivity follow the event feed and may lag a moment.
	Comments     int       `json:"comments,omitempty"`
	LastActivity time.Time `json:"last_activity"`
	CountedSeq   int64     `json:"counted_seq,omitempty"` // the feed up to here is in Comments
	// CountedBase comments are from before CountedFrom and are not counted again.
	CountedBase int       `json:"counted_base,omitempty"`
	CountedFrom time.Time `json:"counted_from,omitzero"`

	// Source is where an article of the guide comes from, and CheckedOn the day on which somebody held it
	// against that source, as "2006-01-02".
	Source    string `json:"source,omitempty"`
	CheckedOn string `json:"checked_on,omitempty"`

	PostHash string `json:"post_hash"` // of what was first posted: tells a replay from a stolen token
}

// Response is an official answer.
type Response struct {
	ID     string             `json:"id"` // the form's token
	By     identity.AccountID `json:"by,omitempty"`
	Name   string             `json:"name"`
	Role   identity.Role      `json:"role"`
	Title  string             `json:"title,omitempty"`
	At     time.Time          `json:"at"`
	Body   string             `json:"body"`
	Photos []PhotoID          `json:"photos,omitempty"`
	Auto   bool               `json:"auto,omitempty"`  // an automatic reply
	First  bool               `json:"first,omitempty"` // the one that stopped the clock
}

// Entry is one step of a topic's history.
type Entry struct {
	What   string    `json:"what"`            // the event's type: topic.posted
	Actor  string    `json:"actor,omitempty"` // account id or system:…; left out of what residents get
	Name   string    `json:"name,omitempty"`
	Title  string    `json:"title,omitempty"` // the role it was done in
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
	Public bool      `json:"public,omitempty"`
}

// Version is a text as it stood before an edit.
type Version struct {
	Until  time.Time `json:"until"`
	Title  string    `json:"title"`
	Body   string    `json:"body"`
	Photos []PhotoID `json:"photos,omitempty"`
}

// Refusals about topics.
var (
	// ErrNotFound means that there is no such topic, or none this person may know of.
	ErrNotFound = fault.New(fault.NotFound, "topic.not_found")
	// ErrTaken means that the form's token already made something else.
	ErrTaken = fault.New(fault.Conflict, "topic.token_taken")
	// ErrState means that the topic's state does not allow the step; Args name state and step.
	ErrState = fault.New(fault.Conflict, "topic.wrong_state")
	// ErrAnswered means that the author's text is fixed because it has an official answer.
	ErrAnswered = fault.New(fault.TooLate, "topic.answered_already")
	// ErrStale means that the text was changed after the form was opened.
	ErrStale = fault.New(fault.Conflict, "topic.stale_edit")
	// ErrNotAuthor means that only the author may do this.
	ErrNotAuthor = fault.New(fault.Denied, "topic.not_author")
	errFull      = fault.New(fault.TooLarge, "topic.full")
)

// Place returns where the topic lies, for identity.Can.
func (t Topic) Place() identity.Place { return identity.Place{Path: t.Path, Board: string(t.Board)} }

// Town returns the street or town above the topic's community, "" if there is none.
func (t Topic) Town() community.ID {
	if len(t.Path) < 2 {
		return ""
	}
	return t.Path[len(t.Path)-2]
}

// Answered reports whether an official answer has stopped the clock or, where no answer is promised, exists.
func (t Topic) Answered() bool {
	for _, r := range t.Responses {
		if r.First {
			return true
		}
	}
	return false
}

// IsAuthor reports whether the account wrote the topic.
func (t Topic) IsAuthor(a identity.AccountID) bool { return a != "" && t.Author.Account == a }

// PhaseAt returns where the response clock stands; PhaseNone where no answer is promised.
func (t Topic) PhaseAt(now time.Time) Phase {
	if t.Clock == nil {
		return PhaseNone
	}
	return t.Clock.PhaseAt(now)
}

// ExplainAt returns what the clock's sentence says.
func (t Topic) ExplainAt(now time.Time) Explanation {
	if t.Clock == nil {
		return Explanation{Phase: PhaseNone}
	}
	return t.Clock.Explain(now)
}

// owner returns the role that answers the topic first. A topic from before boards could be changed has the
// catalogue's.
func (t Topic) owner() identity.Role {
	if t.Owner != "" {
		return t.Owner
	}
	if b, err := BoardOf(t.Board); err == nil {
		return b.Owner
	}
	return ""
}
