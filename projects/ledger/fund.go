package ledger

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// FundID identifies a fund: the token of the form it was set up with.
type FundID string

// SourceKind says where money comes from.
type SourceKind string

// Kinds of sources.
const (
	FromCity     SourceKind = "city"    // 市、区
	FromTown     SourceKind = "town"    // 街镇
	FromBranch   SourceKind = "branch"  // 党组织为民服务经费
	SelfRaised   SourceKind = "self"    // residents and owners
	Matched      SourceKind = "matched" // follows what residents raised, in the ratio of the parts
	FromDonation SourceKind = "donation"
	FromOther    SourceKind = "other"
)

// SourceKinds lists them in the order they are shown.
func SourceKinds() []SourceKind {
	return []SourceKind{FromCity, FromTown, FromBranch, SelfRaised, Matched, FromDonation, FromOther}
}

// Source is one giver of a fund.
type Source struct {
	Kind SourceKind `json:"kind"`
	Name string     `json:"name"`
	// Parts is its side of the ratio; Share what follows for it of the cap.
	Parts int64     `json:"parts"`
	Share money.Fen `json:"share"`
}

// Line is a purpose that money was allotted to: a project, or one that is only named.
type Line struct {
	Project string `json:"project,omitempty"`
	Title   string `json:"title"`
	// Settled means that its remainder went back and nothing more is spent on it.
	Settled bool `json:"settled,omitempty"`
}

// Deal is a commitment: a contract or an accepted quote with a payee.
type Deal struct {
	Line  int    `json:"line"` // from 1
	Payee Payee  `json:"payee"`
	Title string `json:"title"`
}

// Payee is who is paid. Account numbers of banks are not kept here.
type Payee struct {
	Name string `json:"name"`
	// Private is a person: others than the people of the accounts read a masked name.
	Private bool `json:"private,omitempty"`
}

// Shown is the name that everybody may read.
func (p Payee) Shown() string {
	if p.Private {
		return identity.Mask(p.Name)
	}
	return p.Name
}

// Change is one setting of a fund's cap, with what it replaced.
type Change struct {
	At     time.Time           `json:"at"`
	By     deliberation.Author `json:"by"`
	Before money.Fen           `json:"before"` // 0 when it was set up
	After  money.Fen           `json:"after"`
	Reason string              `json:"reason,omitempty"`
}

// Fund is the money of one source agreement for one year: the aggregate.
type Fund struct {
	ID      FundID         `json:"id"`
	Node    community.ID   `json:"node"`
	Path    []community.ID `json:"path"`
	Name    string         `json:"name"`
	Purpose string         `json:"purpose"`
	Year    int            `json:"year"`
	// Cap is the year's envelope: the sum of the shares.
	Cap     money.Fen `json:"cap"`
	Sources []Source  `json:"sources"`
	SetAt   time.Time `json:"set_at"`
	Changes []Change  `json:"changes"` // the first one is the setting up

	Lines []Line `json:"lines,omitempty"`
	Deals []Deal `json:"deals,omitempty"`
	// Balances hold every account that was ever posted to.
	Balances map[Account]money.Fen `json:"balances"`
	Entries  []Entry               `json:"entries,omitempty"` // in the order they were drafted
	// Posted is how many entries are: the last Seq.
	Posted int `json:"posted"`
}

// Bounds, of runes or items. TestTheLargestFundFits shows that a fund within them is one document.
const (
	MaxName    = 40
	MaxPurpose = 80
	MaxPayee   = 40
	MaxWhy     = 100
	MaxSources = 6
	MaxPapers  = 4 // photos of a voucher
	MaxEntries = 300
	MaxWaiting = 40 // vouchers that nobody has decided about
	MaxChanges = 20
)

// Refusals.
var (
	// ErrNotFound means that there is no such thing, or none that this person may know of.
	ErrNotFound = fault.New(fault.NotFound, "ledger.not_found")
	// ErrTaken means that the form's token made something else before.
	ErrTaken = fault.New(fault.Conflict, "ledger.token_taken")
	// ErrStale means that the fund has been set anew since the form was opened.
	ErrStale = fault.New(fault.Conflict, "ledger.stale")

	errNoName     = fault.New(fault.Invalid, "ledger.no_name").On("name")
	errName       = fault.New(fault.Invalid, "ledger.name_too_long").On("name")
	errNoPurpose  = fault.New(fault.Invalid, "ledger.no_purpose").On("purpose")
	errPurpose    = fault.New(fault.Invalid, "ledger.purpose_too_long").On("purpose")
	errYear       = fault.New(fault.Invalid, "ledger.bad_year").On("year")
	errCap        = fault.New(fault.Invalid, "ledger.bad_cap").On("cap")
	errSources    = fault.New(fault.Invalid, "ledger.no_sources").On("sources")
	errMany       = fault.New(fault.Invalid, "ledger.too_many_sources").On("sources")
	errSource     = fault.New(fault.Invalid, "ledger.bad_source").On("sources")
	errParts      = fault.New(fault.Invalid, "ledger.bad_parts").On("sources")
	errUnmatched  = fault.New(fault.Invalid, "ledger.matched_alone").On("sources")
	errReceived   = fault.New(fault.Conflict, "ledger.below_received").On("cap")
	errNoReason   = fault.New(fault.Invalid, "ledger.no_reason").On("reason")
	errSameCap    = fault.New(fault.Invalid, "ledger.same_cap").On("cap")
	errNoChanges  = fault.New(fault.Conflict, "ledger.too_many_changes")
	errReasonLong = fault.New(fault.Invalid, "ledger.reason_too_long").On("reason")
)

