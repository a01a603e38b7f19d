// Package catalogue keeps each town's list of items (任务清单): what may be the matter, which department's it is, by
// what standard it is to be met, and in how many working days (domain.md F79; 22 departments and 220 items is a
// town's usual size). An item fixes the department, so that nobody has to know by heart whom to send a topic to.
//
// The list comes as a table, XLSX or CSV. Parse reads it and complains about everything at once, naming row and column;
// a table with a single fault changes nothing. A clean one is shown as a preview against what holds now and becomes a
// new version when a person says so. Versions are never changed or deleted: work that was sent out under one keeps it.
//
//	upload ──▶ draft (one for each person and town, replaced by the next) ──▶ version n+1
//
// Uniqueness is the key of the version's document: of two who confirm at once one wins, and the other is asked to
// look again at what changes.
package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/sheet"
)

// Bounds of a list. Names and texts are counted in runes.
const (
	MaxDepartments = 60
	MaxItems       = 1000
	MaxName        = 40
	MaxStandard    = 300
	MaxKeywords    = 12
	MaxKeyword     = 12
	// MaxDays is the longest term, in working days.
	MaxDays = 120
)

var (
	// ErrNone means that the town has no list yet, or no such version.
	ErrNone = fault.New(fault.NotFound, "catalogue.none")
	// ErrNoItem means that the list has no item of the key.
	ErrNoItem = fault.New(fault.NotFound, "catalogue.no_item")
)

// Department is one of the town's departments.
type Department struct {
	// Key names it in addresses, grants and items; identity.ValidDepartment says how it may be written.
	Key  string `json:"key"`
	Name string `json:"name"`
}

// Item is one thing that may be the matter.
type Item struct {
	Key   string `json:"key"` // as the town numbers it: LH-03
	Class string `json:"class,omitempty"`
	Name  string `json:"name"`
	// Department is the key of the department whose matter it is.
	Department string `json:"department"`
	// Standard says when the matter is settled: 破损路面 24 小时内设警示，5 个工作日内修复.
	Standard string `json:"standard"`
	// AcceptDays and ResolveDays are the item's own terms in working days; 0 means the town's ordinary ones.
	AcceptDays  int      `json:"accept_days,omitempty"`
	ResolveDays int      `json:"resolve_days,omitempty"`
	Keywords    []string `json:"keywords,omitempty"`
}

// equal reports whether two items say the same.
func (i Item) equal(o Item) bool {
	same := slices.Equal(i.Keywords, o.Keywords)
	i.Keywords, o.Keywords = nil, nil
	return same && fmt.Sprint(i) == fmt.Sprint(o)
}

// Catalogue is one version of a town's list.
type Catalogue struct {
	Town    community.ID `json:"town"`
	Version int          `json:"version"` // from 1
	// Departments and Items are in the order of the table.
	Departments []Department `json:"departments"`
	Items       []Item       `json:"items"`

	FileName string    `json:"file_name"`
	SHA256   string    `json:"sha256"` // of the file
	By       string    `json:"by"`     // who confirmed it, as Actor.Ref names them
	ByName   string    `json:"by_name"`
	At       time.Time `json:"at"`
}

// Item returns the item of a key; upper and lower case are the same.
func (c Catalogue) Item(key string) (Item, bool) {
	i := slices.IndexFunc(c.Items, func(i Item) bool { return strings.EqualFold(i.Key, key) })
	if i < 0 {
		return Item{}, false
	}
	return c.Items[i], true
}

// Department returns the department of a key.
func (c Catalogue) Department(key string) (Department, bool) {
	i := slices.IndexFunc(c.Departments, func(d Department) bool { return d.Key == key })
	if i < 0 {
		return Department{}, false
	}
	return c.Departments[i], true
}

// Search returns the items that a person looks for: those whose number, name, class, standard or keywords hold every
// word, narrowed to a department unless it is "".
func (c Catalogue) Search(words, department string) []Item {
	var found []Item
	for _, i := range c.Items {
		if department != "" && i.Department != department {
			continue
		}
		text := plain(strings.Join(append([]string{i.Key, i.Class, i.Name, i.Standard}, i.Keywords...), "\n"))
		if !slices.ContainsFunc(strings.Fields(plain(words)), func(w string) bool { return !strings.Contains(text, w) }) {
			found = append(found, i)
		}
	}
	return found
}

// Suggestion proposes an item for a text, and says by which of its keywords.
type Suggestion struct {
	Item       Item
	Department Department
	Hits       []string
}

// Suggest proposes at most n items for a topic's text, best first: those of whose keywords the text holds the most
// runes, and of equal ones in the order of the list. A person decides.
func (c Catalogue) Suggest(text string, n int) []Suggestion {
	text = plain(text)
	var all []Suggestion
	weight := map[string]int{}
	for _, i := range c.Items {
		s := Suggestion{Item: i}
		for _, k := range i.Keywords {
			if strings.Contains(text, plain(k)) {
				s.Hits = append(s.Hits, k)
				weight[i.Key] += len([]rune(k))
			}
		}
		if len(s.Hits) > 0 {
			s.Department, _ = c.Department(i.Department)
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b Suggestion) int { return weight[b.Item.Key] - weight[a.Item.Key] })
	return all[:min(n, len(all))]
}

// plain folds a text for comparing: width, case and spaces do not matter.
func plain(s string) string { return strings.ToLower(sheet.Fold(s)) }

// Change is what a new version would do to what holds now, by the keys of items.
type Change struct {
	Added   []string `json:"added,omitempty"`
	Changed []string `json:"changed,omitempty"`
	Removed []string `json:"removed,omitempty"`
	// Kept counts the items that stay as they are.
	Kept int `json:"kept"`
}

// changeFrom compares the items of a new list with the old.
func changeFrom(old, now []Item) Change {
	var ch Change
	before := Catalogue{Items: old}
	for _, i := range now {
		switch o, known := before.Item(i.Key); {
		case !known:
			ch.Added = append(ch.Added, i.Key)
		case !o.equal(i):
			ch.Changed = append(ch.Changed, i.Key)
		default:
			ch.Kept++
		}
	}
	after := Catalogue{Items: now}
	for _, o := range old {
		if _, stays := after.Item(o.Key); !stays {
			ch.Removed = append(ch.Removed, o.Key)
		}
	}
	return ch
}

// Published is the data of catalogue.published.
type Published struct {
	Town        community.ID `json:"town"`
	Version     int          `json:"version"`
	Departments int          `json:"departments"`
	Items       int          `json:"items"`
}

// EventPublished says that a town has a new version of its list; its document is the version.
const EventPublished = "catalogue.published"

func (c Catalogue) published() docstore.Fact {
	return docstore.Fact{Type: EventPublished, Actor: c.By, At: c.At, Data: Published{
		Town: c.Town, Version: c.Version, Departments: len(c.Departments), Items: len(c.Items),
	}}
}

// itemKey is how a town may number its items.
var itemKey = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{0,15}$`)
