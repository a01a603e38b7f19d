package api

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Membership is a home, claimed or verified.
type Membership struct {
	Household identity.HouseholdID  `json:"household"`
	Community community.ID          `json:"community"`
	Building  community.BuildingID  `json:"building"`
	Room      string                `json:"room"`
	Status    identity.MemberStatus `json:"status"`
	Since     Instant               `json:"since" doc:"Of the status."`
	Reason    string                `json:"reason,omitempty" doc:"Why it was rejected."`
}

func showMembership(m identity.Membership) Membership {
	return Membership{
		Household: m.Household, Community: m.Community, Building: m.Building, Room: m.Household.Room(),
		Status: m.Status, Since: instant(m.Since), Reason: m.Reason,
	}
}

// Role is what somebody may act as at a node.
type Role struct {
	Role  identity.Role `json:"role"`
	Node  community.ID  `json:"node"`
	Board string        `json:"board,omitempty" doc:"The board a partner owns."`
	Title string        `json:"title,omitempty" doc:"Stands beside an answer."`
	Since Instant       `json:"since"`
}

func showRole(g identity.Grant) Role {
	return Role{Role: g.Role, Node: g.Node, Board: g.Board, Title: g.Title, Since: instant(g.Since)}
}

// Session is who asks.
type Session struct {
	SignedIn    bool               `json:"signed_in"`
	Account     identity.AccountID `json:"account,omitempty"`
	Name        string             `json:"name,omitempty" doc:"As others see it."`
	Memberships []Membership       `json:"memberships"`
	Roles       []Role             `json:"roles"`
	Unread      int                `json:"unread" doc:"Unread notices, counted up to 100."`
	CSRF        string             `json:"csrf,omitempty" doc:"For the header X-CSRF-Token where a browser does not say where a request comes from."`
	Expires     Instant            `json:"expires,omitzero"`
}

// readSession tells who asks. Somebody who is not signed in is told so.
func (a *Actions) readSession(c *Call) (Session, error) {
	return Session{
		SignedIn: c.Actor.ID != "", Account: c.Actor.ID, Name: c.Actor.Name, Unread: c.Unread(),
		Memberships: each(c.Actor.Memberships, showMembership), Roles: each(c.Actor.Grants, showRole),
		CSRF: c.Person.CSRF, Expires: instant(c.Session.Expires),
	}, nil
}
