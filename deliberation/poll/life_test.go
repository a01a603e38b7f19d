package poll_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// TestAConsultation plays one poll from its topic to the destroyed key.
func TestAConsultation(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 6), t.Context()
	topic, err := g.topics.PostTopic(ctx, g.p(0), deliberation.PostTopic{ID: deliberation.TopicID(g.token()), Community: "c1", Board: "nearby", Body: "没处晾衣服", Via: deliberation.ViaH5})
	must(t, err)
	d := g.draft()
	d.Topics = []deliberation.TopicID{topic.ID}
	p, err := g.DraftPoll(ctx, g.staff, d)
	must(t, err)
	_, err = g.Poll(ctx, g.p(0), p.ID)
	code(t, err, "poll.not_found") // a draft is nobody's yet
	_, err = g.cast(g.p(0), p.ID, 0)
	code(t, err, "poll.not_found")

	p = g.openedDraft(p)
	if p.Roll.Voters != 6 || p.Roll.Root == "" || p.Roll.Buildings["1号楼"] != 4 {
		t.Fatalf("roll %+v", p.Roll)
	}
	for i, option := range []int{0, 0, 1, 2} {
		_, err := g.cast(g.p(i), p.ID, option)
		must(t, err)
	}
	r, err := g.cast(g.p(3), p.ID, 0) // changes their mind
	must(t, err)
	if r.Count != 2 || !strings.Contains(r.Promise, "commit "+r.Commit+"\n") || r.Due.Before(p.ClosesAt) {
		t.Fatalf("receipt %+v", r)
	}
	again, err := g.MyReceipt(ctx, g.p(3), p.ID, "")
	must(t, err)
	if again != r {
		t.Errorf("shown again as %+v", again)
	}
	turnout, err := g.Turnout(ctx, g.staff, p.ID)
	must(t, err)
	if turnout != (poll.Turnout{Voters: 6, Voted: 4}) {
		t.Errorf("turnout %+v", turnout)
	}
	_, err = g.Result(ctx, p.ID)
	code(t, err, "poll.not_found")

	out := g.closed(p)
	if out.Count.Outcome != rule.Won || out.Count.Winners[0] != 0 || out.Count.Votes[0] != 3 || out.Count.Turnout.Cast != 4 {
		t.Fatalf("counted %s", out.Result.Text)
	}
	if c := out.Poll.Closing; c.Commitments != 5 || c.Voted != 4 || c.Root == "" {
		t.Errorf("closing %+v", c)
	}
	seen, err := g.CheckReceipt(ctx, p.ID, r.Commit)
	must(t, err)
	if !seen.Released || seen.Line != nil {
		t.Errorf("check %+v: released, and no line in so small a poll", seen)
	}
	_, err = g.MyReceipt(ctx, g.p(3), p.ID, "")
	code(t, err, "poll.not_found") // nothing joins the voter to the ballot any more
	if _, err := g.store.Get(ctx, docstore.Key{Kind: poll.KeyKind, ID: string(p.ID)}); !errors.Is(err, docstore.ErrNotFound) {
		t.Errorf("the key is still there: %v", err)
	}
	for _, e := range g.events(poll.PollPublished) {
		must(t, g.topics.FollowLinks(ctx, e))
	}
	linked, err := g.topics.Topic(ctx, g.p(0), topic.ID)
	must(t, err)
	if len(linked.Links) != 1 || linked.Links[0].Kind != deliberation.LinkPoll || linked.Links[0].What != poll.PollPublished {
		t.Errorf("links %+v", linked.Links)
	}
}

// openedDraft takes a draft to its opening.
func (g *ground) openedDraft(p poll.Poll) poll.Poll {
	g.t.Helper()
	_, err := g.ListRoll(g.t.Context(), g.staff, p.ID)
	must(g.t, err)
	g.keep()
	return g.state(p.ID, poll.Open)
}

// TestTheClosingInstant: the window is half-open, and the sweep's lateness changes nothing.
func TestTheClosingInstant(t *testing.T) {
	t.Parallel()
	g := setup(t, 3)
	p := g.opened(g.draft())
	g.clock.Set(p.ClosesAt.Add(-time.Millisecond))
	_, err := g.cast(g.p(0), p.ID, 1)
	must(t, err)
	for _, late := range []time.Duration{0, time.Millisecond, time.Hour} {
		g.clock.Set(p.ClosesAt.Add(late))
		_, err := g.cast(g.p(1), p.ID, 2)
		code(t, err, "poll.closed")
		if fault.KindOf(err) != fault.TooLate {
			t.Errorf("kind %v", fault.KindOf(err))
		}
	}
	g.keep()
	out, err := g.Result(t.Context(), p.ID)
	must(t, err)
	if out.Count.Turnout.Cast != 1 || out.Count.Winners[0] != 1 {
		t.Errorf("counted %s", out.Result.Text)
	}
	_, err = g.cast(g.p(1), p.ID, 2)
	code(t, err, "poll.closed")
}

