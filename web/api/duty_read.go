package api

import (
	"jushou/deliberation"
	"jushou/internal/identity"
)

// DutyPerson is somebody who takes turns on duty.
type DutyPerson struct {
	Account identity.AccountID `json:"account"`
	Name    string             `json:"name"`
	Title   string             `json:"title,omitempty"`
}

// DutyDay overrides the week for one date.
type DutyDay struct {
	Date   string               `json:"date" format:"date"`
	People []identity.AccountID `json:"people"`
}

// Leave is when somebody is away, both dates included.
type Leave struct {
	Account     identity.AccountID `json:"account"`
	From        string             `json:"from" format:"date"`
	To          string             `json:"to" format:"date"`
	Replacement identity.AccountID `json:"replacement,omitempty" doc:"Left out for the next in order."`
}

// Handover passes the duty to somebody for a while.
type Handover struct {
	ID    string             `json:"id"`
	From  identity.AccountID `json:"from,omitempty"`
	To    identity.AccountID `json:"to"`
	At    Instant            `json:"at"`
	Until Instant            `json:"until"`
	Note  string             `json:"note"`
}

// DutyPlan is what a roster says, as it is read and written.
type DutyPlan struct {
	People   []DutyPerson            `json:"people" doc:"In order: who stands earlier is asked first."`
	Week     [7][]identity.AccountID `json:"week" doc:"By weekday, Sunday first; an empty day means everybody in order."`
	Days     []DutyDay               `json:"days"`
	Leaves   []Leave                 `json:"leaves"`
	Revision int                     `json:"revision" doc:"A new plan names the revision it was made from."`
}

// Duty is a roster and who is on duty now.
type Duty struct {
	DutyPlan
	Now       *DutyPerson `json:"now,omitempty"`
	Next      *DutyPerson `json:"next,omitempty" doc:"Who is asked when the duty person does not act."`
	Handovers []Handover  `json:"handovers"`
}

// readDuty returns a community's duty roster.
func (a *Actions) readDuty(c *Call) (Duty, error) {
	d, err := a.Topics.Duty(c.Context(), c.Actor, nodeOf(c))
	if err != nil {
		return Duty{}, err
	}
	return showDuty(d), nil
}

func showDuty(d deliberation.Duty) Duty {
	r := d.Roster
	shown := Duty{
		DutyPlan: DutyPlan{
			People: each(r.People, func(p deliberation.DutyPerson) DutyPerson { return DutyPerson(p) }),
			Days: each(r.Days, func(d deliberation.DutyDay) DutyDay {
				return DutyDay{Date: d.Date, People: append([]identity.AccountID{}, d.People...)}
			}),
			Leaves:   each(r.Leaves, func(l deliberation.Leave) Leave { return Leave(l) }),
			Revision: r.Revision,
		},
		Now: onDuty(d.Person), Next: onDuty(d.Next),
		Handovers: each(r.Handovers, func(h deliberation.Handover) Handover {
			return Handover{ID: h.ID, From: h.From, To: h.To, At: instant(h.At), Until: instant(h.Until), Note: h.Note}
		}),
	}
	for i, day := range r.Week {
		shown.Week[i] = append([]identity.AccountID{}, day...)
	}
	return shown
}

func onDuty(p deliberation.DutyPerson) *DutyPerson {
	if p.Account == "" {
		return nil
	}
	shown := DutyPerson(p)
	return &shown
}
