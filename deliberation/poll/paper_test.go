package poll_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// onPaper is a vote of households with two days after the close for the box.
func (g *ground) onPaper() poll.Draft {
	d := g.household()
	d.PaperFor = 2 * day
	return d
}

func (g *ground) enter(who identity.Actor, p poll.Poll, voter poll.VoterKey, c rule.Choice) (poll.PaperState, error) {
	return g.EnterPaper(g.t.Context(), who, poll.Paper{Poll: p.ID, Voter: voter, Choice: c})
}

// lines are the keys of a roll.
func (g *ground) lines(p poll.Poll) []poll.VoterKey {
	g.t.Helper()
	all, _, err := g.RollLines(g.t.Context(), g.staff, p.ID, "", "")
	must(g.t, err)
	var keys []poll.VoterKey
	for _, l := range all {
		keys = append(keys, l.Voter)
	}
	return keys
}

// TestPaperBallotsAreEnteredTwice by people who do not see each other's entry; a third settles what they differ on.
func TestPaperBallotsAreEnteredTwice(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 8), t.Context()
	p := g.opened(g.onPaper())
	home := g.lines(p)
	must2 := func(want poll.PaperState) func(poll.PaperState, error) {
		return func(got poll.PaperState, err error) {
			t.Helper()
			must(t, err)
			if got != want {
				t.Errorf("the paper is %s, want %s", got, want)
			}
		}
	}
	must2(poll.PaperFirst)(g.enter(g.staff, p, home[0], pick(0)))
	must2(poll.PaperFirst)(g.enter(g.staff, p, home[0], pick(0))) // a double tap
	_, err := g.enter(g.staff, p, home[0], pick(1))
	code(t, err, "poll.paper_second_person")
	must2(poll.PaperSettled)(g.enter(g.colleague, p, home[0], pick(0)))
	_, err = g.enter(g.third, p, home[0], pick(0))
	code(t, err, "poll.paper_settled")

	must2(poll.PaperFirst)(g.enter(g.staff, p, home[1], pick(0)))
	must2(poll.PaperDiffers)(g.enter(g.colleague, p, home[1], pick(1)))
	for who, want := range map[*identity.Actor]int{&g.staff: 2, &g.colleague: 2, &g.third: 0} {
		lines, err := g.PapersOf(ctx, *who, p.ID)
		must(t, err)
		for _, l := range lines {
			if l.Voter == home[1] && len(l.Read) != want || l.Voter == home[0] && len(l.Read) != 0 {
				t.Errorf("%s sees %+v", who.Name, l)
			}
		}
	}
	_, err = g.enter(g.third, p, home[1], rule.Choice{Abstain: true})
	code(t, err, "poll.paper_third_differs")
	must2(poll.PaperSettled)(g.enter(g.third, p, home[1], pick(1)))

	spoilt := rule.Choice{Spoilt: "unclear"}
	must2(poll.PaperFirst)(g.enter(g.staff, p, home[2], spoilt))
	must2(poll.PaperSettled)(g.enter(g.third, p, home[2], spoilt))
	must2(poll.PaperFirst)(g.enter(g.staff, p, home[3], pick(0))) // nobody enters it a second time

	g.clock.Set(p.ClosesAt.Add(day))
	g.keep()
	p = g.state(p.ID, poll.Closed)
	_, err = g.FinishPaper(ctx, g.staff, p.ID)
	code(t, err, "poll.paper_open")
	_, err = g.Result(ctx, p.ID)
	code(t, err, "poll.not_found")
	g.clock.Set(p.PaperUntil)
	_, err = g.enter(g.colleague, p, home[3], pick(0))
	code(t, err, "poll.closed")
	g.keep()
	g.state(p.ID, poll.Settled)
	out, err := g.Result(ctx, p.ID)
	must(t, err)
	turnout := out.Count.Turnout
	if turnout.Paper != 3 || turnout.Spoilt != 1 || turnout.Cast != 2 || out.Count.Votes[0] != 1 || out.Count.Votes[1] != 1 || out.Result.Unsettled != 1 {
		t.Errorf("counted %s, %d unsettled", out.Result.Text, out.Result.Unsettled)
	}
}

