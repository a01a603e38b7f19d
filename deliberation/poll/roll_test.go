package poll_test

import (
	"strings"
	"testing"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
)

// TestTheRollIsPublishedFirst: objections hold the opening, corrections before it are in the root, additions after it are public.
func TestTheRollIsPublishedFirst(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	d := g.household()
	d.OpensAt = g.in(2 * day)
	p, err := g.DraftPoll(ctx, g.staff, d)
	must(t, err)
	_, err = g.ListRoll(ctx, g.staff, p.ID)
	code(t, err, "poll.objection_time")
	d.OpensAt = g.in(3 * day)
	_, err = g.ChangeDraft(ctx, g.staff, d)
	must(t, err)
	_, err = g.ListRoll(ctx, g.staff, p.ID)
	must(t, err)
	g.keep()
	if p = g.state(p.ID, poll.Listed); p.Roll.Voters != 2 {
		t.Fatalf("%d households on the roll", p.Roll.Voters)
	}
	newcomer := g.people.add("new", "b1", "901")
	object := g.token()
	for range 2 {
		p, err = g.ObjectToRoll(ctx, newcomer, poll.Object{Poll: p.ID, ID: object, Text: "名册上没有我家"})
		must(t, err)
	}
	if len(p.Objections) != 1 || p.Owed() != 1 {
		t.Fatalf("objections %+v", p.Objections)
	}
	g.clock.Set(p.OpensAt)
	g.keep()
	g.state(p.ID, poll.Listed) // held up
	_, err = g.AddSeat(ctx, g.staff, poll.Seating{Poll: p.ID, Building: "b1", Room: "901", Reason: "上月入住，漏登"})
	must(t, err)
	_, err = g.AddSeat(ctx, g.staff, poll.Seating{Poll: p.ID, Building: "b1", Room: "901室", Reason: "再加一次"})
	code(t, err, "poll.on_roll")
	_, err = g.AnswerObjection(ctx, g.staff, poll.AnswerRoll{Poll: p.ID, Objection: object, Answer: "已补上", Upheld: true})
	must(t, err)
	_, err = g.AnswerObjection(ctx, g.staff, poll.AnswerRoll{Poll: p.ID, Objection: object, Answer: "再答", Upheld: true})
	code(t, err, "poll.objection_decided")
	g.keep()
	p = g.state(p.ID, poll.Open)
	if p.Roll.Voters != 3 {
		t.Fatalf("%d households voted on the roll", p.Roll.Voters)
	}
	_, err = g.RemoveSeat(ctx, g.staff, poll.Seating{Poll: p.ID, Building: "b1", Room: "901", Reason: "不喜欢"})
	code(t, err, "poll.wrong_state")
	_, err = g.WithdrawPoll(ctx, g.staff, p.ID, "结果不好看")
	code(t, err, "poll.wrong_state")
	late := g.people.add("late", "b2", "902")
	_, err = g.cast(late, p.ID, 0)
	code(t, err, "poll.not_on_roll")
	_, err = g.AddSeat(ctx, g.staff, poll.Seating{Poll: p.ID, Building: "b2", Room: "902", Reason: "法院判决确认居住"})
	must(t, err)
	_, err = g.cast(late, p.ID, 0)
	must(t, err)
	added := g.events(poll.PollAdded)
	if len(added) != 1 || strings.Contains(string(added[0].Data), "902") || !strings.Contains(string(added[0].Data), "法院判决") {
		t.Errorf("the late addition is told as %d events", len(added))
	}
	seen, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if len(seen.Corrections) != 1 || seen.Corrections[0].Name != "" || seen.Corrections[0].Reason != "法院判决确认居住" {
		t.Errorf("residents see %+v", seen.Corrections)
	}
	out := g.closed(p)
	if out.Count.Turnout.Roll != 4 || out.Result.Late != 1 || out.Count.Outcome != rule.Short {
		t.Errorf("counted %s, %d late", out.Result.Text, out.Result.Late)
	}
}

// TestAHouseholdHasOneVoice: whoever votes first speaks for it, another member takes over by saying so.
func TestAHouseholdHasOneVoice(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	p := g.opened(g.household()) // p0 and p1 share a room, p2 and p3 another
	_, err := g.cast(g.p(0), p.ID, 0)
	must(t, err)
	_, err = g.cast(g.p(1), p.ID, 1)
	code(t, err, "poll.represented")
	_, err = g.CastBallot(ctx, g.p(1), poll.Cast{Poll: p.ID, Choice: pick(1), Tag: poll.TagOf("z"), Takeover: true})
	must(t, err)
	if got := g.events(poll.PollRepresented); len(got) != 1 {
		t.Errorf("%d changes of a representative are on record", len(got))
	}
	_, err = g.MyReceipt(ctx, g.p(0), p.ID, "")
	code(t, err, "poll.not_found") // the ballot is another person's now
	v, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if len(v.Seats) != 1 || !v.Seats[0].Other {
		t.Errorf("the first voter sees %+v", v.Seats)
	}
	_, err = g.cast(g.p(2), p.ID, 1)
	must(t, err)
	waiting, err := g.Waiting(ctx, p.ID)
	must(t, err)
	if len(waiting) != 0 {
		t.Errorf("%v would be reminded", waiting)
	}
	out := g.closed(p)
	if out.Count.Outcome != rule.Failed || out.Count.Votes[1] != 2 || out.Count.Turnout.Roll != 2 {
		t.Errorf("counted %s", out.Result.Text)
	}
}

// TestACouncil counts who is present, with a ballot or marked.
func TestACouncil(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 5), t.Context()
	d := g.household()
	d.Label, d.Phones = poll.CouncilVote, []string{"p0", "p1", "p2"}
	d.Rule = rule.Rule{
		Method: rule.YesNo, Franchise: rule.Council, Abstain: true,
		Presence:  &rule.Bar{Of: rule.OfRoll, Op: rule.AtLeast, Num: 2, Den: 3},
		Threshold: &rule.Bar{Of: rule.OfPresent, Op: rule.More, Num: 1, Den: 2},
	}
	p := g.opened(d)
	_, err := g.cast(g.p(3), p.ID, 0)
	code(t, err, "poll.not_on_roll")
	_, err = g.cast(g.p(0), p.ID, 0)
	must(t, err)
	must(t, g.MarkPresent(ctx, g.staff, p.ID, "p1", true))
	code(t, g.MarkPresent(ctx, g.staff, p.ID, "p4", true), "poll.no_voter")
	out := g.closed(p)
	if out.Count.Turnout.Present != 2 || out.Count.Outcome != rule.Failed {
		t.Errorf("counted %s: one of two present is no majority", out.Result.Text)
	}
}
