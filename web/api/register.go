package api

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Agreement is a consent with the version of the text that was shown.
type Agreement struct {
	Purpose identity.Purpose `json:"purpose"`
	Version string           `json:"version" doc:"Of the text, for example 2026-11."`
}

// Registration says who somebody is and where they live.
type Registration struct {
	Name      string               `json:"name"`
	Phone     string               `json:"phone"`
	Community community.ID         `json:"community"`
	Building  community.BuildingID `json:"building"`
	Room      string               `json:"room" doc:"As it stands on the door: 501, 2-501."`
	Consents  []Agreement          `json:"consents" doc:"service is needed."`
}

func (r Registration) command() identity.RegisterResident {
	return identity.RegisterResident{
		Name: r.Name, Phone: r.Phone, Community: r.Community, Building: r.Building, Room: r.Room, Consents: consents(r.Consents),
	}
}

func consents(all []Agreement) []identity.Consent {
	return each(all, func(a Agreement) identity.Consent { return identity.Consent{Purpose: a.Purpose, Version: a.Version} })
}

// register takes the caller's claim to a home: verified at once if the roster has it, otherwise pending.
func (a *Actions) register(c *Call, in Registration) (Membership, error) {
	m, err := a.People.RegisterResident(c.Context(), c.Actor, in.command())
	if err != nil {
		return Membership{}, err
	}
	return showMembership(m), nil
}
