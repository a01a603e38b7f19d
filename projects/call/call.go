package call

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// ID identifies a call. It is the token of the form that published it.
type ID string

// Bounds of a call, in runes and in whole numbers.
const (
	MaxTitle      = 60
	MaxWanted     = 2000
	MaxWho        = 100
	MaxReason     = 300
	MaxExtensions = 10
	// MaxOpen is how long a call may take proposals from when it is published or extended.
	MaxOpen = 366 * 24 * time.Hour
	// MinOpen is the least time that is left for writing when it is published.
	MinOpen = 24 * time.Hour
	// MaxMoney is what all projects of a call may cost together: a hundred million yuan.
	MaxMoney money.Fen = 100_000_000_00
)

// State is where a call stands.
type State string

// States.
const (
	Open      State = "open"
	Closed    State = "closed"
	Withdrawn State = "withdrawn"
)

// Call is the aggregate.
type Call struct {
	ID        ID                  `json:"id"`
	Community community.ID        `json:"community"`
	Path      []community.ID      `json:"path"`
	By        deliberation.Author `json:"by"`
	CreatedAt time.Time           `json:"created_at"`

	Title  string `json:"title"`
	Wanted string `json:"wanted"`
	// Who may propose, in words: what the platform itself asks for is the same as for every proposal.
	Who string `json:"who,omitempty"`
	// Preset is the way in which the projects are carried, and Rules its name when the call was published.
	Preset preset.Key `json:"preset"`
	Rules  string     `json:"rules"`
	// Money is what there is for all of them together, in fen; 0 if that is not said.
	Money money.Fen `json:"money,omitempty"`
	// ClosesAt is the first instant at which no proposal is taken any more.
	ClosesAt    time.Time   `json:"closes_at"`
	Extensions  []Extension `json:"extensions,omitempty"`
	WithdrawnAt time.Time   `json:"withdrawn_at,omitzero"`
	Reason      string      `json:"reason,omitempty"` // why it was taken back
}

// Extension is more time that was given.
type Extension struct {
	From   time.Time           `json:"from"`
	To     time.Time           `json:"to"`
	Reason string              `json:"reason"`
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
}

// Place is where the call holds.
func (c Call) Place() identity.Place { return identity.Place{Path: c.Path} }

// State returns where the call stands at an instant.
func (c Call) State(now time.Time) State {
	switch {
	case !c.WithdrawnAt.IsZero():
		return Withdrawn
	case now.Before(c.ClosesAt):
		return Open
	}
	return Closed
}

var (
	errTitle   = fault.New(fault.Invalid, "call.no_title").On("title")
	errWanted  = fault.New(fault.Invalid, "call.no_wanted").On("wanted")
	errMoney   = fault.New(fault.Invalid, "call.bad_money").On("money")
	errSoon    = fault.New(fault.Invalid, "call.too_soon").On("closes")
	errLate    = fault.New(fault.Invalid, "call.too_late").On("closes")
	errEarlier = fault.New(fault.Invalid, "call.not_later").On("closes")
	errTimes   = fault.New(fault.Conflict, "call.too_many_extensions").With("max", MaxExtensions)
	// ErrOver means that the call takes no proposals any more.
	ErrOver = fault.New(fault.Conflict, "call.over")
)

// written takes what is typed here.
var written = deliberation.Written{TooLong: fault.New(fault.Invalid, "call.too_long"), NoReason: fault.New(fault.Invalid, "call.no_reason").On("reason")}

// write fills the call in, or returns every fault of it.
func (c *Call) write(cmd Publish, now time.Time) error {
	var errs [3]error
	c.Title, errs[0] = written.Line("title", cmd.Title, MaxTitle)
	c.Wanted, errs[1] = written.Text("wanted", cmd.Wanted, MaxWanted)
	c.Who, errs[2] = written.Line("who", cmd.Who, MaxWho)
	c.Preset, c.Money, c.ClosesAt = cmd.Preset, cmd.Money, cmd.ClosesAt.UTC()
	return deliberation.Joined(errs[0], errs[1], errs[2], deliberation.CheckToken(string(cmd.ID)),
		fault.When(c.Title == "", errTitle), fault.When(c.Wanted == "", errWanted), fault.When(c.Money < 0 || c.Money > MaxMoney, errMoney),
		fault.When(c.ClosesAt.Before(now.Add(MinOpen)), errSoon), fault.When(c.ClosesAt.After(now.Add(MaxOpen)), errLate))
}

// Extend gives more time. It is for a call that is open: who was in time before must not meet others who had longer.
func (c *Call) Extend(to time.Time, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	to = to.UTC()
	if n := len(c.Extensions); n > 0 && c.Extensions[n-1].To.Equal(to) && c.Extensions[n-1].Reason == reason {
		return nil, docstore.ErrUnchanged // the same form again
	}
	if c.State(now) != Open {
		return nil, ErrOver
	}
	if err := deliberation.Joined(fault.When(!to.After(c.ClosesAt), errEarlier), fault.When(to.After(now.Add(MaxOpen)), errLate), fault.When(len(c.Extensions) == MaxExtensions, errTimes)); err != nil {
		return nil, err
	}
	c.Extensions = append(c.Extensions, Extension{From: c.ClosesAt, To: to, Reason: reason, By: by, At: now})
	c.ClosesAt = to
	return []docstore.Fact{c.told(Extended, by, reason, now)}, nil
}

// Withdraw takes the call back. What was proposed for it stays a proposal and goes its way.
func (c *Call) Withdraw(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch c.State(now) {
	case Withdrawn:
		return nil, docstore.ErrUnchanged
	case Closed:
		return nil, ErrOver
	}
	c.WithdrawnAt, c.Reason = now, reason
	return []docstore.Fact{c.told(TakenBack, by, reason, now)}, nil
}
