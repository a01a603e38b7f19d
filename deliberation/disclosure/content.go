package disclosure

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/fault"
	"jushou/internal/money"
)

// Side says which way money goes.
type Side string

// Sides of a row.
const (
	In  Side = "in"
	Out Side = "out"
)

// Row is one line of a table of amounts.
type Row struct {
	What string `json:"what"`
	Side Side   `json:"side"`
	Fen  int64  `json:"fen"` // 0.01 yuan, never negative
	Note string `json:"note,omitempty"`
}

// Content is what a version says.
type Content struct {
	Title  string                 `json:"title"`
	Body   string                 `json:"body,omitempty"`
	Rows   []Row                  `json:"rows,omitempty"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
}

// Sums are the totals of a table in fen.
type Sums struct{ In, Out int64 }

// Rest is what is left of the income.
func (s Sums) Rest() int64 { return s.In - s.Out }

// Sums adds the rows up.
func (c Content) Sums() Sums {
	var s Sums
	for _, r := range c.Rows {
		if r.Side == In {
			s.In += r.Fen
		} else {
			s.Out += r.Fen
		}
	}
	return s
}

// Bounds, counted in runes or items.
const (
	MaxRows = 60
	MaxWhat = 40
	MaxNote = 80
	// MaxFen is ten thousand million yuan, so that MaxRows of them stay far from the end of int64.
	MaxFen = 1_000_000_000_000
)

var (
	errEmpty    = fault.New(fault.Invalid, "affairs.empty").On("body")
	errNoTitle  = fault.New(fault.Invalid, "affairs.no_title").On("title")
	errTitle    = fault.New(fault.Invalid, "affairs.title_too_long").On("title")
	errBody     = fault.New(fault.Invalid, "affairs.body_too_long").On("body")
	errRows     = fault.New(fault.Invalid, "affairs.too_many_rows").On("rows")
	errRowWhat  = fault.New(fault.Invalid, "affairs.row_without_name").On("rows")
	errRowLong  = fault.New(fault.Invalid, "affairs.row_too_long").On("rows")
	errRowSide  = fault.New(fault.Invalid, "affairs.row_side").On("rows")
	errAmount   = fault.New(fault.Invalid, "affairs.bad_amount").On("rows")
	errNoAmount = fault.New(fault.Invalid, "affairs.no_amounts").On("rows")
)

// NewContent cleans what somebody entered and checks the bounds; all faults at once. Money needs a table.
func NewContent(kind Kind, c Content) (Content, error) {
	c.Title, c.Body = deliberation.Line(c.Title), deliberation.Clean(c.Body)
	faults := []error{
		fault.When(c.Title == "", errNoTitle), deliberation.Within(c.Title, deliberation.MaxTitle, errTitle),
		deliberation.Within(c.Body, deliberation.MaxBody, errBody), deliberation.CheckPhotos(c.Photos),
		fault.When(c.Body == "" && len(c.Rows) == 0 && len(c.Photos) == 0, errEmpty),
		fault.When(kind == Finance && len(c.Rows) == 0, errNoAmount),
	}
	if len(c.Rows) > MaxRows {
		return Content{}, deliberation.Joined(append(faults, errRows.With("max", MaxRows))...)
	}
	c.Rows = slices.Clone(c.Rows)
	for n := range c.Rows {
		r := &c.Rows[n]
		r.What, r.Note = deliberation.Line(r.What), deliberation.Line(r.Note)
		faults = append(faults, r.check(n+1))
	}
	if err := deliberation.Joined(faults...); err != nil {
		return Content{}, err
	}
	return c, nil
}

func (r Row) check(n int) error {
	return deliberation.Joined(
		fault.When(r.What == "", errRowWhat.With("row", n)),
		deliberation.Within(r.What, MaxWhat, errRowLong.With("row", n)),
		deliberation.Within(r.Note, MaxNote, errRowLong.With("row", n)),
		fault.When(r.Side != In && r.Side != Out, errRowSide.With("row", n)),
		fault.When(r.Fen < 0 || r.Fen > MaxFen, errAmount.With("row", n)),
	)
}

// ParseFen reads an amount as people write it, "12,800.5" or "¥300", without ever being a float. row is named in the refusal.
func ParseFen(text string, row int) (int64, error) {
	fen, err := money.ParseUpTo(text, MaxFen)
	if err != nil {
		return 0, errAmount.With("row", row).Because(err)
	}
	return int64(fen), nil
}

// FormatFen writes an amount with thousands apart and two places: -12,800.50.
func FormatFen(fen int64) string { return money.Fen(fen).String() }