// TestOneChannelBlocksTheOther in the same commit, whoever comes first, also when both come at once.
func TestOneChannelBlocksTheOther(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 40), t.Context()
	p := g.opened(g.onPaper())
	homes := map[poll.VoterKey]identity.Actor{}
	for i := 0; i < 40; i += 2 {
		homes[poll.VoterKey(g.p(i).Memberships[0].Household)] = g.p(i)
	}
	first := poll.VoterKey(g.p(0).Memberships[0].Household)
	_, err := g.enter(g.staff, p, first, pick(0))
	must(t, err)
	_, err = g.cast(g.p(0), p.ID, 1)
	code(t, err, "poll.on_paper")
	second := poll.VoterKey(g.p(2).Memberships[0].Household)
	_, err = g.cast(g.p(2), p.ID, 1)
	must(t, err)
	_, err = g.enter(g.staff, p, second, pick(0))
	code(t, err, "poll.voted_online")
	delete(homes, first)
	delete(homes, second)

	var online, paper atomic.Int64
	var wg sync.WaitGroup
	for voter, who := range homes {
		wg.Go(func() {
			if _, err := g.CastBallot(ctx, who, poll.Cast{Poll: p.ID, Choice: pick(1), Tag: poll.TagOf(string(voter))}); err == nil {
				online.Add(1)
			}
		})
		wg.Go(func() {
			if _, err := g.EnterPaper(ctx, g.staff, poll.Paper{Poll: p.ID, Voter: voter, Choice: pick(0)}); err == nil {
				paper.Add(1)
			}
		})
	}
	wg.Wait()
	if online.Load()+paper.Load() != int64(len(homes)) {
		t.Errorf("%d online and %d on paper of %d homes", online.Load(), paper.Load(), len(homes))
	}
	lines, err := g.PapersOf(ctx, g.colleague, p.ID)
	must(t, err)
	for _, l := range lines {
		_, err := g.enter(g.colleague, p, l.Voter, pick(0))
		must(t, err)
	}
	g.clock.Set(p.ClosesAt)
	g.keep()
	_, err = g.FinishPaper(ctx, g.staff, p.ID)
	must(t, err)
	g.clock.Set(p.ClosesAt.Add(time.Minute))
	out := g.closed(g.state(p.ID, poll.Closed))
	if out.Count.Turnout.Cast != len(homes)+2 || int64(out.Count.Turnout.Paper) != paper.Load()+1 {
		t.Errorf("counted %s", out.Result.Text)
	}
}

// TestPaperIsSecretToo: what was entered is in no event and in no stored text, and no view tells it before the result.
func TestPaperIsSecretToo(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	p := g.opened(g.onPaper())
	home := g.lines(p)[0]
	size := func(option int) int {
		doc, err := g.store.Get(ctx, docstore.Key{Kind: poll.SeatKind, ID: string(p.ID) + "/" + string(g.lines(p)[option])})
		must(t, err)
		return len(doc.Body)
	}
	for i, c := range []rule.Choice{pick(0), {Spoilt: "too-many"}} {
		_, err := g.enter(g.staff, p, g.lines(p)[i], c)
		must(t, err)
	}
	if size(0) != size(1) {
		t.Error("the length of an entry tells what it says")
	}
	_, err := g.enter(g.colleague, p, home, pick(0))
	must(t, err)
	for _, e := range g.events(poll.PollPaper) {
		if strings.Contains(string(e.Data), "picks") || strings.Contains(string(e.Data), "too-many") {
			t.Errorf("the feed tells %s", e.Data)
		}
	}
	doc, err := g.store.Get(ctx, docstore.Key{Kind: poll.SeatKind, ID: string(p.ID) + "/" + string(home)})
	must(t, err)
	if strings.Contains(string(doc.Body), "picks") {
		t.Errorf("stored in the clear: %s", doc.Body)
	}
	v, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if !v.Seats[0].Paper || v.Seats[0].Kept {
		t.Errorf("the household sees %+v", v.Seats[0])
	}
	_, err = g.MyReceipt(ctx, g.p(0), p.ID, "")
	code(t, err, "poll.not_found")
}

// TestPapersThatAreRefused and why.
func TestPapersThatAreRefused(t *testing.T) {
	t.Parallel()
	g := setup(t, 4)
	plain := g.opened(g.household())
	_, err := g.enter(g.staff, plain, g.lines(plain)[0], pick(0))
	code(t, err, "poll.no_paper")
	p := g.opened(g.onPaper())
	home := g.lines(p)[0]
	for want, c := range map[string]rule.Choice{
		"choice.unknown_option": pick(9), "choice.too_many": pick(0, 1), "choice.spoilt": {Spoilt: "ugly"}, "choice.contradicts": {Picks: []int{0}, Spoilt: "unclear"},
	} {
		_, err := g.enter(g.staff, p, home, c)
		code(t, err, want)
	}
	_, err = g.enter(g.staff, p, "nobody", pick(0))
	code(t, err, "poll.no_voter")
	_, err = g.enter(g.p(0), p, home, pick(0))
	code(t, err, "identity.denied")
	_, err = g.enter(g.elsewhere, p, home, pick(0))
	code(t, err, "poll.not_found")
}

