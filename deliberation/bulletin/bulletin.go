package bulletin

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ID identifies a bulletin: the token of the form it was written in. The topic that it becomes has the same.
type ID string

// Topic returns the id of the topic that shows a community's bulletin.
func (id ID) Topic() deliberation.TopicID { return deliberation.TopicID(id) }

// Urgency is how much a bulletin presses.
type Urgency string

// Urgencies.
const (
	Normal    Urgency = "normal"    // 普通
	Important Urgency = "important" // 重要: stands out on the page, waits for quiet hours like a normal one
	// Urgent is for danger to life, health or property: it goes out in quiet hours too. Nobody's "no WeChat" is
	// passed over: that is a consent taken back (PIPL Art. 15), and the counts tell the office at how many doors to knock.
	Urgent Urgency = "urgent" // 紧急
)

// Urgencies lists them, the ordinary one first.
func Urgencies() []Urgency { return []Urgency{Normal, Important, Urgent} }

// Status is where a bulletin stands.
type Status string

// States. docs/bulletin.md draws the machine.
const (
	Draft     Status = "draft"
	InReview  Status = "review"    // a second person looks at it
	Published Status = "published" // public; those addressed are told
	Withdrawn Status = "withdrawn" // its record stays with the reason
	Discarded Status = "discarded" // never published; nobody else saw it
)

// Statuses lists the states.
func Statuses() []Status { return []Status{Draft, InReview, Published, Withdrawn, Discarded} }

// Move is a kind of step.
type Move string

// Moves.
const (
	MoveEdit     Move = "edit"
	MoveSubmit   Move = "submit"
	MoveApprove  Move = "approve"
	MoveReturn   Move = "return"
	MoveWithdraw Move = "withdraw"
	MoveDiscard  Move = "discard"
)

// Moves lists the kinds of steps.
func Moves() []Move {
	return []Move{MoveEdit, MoveSubmit, MoveApprove, MoveReturn, MoveWithdraw, MoveDiscard}
}

// Allows reports whether a bulletin in the state may take the step: the whole machine in one table. A published bulletin
// is approved where it went out before a second person saw it.
func (s Status) Allows(m Move) bool {
	switch m {
	case MoveEdit, MoveSubmit:
		return s == Draft
	case MoveApprove:
		return s == InReview || s == Published
	case MoveReturn:
		return s == InReview
	case MoveWithdraw:
		return s == Published
	case MoveDiscard:
		return s == Draft || s == InReview
	}
	return false
}

// Unseen says why a bulletin went out before a second person looked at it.
type Unseen string

// Reasons.
const (
	UnseenUrgent Unseen = "urgent" // it was urgent; ReviewDue is when somebody must have looked
	UnseenOff    Unseen = "off"    // the community's settings want nobody to
)

// Bounds.
const (
	// MaxPlaces is how many estates, buildings and grids an audience names, each.
	MaxPlaces = 100
	// MaxCommunities is how many communities a town's bulletin goes to.
	MaxCommunities = 500
	maxSteps       = 60
	maxWriters     = 10
	// reviewWithin is how soon somebody looks at what went out unseen.
	reviewWithin = 24 * time.Hour
)

