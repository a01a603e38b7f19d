package recount_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"

	"jushou/deliberation/poll/rule"
	"jushou/internal/verify/tally"
)

// TestTheCounterOutsideAgrees lets the counter of `jushou verify`, which knows only the published JSON, count drawn polls too.
func TestTheCounterOutsideAgrees(t *testing.T) {
	t.Parallel()
	for _, m := range rule.Methods() {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(8, 13))
			ended := map[rule.Outcome]int{}
			for n := range *polls / 4 / len(rule.Methods()) {
				d := drawn(r, m)
				for _, b := range d.ballots {
					d.roll[b.Voter].Present = true // a ballot of an absent member is no line that anybody could tell from others
				}
				got, err := d.rule.Count(d.options, d.roll, d.ballots)
				if err != nil {
					t.Fatalf("poll %d: %v\n%s", n, err, d.rule.Canonical())
				}
				outside(t, d, got)
				ended[got.Outcome]++
			}
			for _, o := range outcomes(m) {
				if *polls >= 40_000 && ended[o] == 0 {
					t.Errorf("no poll ended %q: %v", o, ended)
				}
			}
		})
	}
}

// outside counts a drawn poll as somebody does who has downloaded it.
func outside(t *testing.T, d *draw, published rule.Result) {
	t.Helper()
	p := tally.Poll{Options: d.options, Voters: len(d.roll), Present: published.Turnout.Present, Steps: -1}
	if f := published.Funding; f != nil && f.Compared == nil {
		p.Steps = f.Steps
	}
	var err error
	if p.Rule, err = tally.ParseRule(d.rule.Canonical()); err != nil {
		t.Fatal(err)
	}
	for _, b := range d.ballots {
		text, err := json.Marshal(b.Choice.Canonical())
		line := tally.Ballot{Paper: b.Paper}
		if err = errors.Join(err, json.Unmarshal(text, &line.Choice)); err != nil {
			t.Fatal(err)
		}
		p.Ballots = append(p.Ballots, line)
	}
	if d.rule.Method == rule.Owners {
		if _, err := tally.Count(p); !errors.Is(err, tally.ErrBeyond) {
			t.Fatalf("owners are counted without their areas: %v", err)
		}
		p.Stakes = stakes(d)
	}
	again, err := tally.Count(p)
	if err != nil {
		t.Fatalf("%v\nrule %s\nresult %s", err, d.rule.Canonical(), published.JSON())
	}
	found, err := again.Differs(published.JSON())
	if err != nil || found != "" {
		t.Fatalf("%s, %v\nrule %s\nroll %+v\nballots %+v\nresult %s", found, err, d.rule.Canonical(), d.roll, d.ballots, published.JSON())
	}
}

// stakes puts owners together by what they said.
func stakes(d *draw) *tally.Stakes {
	all := &tally.Stakes{Options: make([]tally.Stake, d.options)}
	said := make([]*rule.Choice, len(d.roll))
	for i := range d.ballots {
		said[d.ballots[i].Voter] = &d.ballots[i].Choice
	}
	for i, v := range d.roll {
		one := tally.Stake{Heads: 1}
		for _, u := range v.Units {
			if u.Parking {
				one.Parking += u.Area
				continue
			}
			one.Homes, one.Home = 1, one.Home+u.Area
		}
		switch c := said[i]; {
		case c == nil && d.rule.Owners.Served(v.Service):
			all.Silent.Add(one)
		case c == nil:
			all.Missing.Add(one)
		case c.Spoilt != "":
			all.Spoilt.Add(one)
		case c.Abstain:
			all.Abstain.Add(one)
		default:
			all.Options[c.Picks[0]].Add(one)
		}
	}
	return all
}
