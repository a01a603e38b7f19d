package poll_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// TestAnybodyCanCountAgain: the published lines recompute every commitment and the result, whatever was cast and changed.
func TestAnybodyCanCountAgain(t *testing.T) {
	t.Parallel()
	g, published := setup(t, 40), 0
	for seed := range uint64(10) {
		chance := rand.New(rand.NewPCG(seed, 5))
		p := g.opened(g.draft())
		last := map[int]int{}
		for range []int{0, 1, 20, 80}[seed%4] {
			who, option := chance.IntN(40), chance.IntN(3)
			if _, err := g.cast(g.p(who), p.ID, option); err != nil {
				t.Fatal(err)
			}
			last[who] = option
		}
		want := make([]int64, 3)
		for _, option := range last {
			want[option]++
		}
		out := g.closed(p)
		if fmt.Sprint(out.Count.Votes) != fmt.Sprint(want) || out.Count.Turnout.Cast != len(last) {
			t.Fatalf("counted %s, want %v", out.Result.Text, want)
		}
		if len(last) < poll.MinLines {
			if out.Result.Pages != 0 {
				t.Fatalf("%d ballots are published one by one", len(last))
			}
			continue
		}
		lines, err := g.Lines(context.Background(), p.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		again := make([]int64, 3)
		for _, l := range lines.Lines {
			if poll.Commitment(out.Poll.CharterHash, []byte(l.Choice), l.Tag, l.Salt) != l.Commit {
				t.Fatalf("the line %+v does not make its commitment", l)
			}
			check, err := g.CheckReceipt(context.Background(), p.ID, l.Commit)
			if err != nil || !check.Released || check.Line == nil || *check.Line != l {
				t.Fatalf("%+v is found as %+v, %v", l, check, err)
			}
			var c rule.Choice
			if err := json.Unmarshal([]byte(l.Choice), &c); err != nil {
				t.Fatal(err)
			}
			again[c.Picks[0]]++
		}
		if fmt.Sprint(again) != fmt.Sprint(want) {
			t.Fatalf("the lines count %v, want %v", again, want)
		}
		published++
	}
	if published == 0 {
		t.Error("no poll was large enough")
	}
}

// TestNothingIsReadableBeforeTheClose: no document and no event tells a choice, and no event tells who voted.
func TestNothingIsReadableBeforeTheClose(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	p := g.opened(g.draft())
	before := len(g.events())
	var urns []int
	for i, option := range []int{0, 1, 2} {
		_, err := g.cast(g.p(i), p.ID, option)
		must(t, err)
	}
	if after := len(g.events()); after != before {
		t.Errorf("%d events tell of ballots", after-before)
	}
	page, err := g.store.Find(ctx, docstore.Query{Kind: poll.SeatKind, Index: docstore.ByID, Limit: 100})
	must(t, err)
	for _, doc := range page.Docs {
		if strings.Contains(string(doc.Body), "picks") || strings.Contains(string(doc.Body), `"at":"2026`) {
			t.Errorf("a seat tells %s", doc.Body)
		}
		var x poll.Seat
		must(t, json.Unmarshal(doc.Body, &x))
		if x.Voted() {
			urns = append(urns, len(x.Urn))
		}
	}
	if len(urns) != 3 || urns[0] != urns[1] || urns[1] != urns[2] {
		t.Errorf("sealed ballots are %v bytes long", urns)
	}
	for _, read := range []error{
		second(g.Result(ctx, p.ID)), second(g.Lines(ctx, p.ID, 0)), second(g.Commitments(ctx, p.ID, 0)), second(g.CheckReceipt(ctx, p.ID, strings.Repeat("a", 64))),
	} {
		code(t, read, "poll.not_found")
	}
}

func second[T any](_ T, err error) error { return err }

// TestManyTapsLeaveOneBallot: 1,000 casts of one voter at the same time.
func TestManyTapsLeaveOneBallot(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 2), t.Context()
	p := g.opened(g.draft())
	const taps = 1000
	var wg sync.WaitGroup
	var kept atomic.Int64
	for i := range taps {
		wg.Go(func() {
			// Four at a time are the same ballot sent again.
			_, err := g.CastBallot(ctx, g.p(0), poll.Cast{Poll: p.ID, Choice: pick(i / 4 % 3), Tag: poll.TagOf(fmt.Sprint(i / 4))})
			switch fault.CodeOf(err) {
			case "poll.too_many_casts", "poll.replayed":
			default:
				if err != nil {
					t.Error(err)
				}
				kept.Add(1)
			}
		})
	}
	wg.Wait()
	out := g.closed(p)
	if out.Count.Turnout.Cast != 1 || out.Poll.Closing.Voted != 1 || kept.Load() < 1 {
		t.Fatalf("counted %s, %d accepted", out.Result.Text, kept.Load())
	}
	if n := out.Poll.Closing.Commitments; n < 1 || n > poll.MaxCasts {
		t.Errorf("%d commitments", n)
	}
}