// TestMandates have a cap, a photo, and an end: the principal votes after all.
func TestMandates(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 12), t.Context()
	d := g.draft()
	d.Mandates = 2
	p := g.opened(d)
	mandate := func(voter string, proxy string, kind poll.ProxyKindOf) error {
		return g.RecordMandate(ctx, g.staff, poll.Mandate{Poll: p.ID, Voter: poll.VoterKey(voter), Kind: kind, Phone: proxy, Photo: g.photo()})
	}
	must(t, mandate("p1", "p0", poll.ByMandate))
	must(t, mandate("p1", "p0", poll.ByMandate)) // a double tap
	must(t, mandate("p2", "p0", poll.ByMandate))
	code(t, mandate("p3", "p0", poll.ByMandate), "poll.mandate_cap")
	must(t, mandate("p3", "p0", poll.AsGuardian))
	code(t, mandate("p0", "p0", poll.ByMandate), "poll.own_proxy")
	code(t, mandate("p4", "stranger", poll.ByMandate), "poll.no_proxy")
	code(t, mandate("nobody", "p5", poll.ByMandate), "poll.no_voter")
	code(t, mandate("p4", "p5", "friend"), "poll.proxy_kind")
	code(t, g.RecordMandate(ctx, g.staff, poll.Mandate{Poll: p.ID, Voter: "p4", Kind: poll.ByMandate, Phone: "p5"}), "poll.proxy_photo")
	code(t, g.RecordMandate(ctx, g.p(0), poll.Mandate{Poll: p.ID, Voter: "p4", Kind: poll.ByMandate, Phone: "p5", Photo: g.photo()}), "identity.denied")

	v, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if len(v.Seats) != 4 {
		t.Fatalf("the proxy votes for %+v", v.Seats)
	}
	cast := func(who int, voter string, option int, takeover bool) error {
		g.n++
		_, err := g.CastBallot(ctx, g.p(who), poll.Cast{Poll: p.ID, Voter: poll.VoterKey(voter), Choice: pick(option), Tag: poll.TagOf(fmt.Sprint("m", g.n)), Takeover: takeover})
		return err
	}
	must(t, cast(0, "p0", 0, false))
	must(t, cast(0, "p1", 1, false))
	must(t, cast(0, "p2", 1, false))
	must(t, cast(0, "p3", 1, false))
	code(t, cast(0, "p4", 1, false), "poll.which_home")
	code(t, cast(2, "p2", 2, false), "poll.mandated")
	must(t, cast(2, "p2", 2, true))
	code(t, cast(0, "p2", 1, false), "poll.which_home") // the mandate has ended
	must(t, mandate("p1", "p6", poll.ByMandate))        // another proxy takes the place
	code(t, cast(0, "p1", 0, false), "poll.which_home")
	must(t, mandate("p5", "p0", poll.ByMandate)) // so that the first one's is free
	must(t, cast(6, "p1", 1, true))
	out := g.closed(p)
	if v := out.Count.Votes; v[0] != 1 || v[1] != 2 || v[2] != 1 || out.Result.Proxied != 2 {
		t.Errorf("counted %s, %d by proxy", out.Result.Text, out.Result.Proxied)
	}
	none := g.opened(g.draft())
	code(t, g.RecordMandate(ctx, g.staff, poll.Mandate{Poll: none.ID, Voter: "p4", Kind: poll.ByMandate, Phone: "p5", Photo: g.photo()}), "poll.no_mandates")
	must(t, g.RecordMandate(ctx, g.staff, poll.Mandate{Poll: none.ID, Voter: "p4", Kind: poll.AsGuardian, Phone: "p5", Photo: g.photo()}))
}

// TestTheCapHoldsUnderTheRush: two desks at once cannot give one proxy more than the cap.
func TestTheCapHoldsUnderTheRush(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 20), t.Context()
	d := g.draft()
	d.Mandates = 3
	p := g.opened(d)
	var given atomic.Int64
	var wg sync.WaitGroup
	for i := 1; i < 20; i++ {
		photo := g.photo()
		wg.Go(func() {
			err := g.RecordMandate(ctx, g.staff, poll.Mandate{Poll: p.ID, Voter: poll.VoterKey(fmt.Sprint("p", i)), Kind: poll.ByMandate, Phone: "p0", Photo: photo})
			if err == nil {
				given.Add(1)
			}
		})
	}
	wg.Wait()
	v, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if given.Load() != 3 || len(v.Seats) != 4 {
		t.Errorf("%d mandates were given, the proxy has %d lines", given.Load(), len(v.Seats))
	}
}
