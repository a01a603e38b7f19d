package verify_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jushou/internal/verify"
)

type m = map[string]any

// stake are n owners of homes that measure home together, with parking.
func stake(n, home, parking int64) m {
	return m{"heads": n, "homes": n, "home": home, "parking": parking}
}

// roofs is a decision of fifty owners: 20 with 80 m², 15 with 60 m², and 15 others with 2,000 m² and two spaces. 16, 10 and 9 of them vote yes, 2, 2
// and 3 no; four are silent.
func roofs() *vote {
	v := &vote{id: "01k9roof"}
	v.charter = m{
		"format": "jushou charter v1", "poll": v.id, "question": "修屋面吗？", "options": []any{m{"text": "同意"}, m{"text": "不同意"}}, "voters": 50, "area": 452500,
		"rule": m{"method": "owners", "owners": m{"matter": 5, "scope": "area", "form": "yes-no", "parking": "counted", "nonReturn": "majority"}},
		"stakes": m{
			"classes": []any{m{"home": 8000, "parking": 0, "heads": 20}, m{"home": 6000, "parking": 0, "heads": 15}}, "rest": stake(15, 200000, 2500),
		},
	}
	said := []int64{16, 10, 9, 2, 2, 3}
	for group, n := range said {
		for i := range n {
			choice := `{"picks":[0]}`
			if group > 2 {
				choice = `{"picks":[1]}`
			}
			v.ballots = append(v.ballots, ballot{Tag: hashOf(fmt.Sprint("owner ", group, i)), Salt: fmt.Sprintf("%016x%016x", group, i), Choice: choice})
		}
	}
	tags := map[string]int{}
	for i, b := range v.ballots {
		tags[b.Tag] = i
	}
	v.result = m{"method": "owners", "outcome": "passed", "winners": []int{0}, "turnout": m{"roll": 50, "ballots": 42, "cast": 42, "decided": 42}, "sheets": roofSheets()}
	of := func(group int) (all []string) { // the commitments of the class's ballots
		for _, b := range v.ballots {
			at, from := tags[b.Tag], int64(0)
			for g, n := range said {
				if g%3 == group && int64(at) >= from && int64(at) < from+n {
					all = append(all, b.Commit)
				}
				from += n
			}
		}
		slices.Sort(all)
		return all
	}
	v.stakes = func() m {
		return m{
			"format": "jushou stakes v1", "poll": v.id, "charter": v.hash,
			"classes": []any{m{"home": 8000, "parking": 0, "silent": 1, "ballots": of(0)}, m{"home": 6000, "parking": 0, "silent": 2, "ballots": of(1)}},
			"rest": m{
				"options": []any{stake(9, 120000, 2500), stake(3, 40000, 0)}, "abstain": stake(0, 0, 0), "spoilt": stake(0, 0, 0),
				"silent": stake(1, 15000, 0), "missing": stake(2, 25000, 0),
			},
		}
	}
	return v
}

// roofSheets are its four readings, added up by hand.
func roofSheets() (all []any) {
	weight := func(heads, area int64) m { return m{"heads": heads, "area": area} }
	for _, spaces := range []int64{2500, 0} {
		for _, silence := range []string{"not-participating", "majority"} {
			parking := "counted"
			if spaces == 0 {
				parking = "not-counted"
			}
			yes, returned := weight(35, 308000+spaces), weight(42, 376000+spaces)
			s := m{
				"nonReturn": silence, "parking": parking, "total": weight(50, 450000+spaces), "returned": returned, "abstain": weight(0, 0), "spoilt": weight(0, 0),
				"silent": weight(0, 0), "missing": weight(8, 74000), "participating": returned, "cast": []any{yes, weight(7, 68000)}, "options": []any{yes, weight(7, 68000)},
				"majority": -1, "quorate": true, "passed": 0,
			}
			part, agree := []int64{42, 376000 + spaces}, []int64{35, 308000 + spaces}
			if silence == "majority" {
				part, agree = []int64{46, 411000 + spaces}, []int64{39, 343000 + spaces}
				s["silent"], s["missing"], s["participating"] = weight(4, 35000), weight(4, 39000), weight(part[0], part[1])
				s["options"], s["majority"], s["majorityNote"] = []any{weight(agree[0], agree[1]), weight(7, 68000)}, 0, "added"
				s["binding"] = spaces > 0
			}
			step := func(code string, option int, of, op string, part, whole, num, den int64) m {
				return m{"code": code, "option": option, "of": of, "part": part, "whole": whole, "op": op, "num": num, "den": den, "holds": true}
			}
			s["steps"] = []any{
				step("participation-area", -1, "roll", ">=", part[1], 450000+spaces, 2, 3), step("participation-heads", -1, "roll", ">=", part[0], 50, 2, 3),
				step("approval-area", 0, "cast", ">", agree[1], part[1], 1, 2), step("approval-heads", 0, "cast", ">", agree[0], part[0], 1, 2),
			}
			all = append(all, s)
		}
	}
	return all
}

