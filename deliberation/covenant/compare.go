package covenant

import (
	"slices"

	"jushou/deliberation/redline"
)

// Change is what became of one clause between two editions.
type Change struct {
	Kind redline.Kind `json:"kind"` // same, added, removed; changed clauses are Changed
	// Is and Was are its numbers in the later and the earlier edition, 0 where it does not stand.
	Is      int            `json:"is,omitempty"`
	Was     int            `json:"was,omitempty"`
	ID      string         `json:"id"`
	Heading []redline.Part `json:"heading"`
	Body    []redline.Part `json:"body"`
}

// Changed marks a clause that stands in both editions with other words.
const Changed redline.Kind = "changed"

// Compare tells what became of every clause, in the order of the later edition; what was taken out stands where it was.
// A clause is known by its id, so one that only got another number is the same.
func Compare(before, after []Clause) []Change {
	var all []Change
	find := func(in []Clause, id string) int {
		return slices.IndexFunc(in, func(c Clause) bool { return c.ID == id })
	}
	next := 0 // clauses of before that are told already
	gone := func(upto int) {
		for ; next < upto; next++ {
			if c := before[next]; find(after, c.ID) < 0 {
				all = append(all, Change{Kind: redline.Removed, Was: next + 1, ID: c.ID, Heading: redline.Compare(c.Heading, ""), Body: redline.Compare(c.Body, "")})
			}
		}
	}
	for i, c := range after {
		was := find(before, c.ID)
		if was < 0 {
			all = append(all, Change{Kind: redline.Added, Is: i + 1, ID: c.ID, Heading: redline.Compare("", c.Heading), Body: redline.Compare("", c.Body)})
			continue
		}
		gone(was)
		x := Change{Kind: redline.Same, Is: i + 1, Was: was + 1, ID: c.ID, Heading: redline.Compare(before[was].Heading, c.Heading), Body: redline.Compare(before[was].Body, c.Body)}
		if redline.Changed(x.Heading) || redline.Changed(x.Body) {
			x.Kind = Changed
		}
		all = append(all, x)
	}
	gone(len(before))
	return all
}
