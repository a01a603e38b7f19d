package deliberation

import (
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Bounds of a roster.
const (
	MaxDutyPeople = 40
	MaxDutyDays   = 400
	MaxLeaves     = 100
	maxHandovers  = 50
)

// dateLayout is how dates stand in a roster, in the community's time zone.
const dateLayout = "2006-01-02"

// DutyPerson is somebody who takes turns on duty.
type DutyPerson struct {
	Account identity.AccountID `json:"account"`
	Name    string             `json:"name"`
	Title   string             `json:"title,omitempty"`
}

// DutyDay overrides the week for one date.
type DutyDay struct {
	Date   string               `json:"date"` // 2026-11-21
	People []identity.AccountID `json:"people"`
}

// Leave is when somebody is away, both dates included, and who stands in; "" means the next in order.
type Leave struct {
	Account     identity.AccountID `json:"account"`
	From        string             `json:"from"`
	To          string             `json:"to"`
	Replacement identity.AccountID `json:"replacement,omitempty"`
}

// Handover passes the duty to somebody for [At, Until).
type Handover struct {
	ID    string             `json:"id"` // the form's token
	By    identity.AccountID `json:"by"`
	From  identity.AccountID `json:"from,omitempty"`
	To    identity.AccountID `json:"to"`
	At    time.Time          `json:"at"`
	Until time.Time          `json:"until"`
	Note  string             `json:"note"`
}

// DutyRoster says who is on duty in a community: one document per community.
type DutyRoster struct {
	Community community.ID `json:"community"`
	// People take part, in order: who stands earlier is asked first.
	People []DutyPerson `json:"people"`
	// Week holds the people of each weekday in order, Sunday first. An empty day means People.
	Week      [7][]identity.AccountID `json:"week"`
	Days      []DutyDay               `json:"days,omitempty"`
	Leaves    []Leave                 `json:"leaves,omitempty"`
	Handovers []Handover              `json:"handovers,omitempty"`
	// Revision counts changes by SetDuty; a form names the one it saw.
	Revision int `json:"revision,omitempty"`
}

var (
	errUnknownPerson = fault.New(fault.Invalid, "duty.unknown_person")
	errTwice         = fault.New(fault.Invalid, "duty.twice")
	errBadDate       = fault.New(fault.Invalid, "duty.bad_date")
	errTooManyDuty   = fault.New(fault.Invalid, "duty.too_many")
	errNobody        = fault.New(fault.Invalid, "duty.nobody").On("people")
)

// Check reports every fault of a roster: unknown or repeated people, impossible dates, over-long lists.
func (d DutyRoster) Check() error {
	faults := []error{
		check(len(d.People) == 0, errNobody),
		most("people", len(d.People), MaxDutyPeople),
		most("days", len(d.Days), MaxDutyDays),
		most("leaves", len(d.Leaves), MaxLeaves),
	}
	for i, p := range d.People {
		again := slices.ContainsFunc(d.People[:i], func(x DutyPerson) bool { return x.Account == p.Account })
		faults = append(faults, check(p.Account == "" || p.Name == "", errUnknownPerson.On("people")),
			check(again, errTwice.On("people").With("name", p.Name)))
	}
	for _, day := range d.Week {
		faults = append(faults, d.known("week", day...))
	}
	for i, day := range d.Days {
		again := slices.ContainsFunc(d.Days[:i], func(x DutyDay) bool { return x.Date == day.Date })
		faults = append(faults, d.known("days", day.People...), date("days", day.Date),
			check(again, errTwice.On("days").With("date", day.Date)))
	}
	for _, l := range d.Leaves {
		faults = append(faults, d.known("leaves", l.Account), date("leaves", l.From), date("leaves", l.To),
			check(l.To < l.From, errBadDate.On("leaves").With("date", l.To)))
		if l.Replacement != "" {
			faults = append(faults, d.known("leaves", l.Replacement),
				check(l.Replacement == l.Account, errTwice.On("leaves")))
		}
	}
	return Joined(faults...)
}

func most(field string, got, max int) error {
	return check(got > max, errTooManyDuty.On(field).With("max", max).With("got", got))
}

func date(field, text string) error {
	_, err := time.Parse(dateLayout, text)
	return check(err != nil, errBadDate.On(field).With("date", text))
}

func (d DutyRoster) known(field string, accounts ...identity.AccountID) error {
	for i, a := range accounts {
		if _, ok := d.Person(a); !ok {
			return errUnknownPerson.On(field).With("account", a)
		}
		if slices.Contains(accounts[:i], a) {
			return errTwice.On(field).With("account", a)
		}
	}
	return nil
}

// Person returns the roster's entry for an account.
func (d DutyRoster) Person(a identity.AccountID) (DutyPerson, bool) {
	i := slices.IndexFunc(d.People, func(p DutyPerson) bool { return p.Account == a })
	if i < 0 {
		return DutyPerson{}, false
	}
	return d.People[i], true
}

// OnDuty returns who is on duty at an instant and who is next if that person does not act. at must be
// in the community's time zone. Both are zero in an empty roster; next is zero where nobody else is there.
//
// The order of asking: a handover that runs, the date's override, the weekday, then everybody in order.
// Who is on leave is replaced in place, or skipped.
func (d DutyRoster) OnDuty(at time.Time) (person, next DutyPerson) {
	var order []identity.AccountID
	if h, ok := d.handover(at); ok {
		order = append(order, h.To)
	}
	order = append(order, d.planned(at)...)
	for _, p := range d.People {
		order = append(order, p.Account)
	}
	for _, a := range order {
		p, ok := d.present(a, at.Format(dateLayout))
		switch {
		case !ok:
		case person.Account == "":
			person = p
		case p.Account != person.Account:
			return person, p
		}
	}
	return person, DutyPerson{}
}

// planned returns the people of the date: its override or its weekday.
func (d DutyRoster) planned(at time.Time) []identity.AccountID {
	today := at.Format(dateLayout)
	for _, day := range d.Days {
		if day.Date == today {
			return day.People
		}
	}
	return d.Week[at.Weekday()]
}

// handover returns the latest handover that covers the instant.
func (d DutyRoster) handover(at time.Time) (Handover, bool) {
	for _, h := range slices.Backward(d.Handovers) {
		if !at.Before(h.At) && at.Before(h.Until) {
			return h, true
		}
	}
	return Handover{}, false
}

// present returns the person or, through leaves, who stands in; false if nobody does. The number of
// leaves bounds the walk, so two people who stand in for each other end it.
func (d DutyRoster) present(a identity.AccountID, today string) (DutyPerson, bool) {
	for range len(d.Leaves) + 1 {
		i := slices.IndexFunc(d.Leaves, func(l Leave) bool {
			return l.Account == a && l.From <= today && today <= l.To
		})
		if i < 0 {
			return d.Person(a)
		}
		a = d.Leaves[i].Replacement
	}
	return DutyPerson{}, false
}

// handOver returns the roster after a handover; those long past are dropped.
func (d DutyRoster) handOver(h Handover) DutyRoster {
	kept := append(slices.Clone(d.Handovers), h)
	if extra := len(kept) - maxHandovers; extra > 0 {
		kept = kept[extra:]
	}
	d.Handovers = kept
	return d
}