// Step is one line of a bulletin's history.
type Step struct {
	What   string    `json:"what"` // the event's type
	Name   string    `json:"name,omitempty"`
	Title  string    `json:"title,omitempty"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
}

// Bulletin is the aggregate. Its methods are the only transitions.
type Bulletin struct {
	ID   ID             `json:"id"`
	Node community.ID   `json:"node"` // the community, or the town that wrote it
	Path []community.ID `json:"path"`
	// Town is set on a town's bulletin; Communities are where it goes, and Parent on each copy names it.
	Town        bool           `json:"town,omitempty"`
	Communities []community.ID `json:"communities,omitempty"`
	Parent      ID             `json:"parent,omitempty"`

	Board    deliberation.BoardKey  `json:"board"`
	Title    string                 `json:"title"`
	Body     string                 `json:"body"`
	Photos   []deliberation.PhotoID `json:"photos,omitempty"`
	Urgency  Urgency                `json:"urgency"`
	Audience Audience               `json:"audience"`

	Author deliberation.Author `json:"author"`
	// Writers are all who worked on the text: none of them reviews it.
	Writers []identity.AccountID `json:"writers"`

	Status    Status    `json:"status"`
	Revision  int       `json:"revision"` // rises with every edit; a reviewer names the one that was read
	CreatedAt time.Time `json:"created_at"`
	ChangedAt time.Time `json:"changed_at"`

	Unseen    Unseen              `json:"unseen,omitempty"`
	ReviewDue time.Time           `json:"review_due,omitzero"`
	Overdue   bool                `json:"overdue,omitempty"` // the town was told that nobody looked
	Reviewer  deliberation.Author `json:"reviewer,omitzero"`

	PublishedAt time.Time `json:"published_at,omitzero"`
	WithdrawnAt time.Time `json:"withdrawn_at,omitzero"`
	Reason      string    `json:"reason,omitempty"` // of the withdrawal, or of the last return

	// Planned is how many people are to be told, known once PlannedAt is set.
	Planned   int       `json:"planned,omitempty"`
	PlannedAt time.Time `json:"planned_at,omitzero"`

	History  []Step `json:"history,omitempty"`
	PostHash string `json:"post_hash"` // of what was first written: tells a replay from a stolen token
}

// Refusals.
var (
	// ErrNotFound means that there is no such bulletin, or none this person may know of.
	ErrNotFound = fault.New(fault.NotFound, "bulletin.not_found")
	// ErrState means that the bulletin's state does not allow the step.
	ErrState = fault.New(fault.Conflict, "bulletin.wrong_state")
	// ErrOwn means that a writer wants to review the own text.
	ErrOwn = fault.New(fault.Denied, "bulletin.own_review")
	// ErrStale means that the text was changed after the form was opened.
	ErrStale = fault.New(fault.Conflict, "bulletin.stale")
	// ErrTaken means that the form's token already made something else.
	ErrTaken = fault.New(fault.Conflict, "bulletin.token_taken")
	// ErrTownReviews means that here only the town may look at a bulletin.
	ErrTownReviews = fault.New(fault.Denied, "bulletin.town_reviews")
	errPart        = fault.New(fault.Conflict, "bulletin.part_of_town")
	errReason      = fault.New(fault.Invalid, "bulletin.reason_needed").On("reason")
	errUrgency     = fault.New(fault.Invalid, "bulletin.bad_urgency").On("urgency")
	errFull        = fault.New(fault.TooLarge, "bulletin.full")
)

// Place returns where the bulletin lies, for identity.Can.
func (b Bulletin) Place() identity.Place { return identity.Place{Path: b.Path, Board: string(b.Board)} }

// Awaited reports whether a second person has still to look at it.
func (b Bulletin) Awaited() bool {
	return b.Status == InReview || b.Status == Published && b.Unseen == UnseenUrgent && b.Reviewer.Name == ""
}

// WroteIt reports whether the account worked on the text.
func (b Bulletin) WroteIt(a identity.AccountID) bool { return slices.Contains(b.Writers, a) }

func (b *Bulletin) may(m Move) error {
	if !b.Status.Allows(m) || m == MoveApprove && !b.Awaited() {
		return ErrState.With("state", b.Status).With("step", m)
	}
	if len(b.History) >= maxSteps && m != MoveWithdraw && m != MoveDiscard {
		return errFull.With("max", maxSteps)
	}
	return nil
}

// Edit replaces what the bulletin says and to whom. Whoever edits becomes one of its writers.
func (b *Bulletin) Edit(by deliberation.Author, t Text, revision int, now time.Time) ([]docstore.Fact, error) {
	if err := b.may(MoveEdit); err != nil {
		return nil, err
	}
	if revision != b.Revision {
		return nil, ErrStale.With("revision", b.Revision)
	}
	if !b.WroteIt(by.Account) {
		if len(b.Writers) >= maxWriters {
			return nil, errFull.With("max", maxWriters)
		}
		b.Writers = append(slices.Clip(b.Writers), by.Account)
	}
	b.set(t)
	b.Revision++
	return []docstore.Fact{b.step(EventEdited, by, "", now)}, nil
}

// Submit sends the bulletin on its way: to a second person, or out at once where the rule of the place says so.
func (b *Bulletin) Submit(by deliberation.Author, r Rule, now time.Time) ([]docstore.Fact, error) {
	if err := b.may(MoveSubmit); err != nil {
		return nil, err
	}
	b.Reason = ""
	switch {
	case r.Review == community.ReviewOff:
		b.Unseen = UnseenOff
	case r.UrgentFirst && b.Urgency == Urgent:
		b.Unseen, b.ReviewDue = UnseenUrgent, now.Add(reviewWithin)
	default:
		b.Status = InReview
		return []docstore.Fact{b.step(EventSubmitted, by, "", now)}, nil
	}
	return []docstore.Fact{b.publish(by, now)}, nil
}

// Approve publishes what a second person has read at this revision, or confirms what went out unseen.
func (b *Bulletin) Approve(by deliberation.Author, revision int, now time.Time) ([]docstore.Fact, error) {
	if err := b.mayReview(MoveApprove, by); err != nil {
		return nil, err
	}
	if revision != b.Revision {
		return nil, ErrStale.With("revision", b.Revision)
	}
	b.Reviewer = by
	if b.Status == Published {
		return []docstore.Fact{b.step(EventReviewed, by, "", now)}, nil
	}
	return []docstore.Fact{b.publish(by, now)}, nil
}

// Return gives the bulletin back to its writers with what is to be changed.
func (b *Bulletin) Return(by deliberation.Author, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := b.mayReview(MoveReturn, by); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	b.Status, b.Reason = Draft, reason
	return []docstore.Fact{b.step(EventReturned, by, reason, now)}, nil
}

func (b *Bulletin) mayReview(m Move, by deliberation.Author) error {
	if err := b.may(m); err != nil {
		return err
	}
	if b.WroteIt(by.Account) {
		return ErrOwn
	}
	return nil
}

// Withdraw takes a published bulletin back. Its record stays, with the reason.
func (b *Bulletin) Withdraw(by deliberation.Author, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := b.may(MoveWithdraw); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	b.Status, b.Reason, b.WithdrawnAt = Withdrawn, reason, now
	return []docstore.Fact{b.step(EventWithdrawn, by, reason, now)}, nil
}

// Discard drops what was never published.
func (b *Bulletin) Discard(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := b.may(MoveDiscard); err != nil {
		return nil, err
	}
	b.Status = Discarded
	return []docstore.Fact{b.step(EventDiscarded, by, "", now)}, nil
}

// FallOverdue records once that nobody has looked in time at what went out unseen.
func (b *Bulletin) FallOverdue(now time.Time) ([]docstore.Fact, error) {
	if !b.Awaited() || b.Status != Published || b.Overdue || now.Before(b.ReviewDue) {
		return nil, docstore.ErrUnchanged
	}
	b.Overdue = true
	return []docstore.Fact{b.step(EventUnseen, deliberation.Author{}, "", now)}, nil
}

func (b *Bulletin) publish(by deliberation.Author, now time.Time) docstore.Fact {
	b.Status, b.PublishedAt = Published, now
	return b.step(EventPublished, by, "", now)
}

// step writes a line of the history and returns the event.
func (b *Bulletin) step(what string, by deliberation.Author, reason string, now time.Time) docstore.Fact {
	b.ChangedAt = now
	b.History = append(slices.Clip(b.History), Step{What: what, Name: by.Name, Title: by.Title, At: now, Reason: reason})
	actor := string(by.Account)
	if actor == "" {
		actor = hands.Ref()
	}
	return docstore.Fact{Type: what, Actor: actor, At: now, Data: b.about(by, reason)}
}
