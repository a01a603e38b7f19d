package activity

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ID identifies an activity; it is the token of the form that made it.
type ID string

// Bounds. Lengths are in runes.
const (
	MaxTitle     = 40
	MaxWhat      = 1500
	MaxWhere     = 60
	MaxGuests    = 60 // who may come, in words
	MaxBuildings = 100
	MaxCapacity  = 500
	MaxPersons   = 5 // of one sign-up, the whole family
	MaxSeats     = 400
	MaxWords     = 300 // of the host to those who come
	MaxSayings   = 20
	MaxRecap     = 2000
	MaxWalkIns   = 500

	// mostAhead is how long before an activity may be announced, and longest how long it may last.
	mostAhead = 180 * day
	longest   = 7 * day
	// noteTime is how long after its end who came may be written down and corrected.
	noteTime = 30 * day
	// remindTime is how long before its beginning those who have a seat are reminded.
	remindTime = day
	day        = 24 * time.Hour
)

// Status is where an activity stands. That it is over follows from its end.
type Status string

// Statuses.
const (
	Waits     Status = "waits"     // for the desk
	Returned  Status = "returned"  // to its host, with a reason
	Published Status = "published" //
	Cancelled Status = "cancelled" // with a reason
)

// Activity is the aggregate. Its methods are the only transitions.
type Activity struct {
	ID        ID                  `json:"id"`
	Community community.ID        `json:"community"`
	Path      []community.ID      `json:"path"`
	Host      HostID              `json:"host"`
	By        deliberation.Author `json:"by"` // the host, as others see them
	Field     Field               `json:"field"`
	Plan
	Status      Status    `json:"status"`
	Reason      string    `json:"reason,omitempty"`
	Revision    int       `json:"revision"`
	CreatedAt   time.Time `json:"created_at"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	CancelledAt time.Time `json:"cancelled_at,omitzero"`
	// RemindAt is when those who have a seat are reminded, zero once they were; EndedAt is set when its end was recorded.
	RemindAt time.Time `json:"remind_at,omitzero"`
	EndedAt  time.Time `json:"ended_at,omitzero"`
	// Seats is in the order in which people signed up; the waiting list is those of it who wait.
	Seats   []Seat               `json:"seats,omitempty"`
	Sayings []Saying             `json:"sayings,omitempty"`
	Turnout *Turnout             `json:"turnout,omitempty"`
	Recap   *Recap               `json:"recap,omitempty"`
	History []deliberation.Entry `json:"history"`
}

// Plan is what an activity is.
type Plan struct {
	Title    string    `json:"title"`
	What     string    `json:"what"`
	Where    string    `json:"where"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
	// Until is when signing up ends; at that instant it is over.
	Until time.Time `json:"until"`
	// Capacity is how many persons there is room for, 0 without a bound.
	Capacity int    `json:"capacity"`
	For      Guests `json:"for"`
	// Room says that a public room is used, Money that public money is: the desk confirms both.
	Room  bool `json:"room,omitempty"`
	Money bool `json:"money,omitempty"`
	// Project is the project that it belongs to, "" for none.
	Project string `json:"project,omitempty"`
}

// Guests says who may come: those of some buildings, or of the whole community where none is named. Words are for what no
// program checks: from what age, what to bring.
type Guests struct {
	Buildings []community.BuildingID `json:"buildings,omitempty"`
	Names     []string               `json:"names,omitempty"`
	Words     string                 `json:"words,omitempty"`
}

// Saying is what the host tells those who have signed up.
type Saying struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Turnout is what the host wrote down about who came. WalkIns had not signed up.
type Turnout struct {
	WalkIns int       `json:"walk_ins"`
	At      time.Time `json:"at"`
}

