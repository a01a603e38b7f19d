package demo

import (
	"context"
	"fmt"
	"sync"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// team is who works in a community.
type team struct {
	staff     [2]identity.Actor
	secretary identity.Actor
	partners  map[deliberation.BoardKey]identity.Actor
}

// ConsentVersion is the version of the consent texts that the demo's people agreed to.
const ConsentVersion = "2026-11"

var consents = []identity.Consent{
	{Purpose: identity.PurposeService, Version: ConsentVersion}, {Purpose: identity.PurposeNotices, Version: ConsentVersion},
}

// residentsPerCommunity is how many of the people on the roster use the platform.
const residentsPerCommunity = 18

// people registers residents and fills the roles, through the use cases.
func (d *district) people(ctx context.Context) error {
	d.Clock.Set(d.start().Add(time.Hour))
	d.staff, d.neighbours = map[community.ID]team{}, map[community.ID][]identity.Actor{}
	if err := d.listPersonas(ctx); err != nil {
		return err
	}
	if err := d.personas(ctx); err != nil {
		return err
	}
	var mu sync.Mutex
	return together(ctx, places[:], func(ctx context.Context, p place) error {
		in := community.ID(p.id)
		neighbours, err := d.residents(ctx, in)
		if err != nil {
			return err
		}
		t, err := d.team(ctx, in)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		d.staff[in], d.neighbours[in] = t, neighbours
		return nil
	})
}

// listPersonas puts those personas on the roster that are to be verified at once.
func (d *district) listPersonas(ctx context.Context) error {
	table := identity.Households(d.Store)
	for _, p := range Personas() {
		if !p.onRoster {
			continue
		}
		h, err := identity.NewHousehold(d.built[HomeCommunity][p.building-1], p.room)
		if err != nil {
			return err
		}
		h, _, err = h.List(d.Box, identity.Entry{Name: p.name, Phone: p.phone, Relation: identity.RelationHead}, "demo", d.start())
		if err != nil {
			return err
		}
		if err := put(ctx, table, string(h.ID), h); err != nil {
			return err
		}
	}
	return nil
}

// personas makes the accounts of those who are in the story already. The newcomers stay unknown.
func (d *district) personas(ctx context.Context) error {
	return together(ctx, Personas(), func(ctx context.Context, p Persona) error {
		if !p.registered {
			return nil
		}
		actor, err := d.People.FollowedBy(ctx, p.OpenID)
		if err != nil {
			return err
		}
		if p.building > 0 {
			b := d.built[HomeCommunity][p.building-1]
			if err := d.register(ctx, actor, b, p.room, p.name, p.phone); err != nil {
				return err
			}
		} else if err := d.introduce(ctx, actor, p.name, p.phone); err != nil {
			return err
		}
		for _, g := range p.grants {
			if err := d.People.GrantRole(ctx, operator, actor.ID, g); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *district) register(ctx context.Context, actor identity.Actor, b community.Building, room, name, phone string) error {
	_, err := d.People.RegisterResident(ctx, actor, identity.RegisterResident{
		Name: name, Phone: phone, Community: b.Community, Building: b.ID, Room: room, Consents: consents,
	})
	if err != nil {
		return fmt.Errorf("register at %s %s: %w", b.ID, room, err)
	}
	return nil
}

// introduce names somebody who works here and lives elsewhere: the name stands beside their answers.
func (d *district) introduce(ctx context.Context, actor identity.Actor, name, phone string) error {
	return d.People.Introduce(ctx, actor, identity.Introduce{Name: name, Phone: phone, Consents: consents})
}

// residents registers people of the roster; all are verified by it.
func (d *district) residents(ctx context.Context, in community.ID) ([]identity.Actor, error) {
	buildings := map[community.BuildingID]community.Building{}
	for _, b := range d.built[in] {
		buildings[b.ID] = b
	}
	var found []identity.Actor
	for i, h := range d.homes[in] {
		if len(found) == residentsPerCommunity {
			break
		}
		if i%3 != 0 {
			continue
		}
		actor, err := d.People.SignInByWeChat(ctx, fmt.Sprintf("oDemo-%s-%03d", in, i))
		if err != nil {
			return nil, err
		}
		person := h.people[0]
		if err := d.register(ctx, actor, buildings[h.Building], h.Room, person.Name, person.Phone); err != nil {
			return nil, err
		}
		if actor, err = d.People.Actor(ctx, actor.ID); err != nil {
			return nil, err
		}
		found = append(found, actor)
	}
	return found, nil
}

// team fills the roles of a community. The home community's are personas.
func (d *district) team(ctx context.Context, in community.ID) (team, error) {
	t := team{partners: map[deliberation.BoardKey]identity.Actor{}}
	posts := []struct {
		persona string
		grant   identity.Grant
		take    func(identity.Actor)
	}{
		{"chen", identity.Grant{Role: identity.RoleStaff, Title: "居委干部"}, func(a identity.Actor) { t.staff[0] = a }},
		{"gu", identity.Grant{Role: identity.RoleStaff, Title: "居委干部"}, func(a identity.Actor) { t.staff[1] = a }},
		{"zhang", identity.Grant{Role: identity.RoleSecretary, Title: "党总支书记"}, func(a identity.Actor) { t.secretary = a }},
		{"police", identity.Grant{Role: identity.RolePartner, Board: "police", Title: "社区民警"}, func(a identity.Actor) { t.partners["police"] = a }},
		{"property", identity.Grant{Role: identity.RolePartner, Board: "property", Title: "物业经理"}, func(a identity.Actor) { t.partners["property"] = a }},
		{"doctor", identity.Grant{Role: identity.RolePartner, Board: "doctor", Title: "家庭医生"}, func(a identity.Actor) { t.partners["doctor"] = a }},
	}
	for i, post := range posts {
		openid := fmt.Sprintf("oDemo-%s-work-%d", in, i)
		if in == HomeCommunity {
			openid = openIDOf(post.persona)
		}
		actor, err := d.People.SignInByWeChat(ctx, openid)
		if err != nil {
			return t, err
		}
		if in != HomeCommunity {
			post.grant.Node = in
			if actor, err = d.employ(ctx, actor, in, i, post.grant); err != nil {
				return t, err
			}
		}
		post.take(actor)
	}
	return t, d.duty(ctx, in, t)
}

// persona returns somebody of the story who is registered.
func (d *district) persona(ctx context.Context, id string) (identity.Actor, error) {
	return d.People.SignInByWeChat(ctx, openIDOf(id))
}

func openIDOf(persona string) string {
	for _, p := range Personas() {
		if p.ID == persona {
			return p.OpenID
		}
	}
	return ""
}

// employ names and grants. The name is chosen by place, so that it is the same at every run.
func (d *district) employ(ctx context.Context, actor identity.Actor, in community.ID, i int, g identity.Grant) (identity.Actor, error) {
	n := i
	for at, p := range places {
		if p.id == string(in) {
			n += at * 6
		}
	}
	name := string(surnames[n*7%len(surnames)]) + givenNames[n*3%len(givenNames)]
	if err := d.introduce(ctx, actor, name, fmt.Sprintf("1390002%04d", n)); err != nil {
		return actor, err
	}
	if err := d.People.GrantRole(ctx, operator, actor.ID, g); err != nil {
		return actor, err
	}
	return d.People.Actor(ctx, actor.ID)
}

// duty lets the two members of staff take turns by day, the first today, the secretary standing behind them.
func (d *district) duty(ctx context.Context, in community.ID, t team) error {
	known, err := d.Topics.Duty(ctx, t.secretary, in)
	if err != nil || len(known.Roster.People) > 0 {
		return err
	}
	roster := deliberation.DutyRoster{Community: in}
	for _, a := range []identity.Actor{t.staff[0], t.staff[1], t.secretary} {
		title := ""
		if len(a.Grants) > 0 {
			title = a.Grants[0].Title
		}
		roster.People = append(roster.People, deliberation.DutyPerson{Account: a.ID, Name: a.Name, Title: title})
	}
	today := int(d.now.In(zone).Weekday())
	for day := range roster.Week {
		first, second := roster.People[0].Account, roster.People[1].Account
		if (day-today+7)%7%2 == 1 { // tomorrow, and every other day from then
			first, second = second, first
		}
		roster.Week[day] = []identity.AccountID{first, second, roster.People[2].Account}
	}
	_, err = d.Topics.SetDuty(ctx, t.secretary, deliberation.SetDuty{Roster: roster})
	return err
}
