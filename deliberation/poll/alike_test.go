package poll

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// TestNoPublishedAreaTellsOnAnybody on random rolls: a class has ballots enough that do not all say the same, and so has the rest, as long as there is
// anything to tell apart; nobody is lost between them.
func TestNoPublishedAreaTellsOnAnybody(t *testing.T) {
	t.Parallel()
	apart, together := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		all, roll := block(t)
		p := Poll{Options: make([]Option, 3)}
		classes := classesOf(roll)
		s := classes.show(p, all)
		for _, c := range classes.Classes {
			if c.Heads < LeastAlike {
				t.Fatalf("the charter tells of %d owners with %+v", c.Heads, c.areas)
			}
		}
		if r := classes.Rest.Heads; r > 0 && r < LeastAlike && len(classes.Classes) > 0 {
			t.Fatalf("the charter's rest is %d owners", r)
		}
		in, inRest := map[string]bool{}, 0
		for _, c := range s.Classes {
			if roll[c.areas] < LeastAlike || len(c.Ballots) < LeastAlike {
				t.Fatalf("%d of %d owners with %+v are published", len(c.Ballots), roll[c.areas], c.areas)
			}
			for _, commit := range c.Ballots {
				in[commit] = true
			}
		}
		kinds := map[said]bool{}
		var sum Stake
		for _, v := range all {
			sum.add(v.areas)
			if v.said.returned() && !in[v.commit] {
				kinds[v.said] = true
				inRest++
			}
		}
		if len(s.Classes) > 0 && inRest > 0 && (inRest < MinLines || len(kinds) < 2) {
			t.Fatalf("the rest is %d ballots of %d kinds", inRest, len(kinds))
		}
		told := s.Rest.Abstain.Heads + s.Rest.Spoilt.Heads + s.Rest.Silent.Heads + s.Rest.Missing.Heads
		for _, o := range s.Rest.Options {
			told += o.Heads
		}
		for _, c := range s.Classes {
			told += int64(roll[c.areas])
		}
		if told != sum.Heads {
			t.Fatalf("%d owners are published, and there are %d", told, sum.Heads)
		}
		if len(s.Classes) > 0 {
			apart++
		} else {
			together++
		}
	})
	if apart == 0 || together == 0 {
		t.Errorf("%d blocks have classes and %d have none: too one-sided", apart, together)
	}
}

// block draws owners of a few areas, some of which many share.
func block(t *rapid.T) (all []voice, roll map[areas]int) {
	roll = map[areas]int{}
	wide := rapid.Bool().Draw(t, "many alike")
	for kind := range rapid.IntRange(1, 6).Draw(t, "areas") {
		most := 14
		if wide {
			most = 80
		}
		area := areas{Home: int64(6000 + 500*kind), Parking: int64(kind%2) * 1260}
		heads := rapid.IntRange(1, most).Draw(t, "heads")
		mind := rapid.IntRange(-4, 2).Draw(t, "mind")
		for i := range heads {
			v := voice{areas: area, said: said(mind), commit: fmt.Sprint(kind, " ", i)}
			if rapid.Bool().Draw(t, "another mind") {
				v.said = said(rapid.IntRange(-4, 2).Draw(t, "said"))
			}
			all = append(all, v)
		}
		roll[area] += heads
	}
	return all, roll
}