func TestBothMeasuresOfOwnersAreCountedAgain(t *testing.T) {
	t.Parallel()
	h := build(t)
	roofs().hold(h)
	told, err := said(t, h.url)
	for _, want := range []string{"42 ballots of 50 voters, passed; counted again", "how the 1625.00 m² of 12 ballots divide (of 4525.00 m² on the roll) is taken as it is told"} {
		if err != nil || !strings.Contains(told, want) {
			t.Errorf("%q is not in %q, %v", want, told, err)
		}
	}
}

// TestOwnersAreasThatAreWrong publishes areas whose hash is entered, and which are wrong all the same.
func TestOwnersAreasThatAreWrong(t *testing.T) {
	t.Parallel()
	class := func(s m, n int) m { return s["classes"].([]any)[n].(m) }
	for _, c := range []struct {
		name, want string
		bend       func(m)
	}{
		{"a ballot in another class", "result.sheets", func(s m) {
			a, b := class(s, 0), class(s, 1)
			a["ballots"], b["ballots"] = append(slices.Clone(a["ballots"].([]string)), b["ballots"].([]string)[0]), b["ballots"].([]string)[1:]
		}},
		{"a ballot in two classes", "has one already", func(s m) { class(s, 1)["ballots"] = class(s, 0)["ballots"].([]string)[:12] }},
		{"a ballot that nobody cast", "none of those published", func(s m) { class(s, 0)["ballots"].([]string)[0] = hashOf("nobody") }},
		{"more than there are", "have 18 ballots and 3 silent", func(s m) { class(s, 0)["silent"] = 3 }},
		{"an area that nobody has", "that the charter does not know", func(s m) { class(s, 0)["home"] = 8001 }},
		{"silence that was not", "result.sheets", func(s m) { class(s, 0)["silent"] = 2 }},
		{"more area for yes", "the roll has 15", func(s m) { s["rest"].(m)["options"] = []any{stake(9, 120001, 2500), stake(3, 40000, 0)} }},
		{"area moved from no to yes", "result.sheets", func(s m) { s["rest"].(m)["options"] = []any{stake(9, 130000, 2500), stake(3, 30000, 0)} }},
		{"area below nothing", "what is told of the other owners", func(s m) { s["rest"].(m)["options"] = []any{stake(9, 161000, 2500), stake(3, -1000, 0)} }},
		{"heads moved", "9 ballots for option 0", func(s m) { s["rest"].(m)["options"] = []any{stake(10, 120000, 2500), stake(2, 40000, 0)} }},
		{"of another poll", `of the poll "other"`, func(s m) { s["poll"] = "other" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h, v := build(t), roofs()
			good := v.stakes
			v.stakes = func() m {
				s := good()
				c.bend(s)
				return s
			}
			v.hold(h)
			if told, err := said(t, h.url); !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q, %v", told, err)
			}
		})
	}
}

func TestAreasThatWereEnteredHaveToBeThere(t *testing.T) {
	t.Parallel()
	h := build(t)
	roofs().hold(h)
	delete(h.beside, "polls/01k9roof/stakes")
	if told, err := said(t, h.url); !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), "stakes") {
		t.Errorf("%q, %v", told, err)
	}
}

func TestAreasThatWereNeverEntered(t *testing.T) {
	t.Parallel()
	h, v := build(t), roofs()
	v.stakes = nil
	v.hold(h)
	if told, err := said(t, h.url); !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), "the owners' areas are not") {
		t.Errorf("%q, %v", told, err)
	}
}
