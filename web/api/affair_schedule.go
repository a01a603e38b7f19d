package api

import "jushou/deliberation/disclosure"

// AffairSchedule is how often a community publishes what, and how soon. Major matters are published at once.
type AffairSchedule struct {
	Finance  disclosure.Cadence `json:"finance" doc:"monthly or quarterly."`
	Welfare  disclosure.Cadence `json:"welfare" doc:"monthly or quarterly."`
	Days     int                `json:"days" doc:"After a period's end, or after a decision; 1 to 31."`
	Revision int                `json:"revision" doc:"Counts changes; a change names the revision it saw."`
}

func showAffairSchedule(s disclosure.Schedule) AffairSchedule {
	return AffairSchedule{Finance: s.Cadence[disclosure.Finance], Welfare: s.Cadence[disclosure.Welfare], Days: s.Days, Revision: s.Revision}
}

// readAffairSchedule returns how often a community publishes.
func (a *Actions) readAffairSchedule(c *Call) (AffairSchedule, error) {
	s, err := a.Affairs.Schedule(c.Context(), c.Actor, nodeOf(c))
	return showAffairSchedule(s), err
}

// setAffairSchedule changes it. Dates promised already stay.
func (a *Actions) setAffairSchedule(c *Call, in AffairSchedule) (AffairSchedule, error) {
	s, err := a.Affairs.SetSchedule(c.Context(), c.Actor, disclosure.SetSchedule{
		Community: nodeOf(c), Days: in.Days, Seen: in.Revision, Cadence: map[disclosure.Kind]disclosure.Cadence{
			disclosure.Finance: in.Finance, disclosure.Welfare: in.Welfare, disclosure.Major: disclosure.AtOnce,
		},
	})
	return showAffairSchedule(s), err
}
