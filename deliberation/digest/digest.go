package digest

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ID identifies a digest: the token of the form it was opened with.
type ID string

// GroupID identifies a group within its digest: the token of the form it was made with.
type GroupID string

// Verdict is what the town makes of a group.
type Verdict string

// Verdicts.
const (
	Adopted  Verdict = "adopted"
	Partly   Verdict = "partly"
	Declined Verdict = "declined"
)

// Verdicts lists them.
func Verdicts() []Verdict { return []Verdict{Adopted, Partly, Declined} }

// Takes reports whether something will be done.
func (v Verdict) Takes() bool { return v == Adopted || v == Partly }

// Bounds. Lengths are in runes.
const (
	MaxTitle   = 40
	MaxPurpose = 200
	MaxHeading = 40
	MaxSummary = 300
	MaxAsk     = 300
	MaxReason  = 300  // of a step
	MaxWhy     = 1000 // of an answer
	MaxWho     = 60
	MaxUntil   = 60
	MaxGroups  = 20
	MaxInGroup = 200
	MaxTopics  = 1000 // in all groups
	MaxAnswers = 10   // of one group: the first and its supplements
	// MaxPlaced is how many topics one form may place: a page of them.
	MaxPlaced = 2 * deliberation.PeriodPage
	// MaxDays is the longest period.
	MaxDays = 366
	// MaxPeriod is how many topics a period may hold. It bounds what finishing adds up: a hundred pages of fifty.
	MaxPeriod = 5000

	maxReturns = 5
	maxSteps   = 300 // lines of the history
	// keptOpen is how many days an answered digest can still be supplemented before it closes by itself.
	keptOpen = 30
)

// Answer is what the town says to a group.
type Answer struct {
	ID      string  `json:"id"` // the form's token
	Verdict Verdict `json:"verdict"`
	Why     string  `json:"why"`
	// Who does it, and until when, in words or as a day; for what is taken up.
	Who      string              `json:"who,omitempty"`
	Until    string              `json:"until,omitempty"`
	UntilDay calendar.Date       `json:"until_day,omitzero"`
	By       deliberation.Author `json:"by"`
	At       time.Time           `json:"at"`
}

// dated reports whether the answer names a day.
func (a Answer) dated() bool { return a.UntilDay != calendar.Date{} }

// Group is a theme: what its topics have in common, in one sentence, and what is asked of the town.
type Group struct {
	ID      GroupID                `json:"id"`
	Heading string                 `json:"heading"`
	Summary string                 `json:"summary"`
	Ask     string                 `json:"ask"`
	Topics  []deliberation.TopicID `json:"topics,omitempty"`
	// Voices is how many people its topics speak for, each once, as of the last finishing or submission.
	Voices int `json:"voices,omitempty"`
	// Answers are the town's; the last one holds.
	Answers []Answer `json:"answers,omitempty"`
}

// Answer returns the answer that holds; false if the town has not spoken.
func (g Group) Answer() (Answer, bool) {
	if len(g.Answers) == 0 {
		return Answer{}, false
	}
	return g.Answers[len(g.Answers)-1], true
}

// Tally says how much the period held that could be passed up, as of the last finishing.
type Tally struct {
	Topics int `json:"topics"`
	Voices int `json:"voices"` // people, each once
}

// Entry is one step of the record, which is public once the digest is.
type Entry struct {
	What  string    `json:"what"` // the event's type
	Actor string    `json:"actor,omitempty"`
	Name  string    `json:"name,omitempty"`
	Title string    `json:"title,omitempty"`
	Group string    `json:"group,omitempty"` // heading
	Words string    `json:"words,omitempty"`
	At    time.Time `json:"at"`
}

