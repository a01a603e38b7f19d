package budget

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// TieError says that only a lot can part these projects and that none was stated for them.
type TieError struct {
	Projects []string // ids, in the election's order
}

func (e *TieError) Error() string {
	return fmt.Sprintf("projects %s are level and no lot was stated that parts them", strings.Join(e.Projects, ", "))
}

// ties is the stated order among level projects.
type ties struct {
	e     *Election
	got   []standing
	order []Criterion
	lot   map[int]int // project to its place in the lot
}

func newTies(e *Election, got []standing, o Options) (ties, error) {
	t := ties{e: e, got: got, order: o.Ties, lot: map[int]int{}}
	if t.order == nil {
		t.order = []Criterion{LowestCost, MostVotes}
	}
	index := map[string]int{}
	for i, p := range e.Projects {
		index[p.ID] = i
	}
	for place, id := range o.Lot {
		p, known := index[id]
		if _, twice := t.lot[p]; !known || twice {
			return t, fmt.Errorf("%w: the lot names %q, which is no project or there twice", ErrRule, id)
		}
		t.lot[p] = place
	}
	return t, nil
}

// stated compares by the criteria alone.
func (t ties) stated(a, b int) int {
	for _, c := range t.order {
		by := cmp.Compare(t.e.Projects[a].Cost, t.e.Projects[b].Cost)
		if c == MostVotes {
			by = cmp.Compare(t.got[b].votes, t.got[a].votes)
		}
		if by != 0 {
			return by
		}
	}
	return 0
}

// first returns the one of level projects that goes first.
func (t ties) first(level []int) (int, error) {
	best := slices.MinFunc(level, t.stated)
	var still []int
	for _, p := range level {
		if t.stated(p, best) == 0 {
			still = append(still, p)
		}
	}
	if len(still) == 1 {
		return best, nil
	}
	drawn, err := t.drawn(still)
	if err != nil {
		return 0, err
	}
	return drawn[0], nil
}

// drawn puts projects in the order of the lot.
func (t ties) drawn(level []int) ([]int, error) {
	out := slices.Sorted(slices.Values(level))
	for _, p := range out {
		if _, in := t.lot[p]; !in {
			return nil, &TieError{Projects: t.ids(out)}
		}
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(t.lot[a], t.lot[b]) })
	return out, nil
}

func (t ties) ids(projects []int) []string {
	var ids []string
	for _, p := range projects {
		ids = append(ids, t.e.Projects[p].ID)
	}
	return ids
}
