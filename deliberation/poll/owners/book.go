package owners

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Figures add a version up.
type Figures struct {
	Units int   `json:"units"`
	Heads int   `json:"heads"`
	Area  int64 `json:"area"` // 0.01 m²
	// ParkingArea is the part of Area that registered spaces have.
	ParkingArea int64                        `json:"parking_area,omitempty"`
	Developer   int                          `json:"developer,omitempty"` // units not sold
	Sources     map[community.AreaSource]int `json:"sources"`
	Uses        map[Use]int                  `json:"uses"`
}

// Version is one reading of one file.
type Version struct {
	N      int                 `json:"n"`
	Token  string              `json:"token"` // of the form
	File   string              `json:"file"`
	SHA256 string              `json:"sha256"`
	Notes  []Fault             `json:"notes,omitempty"` // what did not stand in the way
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
	Figures
	ConfirmedBy deliberation.Author `json:"confirmed_by,omitzero"`
	ConfirmedAt time.Time           `json:"confirmed_at,omitzero"`
	DiscardedAt time.Time           `json:"discarded_at,omitzero"`
}

// Waits reports whether nobody has decided about it.
func (v Version) Waits() bool { return v.ConfirmedAt.IsZero() && v.DiscardedAt.IsZero() }

// Book is the register of a community; its id is the community's.
type Book struct {
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	// Next is the number of the next version: a number is used once, whatever becomes of the file.
	Next int `json:"next"`
	// Current is the version that counts; 0 for none.
	Current  int       `json:"current"`
	Versions []Version `json:"versions,omitempty"` // the last ones, oldest first
}

// maxVersions is how many versions the book tells of; rolls remember what they were taken from themselves.
const maxVersions = 30

// maxNotes bounds the notes of a version.
const maxNotes = 200

// Place is where the register lies.
func (b Book) Place() identity.Place { return identity.Place{Path: b.Path} }

// Version returns one by its number.
func (b Book) Version(n int) (Version, bool) {
	i := slices.IndexFunc(b.Versions, func(v Version) bool { return v.N == n })
	if i < 0 {
		return Version{}, false
	}
	return b.Versions[i], true
}

var (
	errNoVersion = fault.New(fault.NotFound, "owners.no_version")
	errDecided   = fault.New(fault.Conflict, "owners.version_decided")
)

// reserve takes the next number.
func (b *Book) reserve() int {
	b.Next = max(b.Next, 1)
	n := b.Next
	b.Next++
	return n
}

// take lists a version whose units are written.
func (b *Book) take(v Version) ([]docstore.Fact, error) {
	if slices.ContainsFunc(b.Versions, func(x Version) bool { return x.Token == v.Token }) {
		return nil, docstore.ErrUnchanged
	}
	b.Versions = append(slices.Clip(b.Versions), v)
	if n := len(b.Versions) - maxVersions; n > 0 {
		b.Versions = b.Versions[n:]
	}
	return []docstore.Fact{{Type: RegisterRead, Actor: string(v.By.Account), At: v.At, Data: b.step(v)}}, nil
}

// decide confirms or discards a version that waits. What was confirmed before is no longer the current one.
func (b *Book) decide(n int, confirm bool, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	i := slices.IndexFunc(b.Versions, func(v Version) bool { return v.N == n })
	if i < 0 {
		return nil, errNoVersion
	}
	v := b.Versions[i]
	switch {
	case confirm && !v.ConfirmedAt.IsZero() || !confirm && !v.DiscardedAt.IsZero():
		return nil, docstore.ErrUnchanged
	case !v.Waits() || n < b.Current:
		return nil, errDecided
	}
	what := RegisterDiscarded
	if confirm {
		what, b.Current, v.ConfirmedBy, v.ConfirmedAt = RegisterConfirmed, n, by, now
	} else {
		v.DiscardedAt = now
	}
	b.Versions = slices.Clone(b.Versions)
	b.Versions[i] = v
	return []docstore.Fact{{Type: what, Actor: string(by.Account), At: now, Data: b.step(v)}}, nil
}

func (b Book) step(v Version) RegisterStep {
	return RegisterStep{b.Community, v.N, v.SHA256, v.Units, v.Heads, v.Area}
}