// TestBallotsThatAreRefused and why.
func TestBallotsThatAreRefused(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	d := g.draft()
	d.Buildings = append(d.Buildings, "b1")
	p := g.opened(d) // p0, p1 live in building 1; p2, p3 in building 2
	other := g.opened(g.draft())
	first, err := g.cast(g.p(0), p.ID, 0)
	must(t, err)
	tag := first.Tag
	for _, c := range []struct {
		name string
		who  identity.Actor
		cast poll.Cast
		want string
	}{
		{"somebody of another roll", g.p(2), poll.Cast{Poll: p.ID, Choice: pick(0), Tag: poll.TagOf("a")}, "poll.not_on_roll"},
		{"staff", g.staff, poll.Cast{Poll: p.ID, Choice: pick(0), Tag: poll.TagOf("b")}, "identity.verify_first"},
		{"staff of another community", g.elsewhere, poll.Cast{Poll: p.ID, Choice: pick(0), Tag: poll.TagOf("c")}, "poll.not_found"},
		{"nobody", identity.Actor{}, poll.Cast{Poll: p.ID, Choice: pick(0), Tag: poll.TagOf("d")}, "identity.sign_in"},
		{"an unknown option", g.p(1), poll.Cast{Poll: p.ID, Choice: pick(3), Tag: poll.TagOf("e")}, "choice.unknown_option"},
		{"two options", g.p(1), poll.Cast{Poll: p.ID, Choice: pick(0, 1), Tag: poll.TagOf("f")}, "choice.too_many"},
		{"nothing", g.p(1), poll.Cast{Poll: p.ID, Tag: poll.TagOf("g")}, "choice.empty"},
		{"an abstention", g.p(1), poll.Cast{Poll: p.ID, Choice: rule.Choice{Abstain: true}, Tag: poll.TagOf("h")}, "choice.no_abstention"},
		{"a spoilt one", g.p(1), poll.Cast{Poll: p.ID, Choice: rule.Choice{Spoilt: "unclear"}, Tag: poll.TagOf("i")}, "choice.spoilt"},
		{"a neighbour's tag", g.p(1), poll.Cast{Poll: p.ID, Choice: pick(0), Tag: tag}, "poll.replayed"},
		{"one's own tag for something else", g.p(0), poll.Cast{Poll: p.ID, Choice: pick(1), Tag: tag}, "poll.replayed"},
		{"a malformed tag", g.p(1), poll.Cast{Poll: p.ID, Choice: pick(0), Tag: "ABC"}, "poll.tag"},
		{"neither tag nor nonce", g.p(1), poll.Cast{Poll: p.ID, Choice: pick(0)}, "poll.nonce"},
		{"a poll that is none", g.p(1), poll.Cast{Poll: "none", Choice: pick(0), Tag: poll.TagOf("j")}, "poll.not_found"},
		{"a household where there are none", g.p(1), poll.Cast{Poll: poll.ID(strings.Repeat("x", 300)), Choice: pick(0), Tag: poll.TagOf("k")}, "poll.not_found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := g.CastBallot(ctx, c.who, c.cast)
			code(t, err, c.want)
		})
	}
	same, err := g.CastBallot(ctx, g.p(0), poll.Cast{Poll: p.ID, Choice: pick(0), Tag: tag})
	must(t, err)
	if same != first {
		t.Errorf("the same ballot again gave %+v", same)
	}
	_, err = g.CastBallot(ctx, g.p(0), poll.Cast{Poll: other.ID, Choice: pick(0), Tag: tag})
	must(t, err) // another poll's tags are its own
	_, err = g.cast(g.p(0), p.ID, 2)
	must(t, err)
	_, err = g.CastBallot(ctx, g.p(0), poll.Cast{Poll: p.ID, Choice: pick(0), Tag: tag})
	code(t, err, "poll.replayed") // an earlier ballot does not come back
	if out := g.closed(p); out.Count.Turnout.Cast != 1 || out.Count.Votes[2] != 1 {
		t.Errorf("counted %s", out.Result.Text)
	}
}

