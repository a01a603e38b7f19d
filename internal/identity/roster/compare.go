package roster

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// Tally counts one sort of thing against what is stored.
type Tally struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	// Gone are stored, in a building that the file speaks of, and not in the file. They stay.
	Gone int `json:"gone"`
}

// Counts is what an import would do.
type Counts struct {
	Homes  Tally `json:"homes"`
	People Tally `json:"people"`
}

// Nothing reports whether an import would write nothing: the file was imported before.
func (c Counts) Nothing() bool {
	return c.Homes.New+c.Homes.Changed == 0
}

// comparison is the file against the store.
type comparison struct {
	counts Counts
	gone   []identity.HouseholdID // homes from which somebody is missing in the file
	full   []Home                 // homes that would have too many people
}

// compare tries the homes of a file on the households that are stored in their buildings. It is pure.
func compare(box *seal.Box, homes []Home, stored []identity.Household, now time.Time) (comparison, error) {
	var c comparison
	known := map[identity.HouseholdID]identity.Household{}
	for _, h := range stored {
		known[h.ID] = h
	}
	for _, h := range homes {
		if err := c.add(box, h, known[h.ID()], now); err != nil {
			return c, err
		}
		delete(known, h.ID())
	}
	for id, h := range known { // what no row of the file names
		if len(h.People) > 0 {
			c.counts.Homes.Gone++
			c.counts.People.Gone += len(h.People)
			c.gone = append(c.gone, id)
		}
	}
	slices.Sort(c.gone)
	return c, nil
}

// add compares one home of the file with its household, which may be the zero one.
func (c *comparison) add(box *seal.Box, home Home, before identity.Household, now time.Time) error {
	after, changed, err := merge(box, before, home, "", now)
	if errors.Is(err, identity.ErrHouseholdFull) {
		c.full = append(c.full, home)
		return nil
	}
	if err != nil {
		return err
	}
	names, err := before.Names(box)
	if err != nil {
		return fmt.Errorf("open household %q: %w", before.ID, err)
	}
	gone := false
	for i, p := range after.People {
		switch {
		case i < len(names) && !home.has(names[i]):
			c.counts.People.Gone++
			gone = true
		default:
			c.counts.People.count(i < len(names), i >= len(names) || p != before.People[i])
		}
	}
	if gone {
		c.gone = append(c.gone, home.ID())
	}
	c.counts.Homes.count(len(names) > 0, changed)
	return nil
}

func (h Home) has(name string) bool {
	return slices.ContainsFunc(h.People, func(e identity.Entry) bool { return e.Name == name })
}

func (t *Tally) count(known, changed bool) {
	switch {
	case !known:
		t.New++
	case changed:
		t.Changed++
	default:
		t.Unchanged++
	}
}

// merge lists the people of a home on its household, which may be the zero one, and reports whether that
// left another list than before. Doing it again changes nothing.
func merge(box *seal.Box, before identity.Household, home Home, source string, now time.Time) (identity.Household, bool, error) {
	after := before
	if before.ID == "" {
		var err error
		if after, err = identity.NewHousehold(home.Building, home.Room); err != nil {
			return before, false, err
		}
	}
	for _, e := range home.People {
		next, _, err := after.List(box, e, source, now)
		if err != nil {
			return before, false, fmt.Errorf("list on %q: %w", home.ID(), err)
		}
		after = next
	}
	return after, !slices.Equal(after.People, before.People), nil
}