// Terms are what a fund is set up with.
type Terms struct {
	Name, Purpose string
	Year          int
	Cap           money.Fen
	Sources       []Source // Kind, Name and Parts; the shares follow
}

// check cleans the terms and finds all their faults. thisYear is the calendar's: a fund is for a year about now.
func (t *Terms) check(thisYear int) error {
	t.Name, t.Purpose = deliberation.Line(t.Name), deliberation.Line(t.Purpose)
	faults := []error{
		fault.When(t.Name == "", errNoName), deliberation.Within(t.Name, MaxName, errName),
		fault.When(t.Purpose == "", errNoPurpose), deliberation.Within(t.Purpose, MaxPurpose, errPurpose),
		fault.When(t.Year < thisYear-2 || t.Year > thisYear+1, errYear.With("from", thisYear-2).With("to", thisYear+1)),
		fault.When(t.Cap <= 0 || t.Cap > money.Max, errCap.With("max", money.Max.String())),
	}
	return deliberation.Joined(append(faults, t.checkSources())...)
}

func (t *Terms) checkSources() error {
	if len(t.Sources) == 0 {
		return errSources
	}
	if len(t.Sources) > MaxSources {
		return errMany.With("max", MaxSources)
	}
	t.Sources = slices.Clone(t.Sources)
	kinds := map[SourceKind]int{}
	for n := range t.Sources {
		s := &t.Sources[n]
		s.Name = deliberation.Line(s.Name)
		kinds[s.Kind]++
		switch {
		case s.Name == "" || !slices.Contains(SourceKinds(), s.Kind):
			return errSource.With("row", n+1)
		case s.Parts < 1 || s.Parts > money.MaxPart:
			return errParts.With("row", n+1).With("max", money.MaxPart)
		}
		if err := deliberation.Within(s.Name, MaxName, errSource.With("row", n+1)); err != nil {
			return err
		}
	}
	if kinds[Matched] > 1 || kinds[Matched] == 1 && kinds[SelfRaised] != 1 {
		return errUnmatched
	}
	return nil
}

// share gives every source its share of the cap.
func share(sources []Source, limit money.Fen) []Source {
	sources = slices.Clone(sources)
	parts := make([]int64, len(sources))
	for n, s := range sources {
		parts[n] = s.Parts
	}
	for n, due := range money.Split(limit, parts) {
		sources[n].Share = due
	}
	return sources
}

// Place is where the fund is.
func (f Fund) Place() identity.Place { return identity.Place{Path: f.Path} }

// Town is the town of the fund's place, or the fund's own.
func (f Fund) Town() community.ID {
	if len(f.Path) < 2 {
		return ""
	}
	return f.Path[1]
}

// setCap changes the envelope, with a reason. No share sinks below what the source has given. seen is how many changes the form knew.
func (f *Fund) setCap(limit money.Fen, reason string, seen int, by deliberation.Author, now time.Time) error {
	switch {
	case len(f.Changes) != seen:
		return ErrStale
	case limit <= 0 || limit > money.Max:
		return errCap.With("max", money.Max.String())
	case limit == f.Cap:
		return errSameCap
	case reason == "":
		return errNoReason
	case len(f.Changes) >= MaxChanges:
		return errNoChanges.With("max", MaxChanges)
	}
	sources := share(f.Sources, limit)
	for n, s := range sources {
		if got := -f.Balances[SourceAccount(n+1)]; got > s.Share {
			return errReceived.With("source", s.Name).With("share", s.Share.String()).With("received", got.String())
		}
	}
	f.Changes = append(slices.Clone(f.Changes), Change{At: now, By: by, Before: f.Cap, After: limit, Reason: reason})
	f.Cap, f.Sources = limit, sources
	return nil
}

// line returns the n-th line; false if there is none.
func (f *Fund) line(n int) (*Line, bool) {
	if n < 1 || n > len(f.Lines) {
		return nil, false
	}
	return &f.Lines[n-1], true
}

// deal returns the n-th deal; false if there is none.
func (f *Fund) deal(n int) (*Deal, bool) {
	if n < 1 || n > len(f.Deals) {
		return nil, false
	}
	return &f.Deals[n-1], true
}

// LineOf returns the number of a project's line, 0 if there is none.
func (f Fund) LineOf(project string) int {
	return 1 + slices.IndexFunc(f.Lines, func(l Line) bool { return l.Project == project && project != "" })
}

// Entry returns the voucher of an id; false if there is none.
func (f Fund) Entry(id EntryID) (Entry, bool) {
	if n := f.find(id); n >= 0 {
		return f.Entries[n], true
	}
	return Entry{}, false
}

func (f Fund) find(id EntryID) int {
	return slices.IndexFunc(f.Entries, func(e Entry) bool { return e.ID == id })
}
