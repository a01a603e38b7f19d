package api

import "jushou/deliberation"

// setDuty replaces a community's duty roster. Handovers that run stay.
func (a *Actions) setDuty(c *Call, in DutyPlan) (Duty, error) {
	roster := deliberation.DutyRoster{
		Community: nodeOf(c), Week: in.Week, Revision: in.Revision,
		People: each(in.People, func(p DutyPerson) deliberation.DutyPerson { return deliberation.DutyPerson(p) }),
		Days:   each(in.Days, func(d DutyDay) deliberation.DutyDay { return deliberation.DutyDay(d) }),
		Leaves: each(in.Leaves, func(l Leave) deliberation.Leave { return deliberation.Leave(l) }),
	}
	if _, err := a.Topics.SetDuty(c.Context(), c.Actor, deliberation.SetDuty{Roster: roster}); err != nil {
		return Duty{}, err
	}
	return a.readDuty(c)
}
