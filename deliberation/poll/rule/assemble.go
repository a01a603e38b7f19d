package rule

import (
	"slices"
	"strings"

	"jushou/internal/fault"
)

// Deed says who owns a unit. Keys are opaque and hold no "+".
type Deed struct {
	Unit   Unit
	Owners []string // one, or all co-owners in any order
	// Developer means not sold, or sold and not delivered: it votes with all such units as one head.
	Developer bool
}

// developer is the key of the developer's head.
const developer = "developer"

// Assemble makes the heads of a roll out of deeds, as 法释〔2020〕17号 Art. 9 counts them: one unit is one head, all
// units of one buyer together are one head, and so are all units of the developer. Co-owners are one buyer, so
// two units owned by the same two people are one head, and a unit that one of them owns alone is another. The
// key of a head is its owners' keys, sorted, with "+" between. Heads are in the order of their first unit.
func Assemble(deeds []Deed) ([]Voter, error) {
	var roll []Voter
	index := map[string]int{}
	for i, d := range deeds {
		key, ok := d.head()
		if !ok {
			return nil, fault.New(fault.Invalid, "count.deed_owner").On("roll").With("line", i+1)
		}
		at, known := index[key]
		if !known {
			at = len(roll)
			index[key] = at
			roll = append(roll, Voter{Key: key})
		}
		roll[at].Units = append(roll[at].Units, d.Unit)
	}
	return roll, lawfulUnits(roll)
}

func (d Deed) head() (key string, ok bool) {
	if d.Developer {
		return developer, true
	}
	owners := slices.Compact(slices.Sorted(slices.Values(d.Owners)))
	for _, o := range owners {
		if o == "" || o == developer || strings.Contains(o, "+") {
			return "", false
		}
	}
	return strings.Join(owners, "+"), len(owners) > 0
}
