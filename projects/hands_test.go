package projects_test

import (
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

func TestOneVoiceAPersonOrAHousehold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		threshold preset.Threshold
		want      int
	}{{"persons", preset.Threshold{Count: 9}, 2}, {"households", preset.Threshold{Share: 1000}, 1}} {
		g := setup(t)
		id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Endorse = tt.threshold })).ID
		must(t)(g.Pass(t.Context(), g.staff, id))
		for range 3 { // zhao and qian share a home
			roomtest.Must(t, g.Endorse(t.Context(), g.zhao, id, true))
			roomtest.Must(t, g.Endorse(t.Context(), g.qian, id, true))
		}
		g.count()
		g.count()
		if v := g.read(id); v.Endorsed != tt.want {
			t.Errorf("%s: %d voices, want %d", tt.name, v.Endorsed, tt.want)
		}
		roomtest.Must(t, g.Endorse(t.Context(), g.zhao, id, false))
		roomtest.Must(t, g.Endorse(t.Context(), g.qian, id, false))
		g.count()
		if v := g.read(id); v.Endorsed != 0 {
			t.Errorf("%s: %d voices after they were taken back", tt.name, v.Endorsed)
		}
	}
}

func TestANeedWithoutAHandIsListed(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, "jushou").ID
	v := g.read(id)
	must(t)(g.Pass(ctx, g.staff, id))
	if v = g.read(id); !v.HandDue.Equal(g.At("2026-03-18 00:00")) {
		t.Fatalf("due %v", v.HandDue)
	}
	hand := g.Token()
	must(t)(g.RaiseHand(ctx, g.branch, projects.RaiseHand{ID: hand, Project: id, Bring: "出料"}))
	_, err := g.RaiseHand(ctx, g.branch, projects.RaiseHand{ID: g.Token(), Project: id})
	roomtest.Refused(t, err, "project.hand_up_already")
	g.To("2026-03-19 10:00")
	_, err = g.Keep(ctx)
	roomtest.Must(t, err)
	if len(g.Events(projects.Handless)) != 0 {
		t.Error("listed although a hand is up")
	}
	must(t)(g.LowerHand(ctx, g.branch, id, hand, "人手不够"))
	g.To("2026-04-30 10:00")
	for range 2 {
		_, err = g.Keep(ctx)
		roomtest.Must(t, err)
	}
	v = g.read(id)
	if told := g.Events(projects.Handless); len(told) != 1 || !v.HandlessAt.Equal(g.At("2026-04-04 00:00")) {
		t.Errorf("listed %d times, at %v", len(told), v.HandlessAt)
	}
	open, err := g.Open(ctx, identity.Actor{}, "c1")
	if err != nil || len(open) != 1 || !open[0].Handless {
		t.Errorf("the public reads %+v, %v", open, err)
	}
}

func TestALeadWhoLeavesIsReplaced(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, g.easy(nil)).ID
	g.lead(id)
	must(t)(g.LeaveLead(ctx, g.branch, id, "调走了"))
	_, err := g.PutForward(ctx, g.staff, id)
	roomtest.Refused(t, err, "project.no_lead")
	hand := g.Token()
	must(t)(g.RaiseHand(ctx, g.property, projects.RaiseHand{ID: hand, Project: id, Bring: "物业来做"}))
	must(t)(g.ReplaceLead(ctx, g.secretary, id, hand, "物业熟悉现场"))
	_, err = g.WritePlan(ctx, g.branch, projects.WritePlan{Project: id, Seen: 1, Plan: draft().Plan})
	roomtest.Refused(t, err, "project.not_lead")
	p := must(t)(g.WritePlan(ctx, g.property, projects.WritePlan{Project: id, Seen: 1, Plan: draft().Plan}))
	if len(p.Leads) != 1 || p.Leads[0].Why != "调走了" || p.Lead.Reason == "" {
		t.Errorf("leads %+v, now %+v", p.Leads, p.Lead)
	}
	signed(t, p)
}

func TestADeletedLeadLeavesAVacancy(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Hands, p.HandDays = false, 0 })).ID
	must(t)(g.Pass(t.Context(), g.staff, id))
	if v := g.read(id); v.LeadAccount() != "wang" {
		t.Fatalf("led by %q", v.LeadAccount())
	}
	roomtest.Must(t, g.Forget(t.Context(), docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "wang"}}))
	v := g.read(id)
	if v.Lead != nil || v.Proposer.Name != identity.ErasedName || v.Leads[0].By.Account != "" {
		t.Errorf("led by %+v, proposed by %+v", v.Lead, v.Proposer)
	}
	for _, x := range v.History {
		if x.Actor == "wang" {
			t.Errorf("%+v still names the account", x)
		}
	}
}