// TestABallotOnItsWayMeetsTheLock: whatever the order of a last ballot and the close, it is refused or it is counted.
func TestABallotOnItsWayMeetsTheLock(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 30), t.Context()
	p := g.opened(g.draft())
	g.clock.Set(p.ClosesAt.Add(-1))
	var accepted atomic.Int64
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			_, err := g.CastBallot(ctx, g.p(i), poll.Cast{Poll: p.ID, Choice: pick(0), Tag: poll.TagOf(fmt.Sprint(i))})
			if err == nil {
				accepted.Add(1)
			} else if fault.CodeOf(err) != "poll.closed" {
				t.Error(err)
			}
		})
	}
	wg.Go(func() {
		g.clock.Set(p.ClosesAt)
		for range 4 {
			if _, err := g.Keep(ctx); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	out := g.closed(p)
	if int64(out.Count.Turnout.Cast) != accepted.Load() {
		t.Errorf("%d were accepted, %d counted", accepted.Load(), out.Count.Turnout.Cast)
	}
}

// TestACountThatDiffersIsNotPublished, and one of a poll that was changed after the opening neither.
func TestACountThatDiffersIsNotPublished(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 3), t.Context()
	wrong := g.deps
	wrong.Second = func(result rule.Result, r rule.Rule, options int, roll []rule.Voter, ballots []rule.Ballot) error {
		return recount.Compare(result, r, options, roll, ballots[:len(ballots)-1])
	}
	p := g.opened(g.draft())
	_, err := g.cast(g.p(0), p.ID, 0)
	must(t, err)
	g.clock.Set(p.ClosesAt)
	_, err = poll.New(wrong).Keep(ctx)
	must(t, err)
	held := g.state(p.ID, poll.Disputed)
	if !strings.Contains(held.Closing.Why, "differ") || len(g.events(poll.PollDisputed)) != 1 || len(g.events(poll.PollPublished)) != 0 {
		t.Fatalf("closing %+v", held.Closing)
	}
	_, err = g.Result(ctx, p.ID)
	code(t, err, "poll.not_found")
	g.keep()
	g.state(p.ID, poll.Disputed) // no sweep goes on by itself
	_, err = g.RecountPoll(ctx, g.colleague, p.ID, "计票程序已修复")
	must(t, err)
	g.keep()
	if out, err := g.Result(ctx, p.ID); err != nil || out.Count.Votes[0] != 1 {
		t.Errorf("counted again: %s, %v", out.Result.Text, err)
	}
}

// TestWhatWasChangedAfterTheOpeningIsFound before anything is published.
func TestWhatWasChangedAfterTheOpeningIsFound(t *testing.T) {
	t.Parallel()
	for name, tamper := range map[string]func(map[string]any){
		"the rule":      func(p map[string]any) { p["rule"].(map[string]any)["abstain"] = true },
		"an option":     func(p map[string]any) { p["options"].([]any)[0].(map[string]any)["text"] = "屋后" },
		"the close":     func(p map[string]any) { p["closes_at"] = "2026-11-28T01:00:00Z" },
		"the charter":   func(p map[string]any) { p["charter"] = strings.Replace(p["charter"].(string), "楼前", "屋后", 1) },
		"its hash":      func(p map[string]any) { p["charter_hash"] = strings.Repeat("0", 64) },
		"somebody's id": nil, // a seat put on the roll behind the platform's back
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, ctx := setup(t, 3), t.Context()
			p := g.opened(g.draft())
			if tamper == nil {
				x := poll.Seat{Poll: p.ID, Community: "c1", Voter: "ghost", Mark: "ghost"}
				body, err := json.Marshal(x)
				must(t, err)
				_, err = g.store.Put(ctx, docstore.Write{Key: docstore.Key{Kind: poll.SeatKind, ID: string(p.ID) + "/ghost"}, Body: body, Scope: "c1"})
				must(t, err)
			} else {
				doc, err := g.store.Get(ctx, docstore.Key{Kind: poll.PollKind, ID: string(p.ID)})
				must(t, err)
				var body map[string]any
				must(t, json.Unmarshal(doc.Body, &body))
				tamper(body)
				changed, err := json.Marshal(body)
				must(t, err)
				_, err = g.store.Put(ctx, docstore.Write{
					Key: doc.Key, Want: docstore.Any, Body: changed, Scope: "c1",
					Fields: docstore.Fields{"community": "c1", "created": p.CreatedAt.UnixMilli(), "step": p.ClosesAt.UnixMilli()},
				})
				must(t, err)
			}
			g.clock.Set(p.ClosesAt)
			g.keep()
			g.state(p.ID, poll.Disputed)
		})
	}
}

// TestWithdrawnBeforeItOpens with a reason.
func TestWithdrawnBeforeItOpens(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 2), t.Context()
	p, err := g.DraftPoll(ctx, g.staff, g.household())
	must(t, err)
	_, err = g.ListRoll(ctx, g.staff, p.ID)
	must(t, err)
	_, err = g.WithdrawPoll(ctx, g.staff, p.ID, " ")
	code(t, err, "poll.reason")
	_, err = g.WithdrawPoll(ctx, g.staff, p.ID, "方案还要再议")
	must(t, err)
	g.clock.Set(p.OpensAt)
	g.keep()
	if got := g.state(p.ID, poll.Withdrawn); got.Reason != "方案还要再议" {
		t.Errorf("reason %q", got.Reason)
	}
	if errors.Is(second(g.cast(g.p(0), p.ID, 0)), nil) {
		t.Error("a withdrawn poll takes ballots")
	}
}
