package neighbourhood

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// WishID identifies a wish: the token of its form.
type WishID string

// Show says how far the wisher wants to be known.
type Show string

// Ways to be shown.
const (
	ShowMasked   Show = "masked"   // 王**, 3号楼
	ShowBuilding Show = "building" // somebody of 3号楼
	ShowNobody   Show = "nobody"   // a neighbour
)

// Shows lists the ways to be shown, the least last.
func Shows() []Show { return []Show{ShowMasked, ShowBuilding, ShowNobody} }

// As says as what somebody adopts a wish.
type As string

// Adopters.
const (
	AsResident As = "resident"
	AsMember   As = "member" // 党员, who chooses to say so
	AsBranch   As = "branch" // 党支部: needs the role
	AsUnit     As = "unit"   // a shop, school or firm, by its name
)

// Adopters lists as what a wish may be adopted.
func Adopters() []As { return []As{AsResident, AsMember, AsBranch, AsUnit} }

// Bounds of wishes.
const (
	MaxWishDays   = 90
	MaxPledgeDays = 60
	MaxPledge     = 100 // runes of what is promised
	MaxUnit       = 30
	MaxContact    = 60
	MinConsent    = 4 // runes of the note how somebody offline agreed
	// RemindBefore is how long before a pledge ends its adopter is reminded, once.
	RemindBefore = 24 * time.Hour
)

// Wish hangs on the tree of wishes. Its methods are the only transitions (wish_state.go).
type Wish struct {
	ID        WishID         `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	// Wisher is masked; the account is "" for somebody offline.
	Wisher  deliberation.Author `json:"wisher"`
	Show    Show                `json:"show"`
	Offline *Offline            `json:"offline,omitempty"`
	// Vulnerable is set when it concerns somebody old, ill, a child, or in need: staff look before it is shown.
	Vulnerable bool   `json:"vulnerable,omitempty"`
	Title      string `json:"title"`
	Body       string `json:"body"`

	Status    WishStatus           `json:"status"`
	Reason    string               `json:"reason,omitempty"` // of a refusal or of staff
	CreatedAt time.Time            `json:"created_at"`
	Until     time.Time            `json:"until"`
	Pledge    *Pledge              `json:"pledge,omitempty"`
	Thanks    *Thanks              `json:"thanks,omitempty"`
	History   []deliberation.Entry `json:"history,omitempty"`
	Hits      []string             `json:"hits,omitempty"`

	PostHash string `json:"post_hash"`
}

// Offline is what staff wrote down for somebody without an account. Name and contact are sealed.
type Offline struct {
	EnteredBy identity.AccountID `json:"entered_by"`
	Name      seal.Sealed        `json:"name"`
	Contact   seal.Sealed        `json:"contact,omitempty"`
	Consent   string             `json:"consent"` // how and when the person agreed
}

// Pledge is what an adopter promises until when.
type Pledge struct {
	By     identity.AccountID `json:"by,omitempty"`
	Name   string             `json:"name"`
	As     As                 `json:"as"`
	What   string             `json:"what"`
	At     time.Time          `json:"at"`
	Until  time.Time          `json:"until"`
	Remind time.Time          `json:"reminded_at,omitzero"`
	// AllowedAt is when wisher or staff let the adopter know how to reach the wisher.
	AllowedAt time.Time `json:"allowed_at,omitzero"`
	// DeliveredAt is when the adopter said it was done; the wish is fulfilled when the wisher says so.
	DeliveredAt time.Time `json:"delivered_at,omitzero"`
}

var (
	errShow     = fault.New(fault.Invalid, "neighbours.bad_show").On("show")
	errAs       = fault.New(fault.Invalid, "neighbours.bad_adopter").On("as")
	errUnit     = fault.New(fault.Invalid, "neighbours.unit_needed").On("unit")
	errConsent  = fault.New(fault.Invalid, "neighbours.consent_needed").On("consent")
	errWishEnd  = fault.New(fault.Invalid, "neighbours.bad_wish_until").On("until").With("max", MaxWishDays)
	errPledge   = fault.New(fault.Invalid, "neighbours.bad_pledge_until").On("until").With("max", MaxPledgeDays)
	errOwnWish  = fault.New(fault.Denied, "neighbours.own_wish")
	errOwnEntry = fault.New(fault.Denied, "neighbours.own_entry")
)

// Place returns where permissions are asked for.
func (w Wish) Place() identity.Place {
	return identity.Place{Path: w.Path, Board: string(deliberation.BoardNeighbours)}
}

// IsWisher reports whether the account made the wish.
func (w Wish) IsWisher(a identity.AccountID) bool { return a != "" && w.Wisher.Account == a }

// IsAdopter reports whether the account has promised the wish.
func (w Wish) IsAdopter(a identity.AccountID) bool {
	return a != "" && w.Pledge != nil && w.Pledge.By == a
}

// Seen is the wisher as neighbours see them: as far as they chose.
func (w Wish) Seen() deliberation.Author {
	switch w.Show {
	case ShowMasked:
		return deliberation.Author{Name: w.Wisher.Name, Building: w.Wisher.Building}
	case ShowBuilding:
		return deliberation.Author{Building: w.Wisher.Building}
	}
	return deliberation.Author{}
}

// next is the instant at which the sweep has something to record; ok is false if never.
func (w Wish) next() (time.Time, bool) {
	switch w.Status {
	case Clearing, Hung:
		return w.Until, true
	case Adopted:
		p := w.Pledge
		switch {
		case !p.DeliveredAt.IsZero():
			return time.Time{}, false
		case p.Remind.IsZero():
			return p.remindAt(), true
		}
		return p.Until, true
	}
	return time.Time{}, false
}

func (p Pledge) remindAt() time.Time { return p.Until.Add(-min(RemindBefore, p.Until.Sub(p.At)/2)) }

func (w Wish) news() News {
	n := News{
		Wish: w.ID, Community: w.Community, Town: townOf(w.Path), Until: w.Until, Owner: w.Wisher.Account,
		Waits: w.Status == Clearing,
	}
	if w.Status != Clearing && w.Status != WishIsRefused {
		n.Title = w.Title
	}
	if p := w.Pledge; p != nil {
		n.Other, n.OtherName, n.Until = p.By, p.Name, p.Until
	}
	return n
}

func (w *Wish) note(what string, by identity.Actor, reason string, now time.Time) {
	e := entry(what, by, w.Place(), reason, now)
	if w.IsWisher(by.ID) {
		seen := w.Seen() // the history must not tell what the wisher keeps to themselves
		e.Name = seen.Name
	}
	w.History = append(slices.Clip(w.History), e)
}
