package api

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Waiting is a claim that waits for staff.
type Waiting struct {
	Account     identity.AccountID   `json:"account"`
	Household   identity.HouseholdID `json:"household"`
	Building    community.BuildingID `json:"building"`
	Room        string               `json:"room"`
	Name        string               `json:"name" doc:"In full: it is what is being confirmed."`
	Phone       string               `json:"phone" doc:"Masked; seePerson shows it and is logged."`
	Since       Instant              `json:"since"`
	NameListed  bool                 `json:"name_listed" doc:"The household's roster has the name."`
	PhoneListed bool                 `json:"phone_listed"`
	Listed      int                  `json:"listed" doc:"How many people the roster knows at this address."`
}

// pendingResidents lists the claims that wait for a community's staff, the oldest first.
func (a *Actions) pendingResidents(c *Call) (Page[Waiting], error) {
	q, err := a.People.PendingQueue(c.Context(), c.Actor, nodeOf(c), c.after())
	if err != nil {
		return Page[Waiting]{}, err
	}
	return pageOf(q.Waiting, q.Next, func(w identity.Waiting) Waiting {
		return Waiting{
			Account: w.Account, Household: w.Household, Building: w.Building, Room: w.Room, Name: w.Name, Phone: w.Phone,
			Since: instant(w.Since), NameListed: w.NameListed, PhoneListed: w.PhoneListed, Listed: w.Listed,
		}
	}).of(q.Count), nil
}