// Recap is what the host tells everybody afterwards.
type Recap struct {
	Text   string                 `json:"text"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
	At     time.Time              `json:"at"`
}

// Place is where the activity is.
func (a Activity) Place() identity.Place { return identity.Place{Path: a.Path} }

// Led reports whether the account is its host's.
func (a Activity) Led(who identity.AccountID) bool { return who != "" && a.By.Account == who }

// Came is how many persons came, by the host's list; 0 where nothing was written down.
func (a Activity) Came() int {
	if a.Turnout == nil {
		return 0
	}
	n := a.Turnout.WalkIns
	for _, s := range a.Seats {
		n += s.Came
	}
	return n
}

var (
	errTitle     = fault.New(fault.Invalid, "activity.no_title").On("title")
	errWhat      = fault.New(fault.Invalid, "activity.no_what").On("what")
	errWhere     = fault.New(fault.Invalid, "activity.no_where").On("where")
	errStarts    = fault.New(fault.Invalid, "activity.bad_start").On("starts")
	errEnds      = fault.New(fault.Invalid, "activity.bad_end").On("ends")
	errUntil     = fault.New(fault.Invalid, "activity.bad_until").On("until")
	errCapacity  = fault.New(fault.Invalid, "activity.bad_capacity").On("capacity")
	errBuildings = fault.New(fault.Invalid, "activity.bad_buildings").On("buildings")
	errProject   = fault.New(fault.Invalid, "activity.no_project").On("project")
	errPhone     = fault.New(fault.Invalid, "activity.phone").On("what")
	errWords     = fault.New(fault.Invalid, "activity.words")
	errStale     = fault.New(fault.Conflict, "activity.stale")
	errState     = fault.New(fault.Conflict, "activity.state")
	errPast      = fault.New(fault.TooLate, "activity.past")
	errAgain     = fault.New(fault.Conflict, "activity.confirm_again").On("room")
	errBelow     = fault.New(fault.Conflict, "activity.below_taken").On("capacity")
)

// clean returns the plan as it is stored, or every fault at once. Signing up ends with the beginning where nothing else is said.
func (p Plan) clean(now time.Time) (Plan, error) {
	var faults []error
	keep := func(into *string, s string, err error) { *into, faults = s, append(faults, err) }
	title, err := written.Line("title", p.Title, MaxTitle)
	keep(&p.Title, title, err)
	what, err := written.Text("what", p.What, MaxWhat)
	keep(&p.What, what, err)
	where, err := written.Line("where", p.Where, MaxWhere)
	keep(&p.Where, where, err)
	words, err := written.Line("for", p.For.Words, MaxGuests)
	keep(&p.For.Words, words, err)
	if p.Until.IsZero() {
		p.Until = p.StartsAt
	}
	faults = append(faults, fault.When(p.Title == "", errTitle), fault.When(p.What == "", errWhat), fault.When(p.Where == "", errWhere), p.times(now),
		fault.When(p.Capacity < 0 || p.Capacity > MaxCapacity, errCapacity.With("max", MaxCapacity)), fault.When(len(p.For.Buildings) > MaxBuildings, errBuildings))
	return p, deliberation.Joined(faults...)
}

func (p Plan) times(now time.Time) error {
	switch {
	case !p.StartsAt.After(now) || p.StartsAt.After(now.Add(mostAhead)):
		return errStarts.With("days", int(mostAhead/day))
	case !p.EndsAt.After(p.StartsAt) || p.EndsAt.After(p.StartsAt.Add(longest)):
		return errEnds.With("days", int(longest/day))
	}
	return fault.When(!p.Until.After(now) || p.Until.After(p.StartsAt), errUntil)
}

// remindAt is when those who come are reminded, zero where that is over.
func (p Plan) remindAt(now time.Time) time.Time {
	if at := p.StartsAt.Add(-remindTime); at.After(now) {
		return at
	}
	return time.Time{}
}

func (a *Activity) note(what string, by deliberation.Author, reason string, now time.Time) {
	if len(a.History) < maxHistory {
		a.History = append(slices.Clip(a.History), deliberation.Entry{
			What: what, Actor: string(by.Account), Name: by.Name, Title: by.Title, At: now, Reason: reason, Public: true,
		})
	}
}

// publish shows it to those who may come.
func (a *Activity) publish(by deliberation.Author, now time.Time) []docstore.Fact {
	a.Status, a.Reason, a.PublishedAt, a.RemindAt = Published, "", now, a.remindAt(now)
	a.note(EventPublished, by, "", now)
	return []docstore.Fact{a.told(EventPublished, by, "", now)}
}

// decide refuses whoever decides about their own activity, and a second decision.
func (a Activity) decide(by deliberation.Author) error {
	if a.Led(by.Account) {
		return errOwnCheck
	}
	return fault.When(a.Status != Waits, errState)
}

// Confirm publishes what waited for the desk.
func (a *Activity) Confirm(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := a.decide(by); err != nil {
		return nil, err
	}
	if !now.Before(a.StartsAt) || !now.Before(a.Until) {
		return nil, errPast
	}
	return a.publish(by, now), nil
}

// Return gives it back to its host, who changes it and asks again.
func (a *Activity) Return(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := a.decide(by); err != nil {
		return nil, err
	}
	a.Status, a.Reason = Returned, reason
	a.note(EventReturned, by, reason, now)
	return []docstore.Fact{a.told(EventReturned, by, reason, now)}, nil
}

// Change writes the plan anew. seen is the revision that the form showed. What was published stays so, and whoever has signed up is
// told when time or place is another; more room moves up those who wait, in the same commit.
func (a *Activity) Change(p Plan, seen int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch {
	case seen != a.Revision:
		return nil, errStale
	case a.Status == Cancelled:
		return nil, errState
	case a.Status != Published:
		a.Plan, a.Status, a.Reason = p, Waits, ""
		a.Revision++
		a.note(EventSubmitted, by, "", now)
		return []docstore.Fact{a.told(EventSubmitted, by, "", now)}, nil
	case !now.Before(a.StartsAt):
		return nil, errPast
	case p.Room && !a.Room || p.Money && !a.Money:
		return nil, errAgain
	case p.Capacity > 0 && p.Capacity < a.Taken():
		return nil, errBelow.With("taken", a.Taken())
	}
	what := EventRevised
	if !p.StartsAt.Equal(a.StartsAt) || !p.EndsAt.Equal(a.EndsAt) || p.Where != a.Where {
		what = EventMoved
	}
	if !p.StartsAt.Equal(a.StartsAt) {
		a.RemindAt = p.remindAt(now)
	}
	a.Plan = p
	a.Revision++
	a.note(what, by, "", now)
	return append([]docstore.Fact{a.told(what, by, "", now)}, a.moveUp(by, now)...), nil
}

// Cancel calls it off, with a reason that everybody who signed up is told.
func (a *Activity) Cancel(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if a.Status == Cancelled {
		return nil, errState
	}
	if a.Status == Published && !now.Before(a.EndsAt) {
		return nil, errPast
	}
	a.Status, a.Reason, a.CancelledAt, a.RemindAt = Cancelled, reason, now, time.Time{}
	a.note(EventCancelled, by, reason, now)
	return []docstore.Fact{a.told(EventCancelled, by, reason, now)}, nil
}
