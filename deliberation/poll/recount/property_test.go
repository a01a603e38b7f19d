package recount_test

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"jushou/deliberation/poll/rule"
)

// each draws polls of the methods and counts them; it fails if do looked closely (returned true) at too few.
func each(t *testing.T, methods []rule.Method, do func(*draw, rule.Result) bool) {
	t.Helper()
	for _, m := range methods {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			r, looked := rand.New(rand.NewPCG(11, 2)), 0
			for range max(1000, *polls/100) {
				d := drawn(r, m)
				if do(d, d.count(t)) {
					looked++
				}
				if t.Failed() {
					return
				}
			}
			if looked < 20 {
				t.Fatalf("only %d polls were of the kind that this is about", looked)
			}
		})
	}
}

func (d *draw) count(t *testing.T) rule.Result {
	t.Helper()
	got, err := d.rule.Count(d.options, d.roll, d.ballots)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// say prints a poll for a failure.
func (d *draw) say(t *testing.T, what string, before, after rule.Result) {
	t.Helper()
	t.Errorf("%s\nrule %s\nroll %+v\nballots %+v\nbefore %s\nafter %s", what, d.rule.Canonical(), d.roll, d.ballots, before.JSON(), after.JSON())
}

// TestTheOrderOfRollAndBallotsDoesNotMatter: the same people with the same ballots, listed otherwise.
func TestTheOrderOfRollAndBallotsDoesNotMatter(t *testing.T) {
	t.Parallel()
	each(t, rule.Methods(), func(d *draw, before rule.Result) bool {
		to := d.Perm(len(d.roll))
		roll := make([]rule.Voter, len(d.roll))
		for from, at := range to {
			roll[at] = d.roll[from]
		}
		for i := range d.ballots {
			d.ballots[i].Voter = to[d.ballots[i].Voter]
		}
		d.Shuffle(len(d.ballots), func(i, j int) { d.ballots[i], d.ballots[j] = d.ballots[j], d.ballots[i] })
		d.roll = roll
		if after := d.count(t); !bytes.Equal(before.JSON(), after.JSON()) {
			d.say(t, "another order, another result", before, after)
		}
		return len(d.ballots) > 1
	})
}

// TestOptionsAreTreatedAlike: with the options renamed, the same ones win. Ties stand, for a lot names options.
func TestOptionsAreTreatedAlike(t *testing.T) {
	t.Parallel()
	each(t, []rule.Method{rule.Single, rule.Multiple, rule.Score, rule.Schulze, rule.IRV}, func(d *draw, _ rule.Result) bool {
		d.rule.Tie, d.rule.Lot = rule.TieStands, nil
		before := d.count(t)
		to := d.Perm(d.options)
		for i := range d.ballots {
			c := &d.ballots[i].Choice
			c.Picks = renamed(c.Picks, to)
			ranks := slices.Clone(c.Ranks)
			for o, rank := range c.Ranks {
				ranks[to[o]] = rank
			}
			c.Ranks = ranks
		}
		after := d.count(t)
		same := before.Outcome == after.Outcome
		for _, pair := range [][2][]int{{before.Winners, after.Winners}, {before.Tied, after.Tied}} {
			same = same && slices.Equal(slices.Sorted(slices.Values(renamed(pair[0], to))), slices.Sorted(slices.Values(pair[1])))
		}
		if !same {
			d.say(t, "renamed options, another result", before, after)
		}
		return before.Outcome == rule.Won
	})
}

func renamed(options, to []int) []int {
	out := make([]int, 0, len(options))
	for _, o := range options {
		out = append(out, to[o])
	}
	return out
}

// approvals are the shares that options or proposals reach.
func approvals(res rule.Result) map[string]*big.Rat {
	shares := map[string]*big.Rat{}
	add := func(sheet string, steps []rule.Step) {
		for _, s := range steps {
			if s.Code != rule.StepThreshold && s.Code != rule.StepApproveArea && s.Code != rule.StepApproveHead {
				continue
			}
			share := new(big.Rat)
			if s.Whole > 0 {
				share.SetFrac64(s.Part, s.Whole)
			}
			shares[sheet+string(s.Code)+string(rune('0'+s.Option))] = share
		}
	}
	add("", res.Steps)
	for _, s := range res.Sheets {
		add(string(s.NonReturn)+string(s.Parking), s.Steps)
	}
	return shares
}

// TestAbstainingNeverRaisesApproval: one more abstention of somebody who had not voted.
func TestAbstainingNeverRaisesApproval(t *testing.T) {
	t.Parallel()
	each(t, []rule.Method{rule.YesNo, rule.Single, rule.Multiple, rule.Owners}, func(d *draw, before rule.Result) bool {
		voter := slices.IndexFunc(d.hands(), func(b *rule.Ballot) bool { return b == nil })
		if voter < 0 || !d.rule.Abstain {
			return false
		}
		d.ballots = append(d.ballots, rule.Ballot{Voter: voter, Choice: rule.Choice{Abstain: true}})
		after := d.count(t)
		was := approvals(before)
		for what, share := range approvals(after) {
			if share.Cmp(was[what]) > 0 {
				d.say(t, "abstaining raised "+what, before, after)
			}
		}
		return true
	})
}

func (d *draw) hands() []*rule.Ballot {
	hands := make([]*rule.Ballot, len(d.roll))
	for i := range d.ballots {
		hands[d.ballots[i].Voter] = &d.ballots[i]
	}
	return hands
}

// TestMoreSupportNeverHurts: a ballot changed in favour of a sole winner and of nobody else leaves it the winner.
// Instant runoff and the budget rules do not promise this, and docs/voting-rules.md says so.
func TestMoreSupportNeverHurts(t *testing.T) {
	t.Parallel()
	each(t, []rule.Method{rule.YesNo, rule.Owners, rule.Single, rule.Score, rule.Schulze}, func(d *draw, before rule.Result) bool {
		if len(before.Winners) != 1 || d.rule.Method == rule.Score && d.rule.Range.By == rule.ByMean && d.rule.Range.Partial {
			return false
		}
		won, raised := before.Winners[0], false
		for i := range d.ballots {
			if c := &d.ballots[i].Choice; c.Spoilt == "" && !c.Abstain && !raised {
				raised = favour(d, c, won)
			}
		}
		if after := d.count(t); raised && !slices.Contains(after.Winners, won) {
			d.say(t, "more support and lost", before, after)
		}
		return raised
	})
}

// favour changes a ballot for the option; false if it could not do more for it.
func favour(d *draw, c *rule.Choice, won int) bool {
	switch d.rule.Method {
	case rule.Score:
		at := slices.Index(c.Picks, won)
		if at < 0 || c.Scores[at] == d.rule.Range.Max {
			return false
		}
		scores := slices.Clone(c.Scores)
		scores[at]++
		c.Scores = scores
	case rule.Schulze:
		return lift(c, won)
	default:
		if c.Picks[0] == won {
			return false
		}
		c.Picks = []int{won}
	}
	return true
}

// lift puts an option that shares no rank above the one before it.
func lift(c *rule.Choice, won int) bool {
	rank := c.Ranks[won]
	alone := func(rank int) int {
		found := -1
		for o, r := range c.Ranks {
			if r == rank && found >= 0 {
				return -1
			} else if r == rank {
				found = o
			}
		}
		return found
	}
	if rank < 2 || alone(rank) != won || alone(rank-1) < 0 {
		return false
	}
	above := alone(rank - 1)
	c.Ranks = slices.Clone(c.Ranks)
	c.Ranks[won], c.Ranks[above] = rank-1, rank
	return true
}

// TestWhoBeatsEverybodyWins: Schulze elects an option that beats each other one; instant runoff elects one that
// more than half rank first.
func TestWhoBeatsEverybodyWins(t *testing.T) {
	t.Parallel()
	each(t, []rule.Method{rule.Schulze, rule.IRV}, func(d *draw, got rule.Result) bool {
		if got.Outcome == rule.Short || got.Outcome == rule.Empty {
			return false
		}
		for a := range d.options {
			beats := d.rule.Method == rule.IRV && 2*got.Votes[a] > int64(got.Turnout.Decided)
			if p := got.Pairs; p != nil {
				beats = true
				for b := range d.options {
					beats = beats && (a == b || p.Prefer[a][b] > p.Prefer[b][a])
				}
			}
			if beats && !slices.Equal(got.Winners, []int{a}) {
				d.say(t, "beats everybody and did not win", got, got)
			}
			if beats {
				return true
			}
		}
		return false
	})
}