// Digest is the aggregate. Its methods are the only transitions.
type Digest struct {
	ID        ID             `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Title     string         `json:"title"`
	Purpose   string         `json:"purpose,omitempty"` // what it is for: 民主生活会, 实事项目
	// From and To are the first and the last day of the period; Since and Until the same as instants, [Since, Until).
	From  calendar.Date `json:"from"`
	To    calendar.Date `json:"to"`
	Since time.Time     `json:"since"`
	Until time.Time     `json:"until"`

	State State `json:"state"`
	// Revision rises with every step somebody takes; a form names the one it saw.
	Revision int     `json:"revision"`
	Groups   []Group `json:"groups,omitempty"`
	Tally    Tally   `json:"tally,omitzero"`
	Reason   string  `json:"reason,omitempty"` // why it was sent back, returned or withdrawn

	OpenedBy deliberation.Author `json:"opened_by"`
	OpenedAt time.Time           `json:"opened_at"`
	SortedBy deliberation.Author `json:"sorted_by,omitzero"`
	SortedAt time.Time           `json:"sorted_at,omitzero"`
	// SubmittedAt is when residents could first read it.
	SubmittedBy deliberation.Author `json:"submitted_by,omitzero"`
	SubmittedAt time.Time           `json:"submitted_at,omitzero"`
	Returns     int                 `json:"returns,omitempty"`
	// Clock runs while the town owes its answer.
	Clock      deadline.Clock `json:"clock,omitzero"`
	AnsweredAt time.Time      `json:"answered_at,omitzero"`
	CloseAt    time.Time      `json:"close_at,omitzero"` // it closes by itself then
	EndedAt    time.Time      `json:"ended_at,omitzero"`
	History    []Entry        `json:"history"`
}

// Refusals.
var (
	// ErrNotFound means that there is no such digest, or none that this person may know of.
	ErrNotFound = fault.New(fault.NotFound, "digest.not_found")
	// ErrTaken means that the form's token made something else before.
	ErrTaken = fault.New(fault.Conflict, "digest.token_taken")
	// ErrSamePerson means that who finished the sorting wants to pass it up too.
	ErrSamePerson = fault.New(fault.Denied, "digest.same_person")

	errNoGroup = fault.New(fault.NotFound, "digest.no_group")
)

func (d Digest) key() string { return string(d.ID) }

// Place is where permissions of the digest are asked.
func (d Digest) Place() identity.Place { return identity.Place{Path: d.Path} }

// Town returns the town above the community, "" if there is none.
func (d Digest) Town() community.ID {
	if len(d.Path) < 2 {
		return ""
	}
	return d.Path[len(d.Path)-2]
}

// Public reports whether it was ever passed up, so that residents know of it.
func (d Digest) Public() bool { return !d.SubmittedAt.IsZero() }

// Window is the period as instants.
func (d Digest) Window() deliberation.Window {
	return deliberation.Window{From: d.Since, To: d.Until}
}

// Group returns a group; false if there is none.
func (d Digest) Group(id GroupID) (Group, bool) {
	i := d.group(id)
	if i < 0 {
		return Group{}, false
	}
	return d.Groups[i], true
}

func (d Digest) group(id GroupID) int {
	return slices.IndexFunc(d.Groups, func(g Group) bool { return g.ID == id })
}

// GroupOf returns the group that a topic is in, "" if none.
func (d Digest) GroupOf(id deliberation.TopicID) GroupID {
	for _, g := range d.Groups {
		if slices.Contains(g.Topics, id) {
			return g.ID
		}
	}
	return ""
}

// Placed counts the topics in all groups.
func (d Digest) Placed() int {
	n := 0
	for _, g := range d.Groups {
		n += len(g.Topics)
	}
	return n
}

// answers counts the groups that the town has answered.
func (d Digest) answers() int {
	n := 0
	for _, g := range d.Groups {
		if len(g.Answers) > 0 {
			n++
		}
	}
	return n
}

// Left counts the groups that the town has not answered.
func (d Digest) Left() int { return len(d.Groups) - d.answers() }

// reopened is the state of a digest that has to be sorted further.
func (d Digest) reopened() State {
	if d.Public() {
		return Returned
	}
	return Collecting
}
