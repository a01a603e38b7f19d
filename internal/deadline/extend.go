package deadline

import (
	"slices"
	"strings"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/fault"
)

// Request asks for a later date. It stays readable whatever was decided.
type Request struct {
	To     calendar.Date `json:"to"` // due with that day's business hours
	Reason string        `json:"reason"`
	By     Person        `json:"by"`
	At     time.Time     `json:"at"`
	// Granted says what DecidedBy decided at DecidedAt, both zero while the request is open.
	Granted   bool      `json:"granted,omitempty"`
	DecidedBy Person    `json:"decided_by,omitzero"`
	DecidedAt time.Time `json:"decided_at,omitzero"`
	Note      string    `json:"note,omitempty"`
}

// MaxRequests is how many later dates one clock may be asked for, granted or not.
const MaxRequests = 20

var (
	// ErrNoReason means that a later date was asked for, or refused, without a reason.
	ErrNoReason = fault.New(fault.Invalid, "deadline.no_reason").On("reason")
	// ErrNotLater means that the date asked for is not after the present one, or not in the future: Args due.
	ErrNotLater = fault.New(fault.Invalid, "deadline.not_later").On("to")
	// ErrExtensionsUsedUp means that the date may not be put off again: Args times.
	ErrExtensionsUsedUp = fault.New(fault.Conflict, "deadline.extensions_used_up")
	// ErrAsked means that a request waits for a decision already.
	ErrAsked = fault.New(fault.Conflict, "deadline.asked")
	// ErrNotAsked means that no request waits for a decision.
	ErrNotAsked = fault.New(fault.Conflict, "deadline.not_asked")
	// ErrSamePerson means that whoever asked for a later date wants to decide about it.
	ErrSamePerson = fault.New(fault.Denied, "deadline.same_person")
)

// AskExtension asks for a later date. The clock runs on: only another person's grant moves it. Waiting for a resident
// and a later date exclude each other.
func (c *Clock) AskExtension(cal *calendar.Calendar, to calendar.Date, reason string, by Person, now time.Time) error {
	_, asked := c.Asked()
	granted := 0
	for _, r := range c.Requests {
		if r.Granted {
			granted++
		}
	}
	switch {
	case !c.Running():
		return ErrStopped
	case strings.TrimSpace(reason) == "":
		return ErrNoReason
	case asked:
		return ErrAsked
	case c.Waiting(now):
		return ErrPaused
	case granted >= c.Rules.Extensions || len(c.Requests) >= MaxRequests:
		return ErrExtensionsUsedUp.With("times", granted)
	}
	if _, err := c.later(cal, to, now); err != nil {
		return err
	}
	c.Requests = append(slices.Clone(c.Requests), Request{To: to, Reason: reason, By: by, At: second(now)})
	return nil
}

// later returns the due instant of a date, which must be after the present one and in the future.
func (c *Clock) later(cal *calendar.Calendar, to calendar.Date, now time.Time) (due, error) {
	d, err := endOfDay(cal, to)
	if err != nil {
		return due{}, err
	}
	if c.DueAt.IsZero() || !d.at.After(c.DueAt) || !d.at.After(now) {
		return due{}, ErrNotLater.With("due", c.DueAt.Format(time.RFC3339))
	}
	return d, nil
}

// Asked returns the request that waits for a decision; false if there is none.
func (c Clock) Asked() (Request, bool) {
	n := len(c.Requests)
	if n == 0 || !c.Requests[n-1].DecidedAt.IsZero() {
		return Request{}, false
	}
	return c.Requests[n-1], true
}

// GrantExtension lets the date that was asked for hold; by is not who asked. If the earlier date has passed, its
// breach is a fact and stays one: the new date is the next promise, with the next sequence and a ladder of its own.
func (c *Clock) GrantExtension(cal *calendar.Calendar, by Person, now time.Time) (News, error) {
	r, err := c.decidable(by, now)
	if err != nil {
		return News{}, err
	}
	next := *c
	news := next.Record(now)
	d, err := next.later(cal, r.To, now)
	if err != nil {
		return News{}, err
	}
	if next.breached() {
		next.Sequence++
	}
	next.decide(by, now, true, "")
	next.renew(Promise{
		Cause: Extended, At: second(now), DueAt: d.at, Raw: next.rawOf(d), Was: next.DueAt,
		Reason: r.Reason, AskedBy: r.By, By: by, Sequence: next.Sequence,
	})
	if err := unlessBeyond(next.plan(cal)); err != nil {
		return News{}, err
	}
	*c = next
	return news, nil
}

// rawOf keeps the uncut instant only where it is needed.
func (c *Clock) rawOf(d due) time.Time {
	if c.Rules.Term.Unit == Days {
		return d.raw
	}
	return time.Time{}
}

// renew makes p the present promise.
func (c *Clock) renew(p Promise) {
	c.Promises = append(slices.Clone(c.Promises), p)
	c.promise(p.DueAt)
}

// RefuseExtension leaves the date as it is. Whoever asked may take the request back this way; refusing somebody
// else's needs a reason.
func (c *Clock) RefuseExtension(note string, by Person, now time.Time) error {
	r, ok := c.Asked()
	switch {
	case !ok:
		return ErrNotAsked
	case r.By.ID != by.ID && strings.TrimSpace(note) == "":
		return ErrNoReason
	}
	c.decide(by, now, false, note)
	return nil
}

// decidable returns the request that by may grant at now.
func (c Clock) decidable(by Person, now time.Time) (Request, error) {
	r, ok := c.Asked()
	switch {
	case !c.Running():
		return r, ErrStopped
	case !ok:
		return r, ErrNotAsked
	case r.By.ID == by.ID || by.ID == "":
		return r, ErrSamePerson
	case c.Waiting(now):
		return r, ErrPaused
	}
	return r, nil
}

func (c *Clock) decide(by Person, now time.Time, granted bool, note string) {
	c.Requests = slices.Clone(c.Requests)
	r := &c.Requests[len(c.Requests)-1]
	r.DecidedBy, r.DecidedAt, r.Granted, r.Note = by, second(now), granted, note
}
