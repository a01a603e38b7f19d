package notify

import (
	"testing"

	"jushou/deliberation"
	"jushou/internal/deadline"
	"jushou/internal/identity"
)

func TestALifeTellsWhoseTurnItIs(t *testing.T) {
	t.Parallel()
	step := func(change func(*deliberation.Progress)) deliberation.Progress {
		p := deliberation.Progress{About: about(deliberation.BoardNearby), By: "li"}
		p.Town = "luoxi"
		if change != nil {
			change(&p)
		}
		return p
	}
	greening := func(p *deliberation.Progress) { p.Department = "greening" }
	author, duty := Audience{Person: "author"}, Audience{Duty: "hexiang"}
	secretary, town := Audience{Role: identity.RoleSecretary, Node: "hexiang"}, Audience{Role: identity.RoleTown, Node: "luoxi"}
	department := Audience{Role: identity.RoleDepartment, Node: "luoxi", Board: "dept:greening"}
	to := func(r deadline.Recipient, dept string) deliberation.Progress {
		return step(func(p *deliberation.Progress) { p.To, p.Key, p.Department = r, "resolution/1/2", dept })
	}
	for _, c := range []struct {
		event string
		data  deliberation.Progress
		want  map[Audience]string
	}{
		{deliberation.TopicRefused, step(nil), map[Audience]string{author: KeyLifeRefused}},
		{deliberation.TopicAsked, step(nil), map[Audience]string{author: KeyLifeAsked}},
		{deliberation.TopicDispatched, step(greening), map[Audience]string{author: KeyLifeSent, department: KeyLifeDispatched}},
		{deliberation.TopicReported, step(greening), map[Audience]string{author: KeyLifeReported, duty: KeyLifeVerify}},
		{deliberation.TopicSentBack, step(func(p *deliberation.Progress) { p.Handler = "lv" }), map[Audience]string{{Person: "lv"}: KeyLifeSentBack}},
		{deliberation.TopicDisputed, step(nil), map[Audience]string{secretary: KeyLifeDisputed}},
		{deliberation.TopicMoreAsked, step(nil), map[Audience]string{secretary: KeyLifeMore}},
		{deliberation.TopicContested, step(greening), map[Audience]string{duty: KeyLifeContested}},
		{deliberation.TopicResolved, step(func(p *deliberation.Progress) { p.Also = []identity.AccountID{"zhao"} }),
			map[Audience]string{author: KeyLifeResolved, {Person: "zhao"}: KeyLifeResolved}},
		{deliberation.TopicEscalated, to(deadline.ToOwner, "greening"), map[Audience]string{department: KeyLifeSoon}},
		{deliberation.TopicEscalated, to(deadline.ToSuperior, ""), map[Audience]string{secretary: KeyLifeMissed}},
		{deliberation.TopicEscalated, to(deadline.ToSuperior, "greening"), map[Audience]string{town: KeyLifeMissed}},
		{deliberation.TopicEscalated, to(deadline.ToTown, ""), map[Audience]string{town: KeyLifeToTown}},
		{deliberation.TopicEscalated, to(deadline.ToPublic, ""), map[Audience]string{author: KeyLifeLate}},
	} {
		shares, err := Plan(event(t, c.event, c.data))
		if err != nil {
			t.Fatal(err)
		}
		got := map[Audience]string{}
		for _, s := range shares {
			got[s.To] = s.Draft.Key
			if c.event == deliberation.TopicEscalated && s.Draft.Once == "" {
				t.Errorf("%s to %v could be told twice", c.event, s.To)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s told %v", c.event, got)
		}
		for to, key := range c.want {
			if got[to] != key {
				t.Errorf("%s told %v, want %s to %v", c.event, got, key, to)
			}
		}
	}
}
