package assisted

import (
	"slices"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// BoxID names a paper box within its community: the token of the form that hung it up.
type BoxID string

// PaperBox is a box for notes on paper, with the weekdays on which it is emptied.
type PaperBox struct {
	ID    BoxID          `json:"id"`
	Place string         `json:"place"`
	Days  []time.Weekday `json:"days"` // rising, Sunday is 0
	Since time.Time      `json:"since"`
	// Emptied are the last times, the latest first. They say where notes may still lie; nobody is counted by them.
	Emptied []Emptying `json:"emptied,omitempty"`
}

// Emptying is one time that a box was emptied.
type Emptying struct {
	Token string    `json:"token"` // of its form
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Notes int       `json:"notes"` // how many were in it, perhaps none
}

// Boxes are a community's, in the order they were hung up. It is one document.
type Boxes struct {
	Community community.ID `json:"community"`
	Boxes     []PaperBox   `json:"boxes"`
}

// Bounds of boxes.
const (
	MaxBoxes    = 20
	MaxEmptied  = 10 // kept of a box
	MaxBoxNotes = 500
)

// Types of events about boxes; the data of each is BoxNews.
const (
	EventBoxSaved   = "box.saved"
	EventBoxClosed  = "box.closed"
	EventBoxEmptied = "box.emptied"
)

// BoxNews is the data of the events about boxes.
type BoxNews struct {
	Community community.ID `json:"community"`
	Box       BoxID        `json:"box"`
	Place     string       `json:"place"`
	Notes     int          `json:"notes,omitempty"`
}

var (
	// ErrNoBox means that the community has no such box, or no longer.
	ErrNoBox = fault.New(fault.NotFound, "assisted.no_box").On("box")

	errBoxToken = fault.New(fault.Invalid, "assisted.bad_token")
	errPlace    = fault.New(fault.Invalid, "assisted.place_needed").On("place").With("max", MaxWhere)
	errPlaces   = fault.New(fault.Conflict, "assisted.place_taken").On("place")
	errBoxDays  = fault.New(fault.Invalid, "assisted.days_needed").On("days")
	errBoxes    = fault.New(fault.TooLarge, "assisted.too_many_boxes").With("max", MaxBoxes)
	errBoxNotes = fault.New(fault.Invalid, "assisted.bad_notes").On("notes").With("max", MaxBoxNotes)
)

// NextOn is the day on which the box is to be emptied next: the first of its weekdays after it was last emptied, or since it hangs there.
// It may have passed.
func (b PaperBox) NextOn(zone *time.Location) calendar.Date {
	day := calendar.DateOf(b.Since.In(zone))
	if len(b.Emptied) > 0 {
		day = calendar.DateOf(b.Emptied[0].At.In(zone)).AddDays(1)
	}
	for range 7 {
		if slices.Contains(b.Days, day.Weekday()) {
			break
		}
		day = day.AddDays(1)
	}
	return day
}

// Box returns one of the boxes.
func (b Boxes) Box(id BoxID) (PaperBox, error) {
	i := b.index(id)
	if i < 0 {
		return PaperBox{}, ErrNoBox
	}
	return b.Boxes[i], nil
}

func (b Boxes) index(id BoxID) int {
	return slices.IndexFunc(b.Boxes, func(x PaperBox) bool { return x.ID == id })
}

// newBox cleans a box as somebody named it; all faults at once.
func newBox(id BoxID, place string, days []time.Weekday) (PaperBox, error) {
	x := PaperBox{ID: id, Place: strings.Join(strings.Fields(deliberation.Clean(place)), " "), Days: slices.Clone(days)}
	slices.Sort(x.Days)
	x.Days = slices.Compact(x.Days)
	var faults []error
	if !ids.Valid(string(id)) {
		faults = append(faults, errBoxToken)
	}
	if x.Place == "" {
		faults = append(faults, errPlace)
	}
	if len(x.Days) == 0 || x.Days[0] < time.Sunday || x.Days[len(x.Days)-1] > time.Saturday {
		faults = append(faults, errBoxDays)
	}
	return x, deliberation.Joined(append(faults, deliberation.Within(x.Place, MaxWhere, errPlace))...)
}

// save hangs a box up, or names it and its days anew. Two boxes at one place could not be told apart.
func (b *Boxes) save(x PaperBox, by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	i := b.index(x.ID)
	switch {
	case slices.ContainsFunc(b.Boxes, func(o PaperBox) bool { return o.ID != x.ID && o.Place == x.Place }):
		return nil, errPlaces.With("place", x.Place)
	case i >= 0 && b.Boxes[i].Place == x.Place && slices.Equal(b.Boxes[i].Days, x.Days):
		return nil, docstore.ErrUnchanged
	case i < 0 && len(b.Boxes) >= MaxBoxes:
		return nil, errBoxes
	}
	b.Boxes = slices.Clone(b.Boxes)
	if i >= 0 {
		x.Since, x.Emptied = b.Boxes[i].Since, b.Boxes[i].Emptied
		b.Boxes[i] = x
	} else {
		x.Since = now
		b.Boxes = append(b.Boxes, x)
	}
	return []docstore.Fact{b.fact(EventBoxSaved, x, 0, by, now)}, nil
}

// close takes a box down. What came from it keeps its place.
func (b *Boxes) close(id BoxID, by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	i := b.index(id)
	if i < 0 {
		return nil, docstore.ErrUnchanged // somebody else was first
	}
	x := b.Boxes[i]
	b.Boxes = slices.Delete(slices.Clone(b.Boxes), i, i+1)
	return []docstore.Fact{b.fact(EventBoxClosed, x, 0, by, now)}, nil
}

// empty writes down that a box was emptied. The same form again changes nothing.
func (b *Boxes) empty(id BoxID, e Emptying, by identity.Actor) ([]docstore.Fact, error) {
	i := b.index(id)
	if i < 0 {
		return nil, ErrNoBox
	}
	x := b.Boxes[i]
	if slices.ContainsFunc(x.Emptied, func(o Emptying) bool { return o.Token == e.Token }) {
		return nil, docstore.ErrUnchanged
	}
	x.Emptied = append([]Emptying{e}, x.Emptied[:min(len(x.Emptied), MaxEmptied-1)]...)
	b.Boxes = slices.Clone(b.Boxes)
	b.Boxes[i] = x
	return []docstore.Fact{b.fact(EventBoxEmptied, x, e.Notes, by, e.At)}, nil
}

func (b Boxes) fact(what string, x PaperBox, notes int, by identity.Actor, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: by.Ref(), At: now, Data: BoxNews{Community: b.Community, Box: x.ID, Place: x.Place, Notes: notes}}
}