// TestDraftsThatAreRefused and why; every fault at once where there are several.
func TestDraftsThatAreRefused(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 2), t.Context()
	for _, c := range []struct {
		name string
		make func(d *poll.Draft)
		want string
	}{
		{"owners without a legal basis", func(d *poll.Draft) { d.Label = poll.OwnersVote }, "poll.no_legal_basis"},
		{"a label that is none", func(d *poll.Draft) { d.Label = "election" }, "poll.label"},
		{"a household vote by points", func(d *poll.Draft) {
			d.Label = poll.HouseVote
			d.Rule = rule.Rule{Method: rule.Score, Franchise: rule.Households, Range: &rule.Range{Max: 5, By: rule.BySum}}
		}, "poll.method_of_label"},
		{"a consultation of households", func(d *poll.Draft) { d.Rule.Franchise = rule.Households }, "poll.method_of_label"},
		{"an unlawful rule", func(d *poll.Draft) { d.Rule = rule.Rule{Method: rule.Multiple} }, "rule.multiple_without_end"},
		{"no question", func(d *poll.Draft) { d.Question = " " }, "poll.question_empty"},
		{"one option", func(d *poll.Draft) { d.Options = d.Options[:1] }, "poll.options"},
		{"an option twice", func(d *poll.Draft) { d.Options[1].Text = " 楼前 " }, "poll.option_twice"},
		{"an option too long", func(d *poll.Draft) { d.Options[1].Text = strings.Repeat("长", 61) }, "poll.too_long"},
		{"a window of nothing", func(d *poll.Draft) { d.ClosesAt = d.OpensAt }, "poll.window"},
		{"a window of a year", func(d *poll.Draft) { d.ClosesAt = d.OpensAt.Add(365 * day) }, "poll.window"},
		{"a building elsewhere", func(d *poll.Draft) { d.Buildings = append(d.Buildings, "b9") }, "poll.no_place"},
		{"a topic that is none", func(d *poll.Draft) { d.Topics = []deliberation.TopicID{"none"} }, "poll.no_topic"},
		{"a token that is none", func(d *poll.Draft) { d.ID = "x" }, "topic.bad_token"},
		{"a council of nobody", func(d *poll.Draft) { d.Label = poll.CouncilVote }, "poll.members"},
		{"a council with a member twice", func(d *poll.Draft) { d.Label, d.Phones = poll.CouncilVote, []string{"p0", "p0"} }, "poll.member_twice"},
		{"a council with a stranger", func(d *poll.Draft) { d.Label, d.Phones = poll.CouncilVote, []string{"p0", "x"} }, "poll.no_member"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := g.draft()
			c.make(&d)
			_, err := g.DraftPoll(ctx, g.staff, d)
			for _, f := range fault.All(err) {
				if f.Code == c.want {
					return
				}
			}
			t.Errorf("got %v, want %s", err, c.want)
		})
	}
	_, err := g.DraftPoll(ctx, g.p(0), g.draft())
	code(t, err, "identity.denied")
	_, err = g.DraftPoll(ctx, g.elsewhere, g.draft())
	code(t, err, "identity.denied")
}

// TestPollsThatWaitDoNotHoldOthersUp: more polls than the sweep reads at a time wait for an answer to an objection.
func TestPollsThatWaitDoNotHoldOthersUp(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 2), t.Context()
	listed := func(d poll.Draft) poll.Poll {
		p, err := g.DraftPoll(ctx, g.staff, d)
		must(t, err)
		_, err = g.ListRoll(ctx, g.staff, p.ID)
		must(t, err)
		return p
	}
	newcomer := g.people.add("new", "b1", "901")
	for range 201 {
		p := listed(g.household())
		g.keep()
		_, err := g.ObjectToRoll(ctx, newcomer, poll.Object{Poll: p.ID, ID: g.token(), Text: "名册上没有我家"})
		must(t, err)
	}
	d := g.household()
	d.OpensAt = d.OpensAt.Add(time.Hour)
	p := listed(d)
	g.keep()
	g.clock.Set(d.OpensAt)
	g.keep()
	g.state(p.ID, poll.Open)
}

// TestReminders go to who has not voted, and not too often.
func TestReminders(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 3), t.Context()
	p := g.opened(g.draft())
	_, err := g.cast(g.p(1), p.ID, 0)
	must(t, err)
	_, err = g.RemindVoters(ctx, g.staff, p.ID)
	must(t, err)
	_, err = g.RemindVoters(ctx, g.colleague, p.ID)
	code(t, err, "poll.reminded")
	waiting, err := g.Waiting(ctx, p.ID)
	must(t, err)
	if len(waiting) != 2 || waiting[0] != "p0" || waiting[1] != "p2" {
		t.Errorf("reminded: %v", waiting)
	}
	for range 2 {
		g.clock.Set(g.in(21 * time.Hour))
		_, err = g.RemindVoters(ctx, g.staff, p.ID)
		must(t, err)
	}
	g.clock.Set(g.in(21 * time.Hour))
	_, err = g.RemindVoters(ctx, g.staff, p.ID)
	code(t, err, "poll.too_many_reminders")
}
