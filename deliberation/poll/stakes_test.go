package poll_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// alike are owners with the same areas, in 0.01 m², and what their ballots say: an option each, -1 where none came.
type alike struct {
	home, space int64
	say         []int
}

// block decides about its roofs on paper.
func (g *ground) block(groups []alike) poll.Announced {
	g.t.Helper()
	var rows strings.Builder
	says, n := map[string]int{}, 0
	for _, a := range groups {
		for _, say := range a.say {
			n++
			owner := fmt.Sprintf("业主,139%08d", n)
			fmt.Fprintf(&rows, "1号楼,%d,住宅,%d.%02d,登记,,%s\n", 1000+n, a.home/100, a.home%100, owner)
			if a.space > 0 {
				fmt.Fprintf(&rows, "地下车库,B%d,车位,%d.%02d,登记,,%s\n", n, a.space/100, a.space%100, owner)
			}
			says[fmt.Sprintf("1号楼 %d", 1000+n)] = say
		}
	}
	g.bring(rows.String())
	d := g.joint()
	d.PaperFor = day
	p := g.opened(d)
	for after := docstore.Cursor(""); ; {
		lines, next, err := g.RollLines(g.t.Context(), g.staff, p.ID, "", after)
		must(g.t, err)
		for _, l := range lines {
			i := slices.IndexFunc(l.Places, func(place string) bool { return strings.HasPrefix(place, "1号楼") })
			say := says[l.Places[i]]
			for _, by := range []identity.Actor{g.staff, g.colleague} {
				if say >= 0 {
					_, err := g.enter(by, p, l.Voter, pick(say))
					must(g.t, err)
				}
			}
		}
		if after = next; next == "" {
			break
		}
	}
	g.clock.Set(p.ClosesAt.Add(day))
	g.keep()
	out, err := g.Result(g.t.Context(), p.ID)
	must(g.t, err)
	return out
}

// shown reads what was published of owners' areas.
func shown(t testing.TB, out poll.Announced) (s poll.Shown) {
	t.Helper()
	must(t, json.Unmarshal([]byte(out.Result.Stakes), &s))
	return s
}

// repeat says the same n times.
func repeat(n, option int) []int { return slices.Repeat([]int{option}, n) }

// TestAreasThatManyShareArePublished with their ballots, and the others only in sums.
func TestAreasThatManyShareArePublished(t *testing.T) {
	t.Parallel()
	g := setup(t, 0)
	groups := []alike{
		{8852, 0, slices.Concat(repeat(14, 0), repeat(4, 1), repeat(6, -1))},
		{6437, 0, slices.Concat(repeat(3, 0), repeat(2, 1), repeat(13, -1))}, // five ballots: into the rest
		{9218, 1260, repeat(12, 0)}, // all the same: into the rest
	}
	for i := range 16 {
		groups = append(groups, alike{int64(10000 + 137*i), 0, []int{i % 3 / 2}})
	}
	out := g.block(groups)
	s := shown(t, out)
	if len(s.Classes) != 1 || s.Classes[0].Home != 8852 || len(s.Classes[0].Ballots) != 18 || s.Rest.Missing.Heads != 13 {
		t.Fatalf("published is %+v", s)
	}
	if c := out.Poll.Roll.Stakes; len(c.Classes) != 3 || c.Rest.Heads != 16 || !strings.Contains(out.Poll.Charter, `"stakes":{"classes":[{"home":8852,"parking":0,"heads":24}`) {
		t.Errorf("the charter's classes are %+v", c)
	}
	if !strings.Contains(string(g.events(poll.PollPublished)[0].Data), `"stakes":"`) {
		t.Error("the log has no hash of them")
	}
	g.agrees(out, s)
}

// agrees adds both measures up again from what is published.
func (g *ground) agrees(out poll.Announced, s poll.Shown) {
	t := g.t
	t.Helper()
	sheet := out.Count.Sheets[0]
	if sheet.Parking != rule.ParkingCounts || sheet.NonReturn != rule.NotParticipating {
		t.Fatalf("the first sheet is %+v", sheet)
	}
	page, err := g.Lines(t.Context(), out.Poll.ID, 0)
	must(t, err)
	options := make([]rule.Weight, len(out.Poll.Options))
	for o, r := range s.Rest.Options {
		options[o] = rule.Weight{Heads: r.Heads, Area: r.Home + r.Parking}
	}
	for _, c := range s.Classes {
		for _, l := range page.Lines {
			if !slices.Contains(c.Ballots, l.Commit) {
				continue
			}
			var choice rule.Choice
			must(t, json.Unmarshal([]byte(l.Choice), &choice))
			options[choice.Picks[0]].Heads++
			options[choice.Picks[0]].Area += c.Home + c.Parking
		}
	}
	if !slices.Equal(options, sheet.Cast) {
		t.Errorf("from what is published the options have %+v, and the result says %+v", options, sheet.Cast)
	}
}
