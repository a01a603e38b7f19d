package neighbourhood

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// OfferID identifies an offer: the token of its form.
type OfferID string

// Kind says what an offer is about.
type Kind string

// Kinds of offers.
const (
	Lend    Kind = "lend"    // 借用
	Give    Kind = "give"    // 赠送
	Swap    Kind = "swap"    // 交换
	Help    Kind = "help"    // 帮忙
	Company Kind = "company" // 同行、拼伴
	Lost    Kind = "lost"    // 寻物招领
)

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind { return []Kind{Lend, Give, Swap, Help, Company, Lost} }

// Side says whether somebody has something or needs it. Of lost property, who has it has found it.
type Side string

// Sides of an offer.
const (
	Has   Side = "has"
	Needs Side = "needs"
)

// Reach says who sees an offer.
type Reach string

// Reaches.
const (
	ReachBuilding  Reach = "building"
	ReachEstate    Reach = "estate"
	ReachCommunity Reach = "community"
)

// Reaches lists the reaches, the widest last.
func Reaches() []Reach { return []Reach{ReachBuilding, ReachEstate, ReachCommunity} }

// Lives of an offer.
const (
	// MaxDays is how long an offer may hang at a time.
	MaxDays = 30
	// AskBefore is how long before its end an offer's author is asked whether it still stands; a shorter life is asked at half.
	AskBefore = 24 * time.Hour
	// Grace is how long after its end an offer that was promised may still be carried out.
	Grace = 14 * 24 * time.Hour
	// RenewWithin is how long an expired offer may be hung up again.
	RenewWithin = 30 * 24 * time.Hour
)

var (
	errKind  = fault.New(fault.Invalid, "neighbours.bad_kind").On("kind")
	errReach = fault.New(fault.Invalid, "neighbours.bad_reach").On("reach")
	errUntil = fault.New(fault.Invalid, "neighbours.bad_until").On("until").With("max", MaxDays)
)

// Offer is something a neighbour has or needs. Its methods are the only transitions (offer_state.go).
type Offer struct {
	ID        OfferID             `json:"id"`
	Community community.ID        `json:"community"`
	Path      []community.ID      `json:"path"`
	Kind      Kind                `json:"kind"`
	Side      Side                `json:"side"`
	Author    deliberation.Author `json:"author"`

	Reach    Reach                `json:"reach"`
	Building community.BuildingID `json:"building,omitempty"` // whom it is for, by Reach
	Estate   community.EstateID   `json:"estate,omitempty"`

	Title  string                 `json:"title"`
	Body   string                 `json:"body"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`

	Status    Status    `json:"status"`
	Reason    string    `json:"reason,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	Until     time.Time `json:"until"`    // open before it, over at it
	HungAt    time.Time `json:"hung_at"`  // when this life began
	AskedAt   time.Time `json:"asked_at"` // "still there?" was asked; zero if not yet in this life

	Promised *Promise             `json:"promised,omitempty"`
	Thanks   []Thanks             `json:"thanks,omitempty"`
	Reports  []Report             `json:"reports,omitempty"`
	History  []deliberation.Entry `json:"history,omitempty"`
	Hits     []string             `json:"hits,omitempty"` // what the word list found, for staff

	PostHash string `json:"post_hash"`
}

// Promise says to whom an offer is promised.
type Promise struct {
	Exchange ExchangeID         `json:"exchange"`
	Account  identity.AccountID `json:"account,omitempty"`
	Name     string             `json:"name"`
	At       time.Time          `json:"at"`
}

// Thanks is a short public word of one of the two. There is no more to it: nobody is counted or ranked by it.
type Thanks struct {
	By   identity.AccountID `json:"by,omitempty"`
	Name string             `json:"name"`
	Text string             `json:"text"`
	At   time.Time          `json:"at"`
}

// Report asks staff to look.
type Report struct {
	By     identity.AccountID `json:"by,omitempty"`
	Name   string             `json:"name"`
	Why    string             `json:"why"`
	At     time.Time          `json:"at"`
	Judged time.Time          `json:"judged,omitzero"`
}

// MaxReports bounds the reports of one thing that wait at the same time; one is enough to be looked at.
const MaxReports = 20

// Place returns where permissions are asked for.
func (o Offer) Place() identity.Place {
	return identity.Place{Path: o.Path, Board: string(deliberation.BoardNeighbours)}
}

// Town returns the town of a path of district, town, community; "" if there is none.
func townOf(path []community.ID) community.ID {
	if len(path) < 2 {
		return ""
	}
	return path[len(path)-2]
}

// priced reports whether the text may name money: a reward, or what was in the purse.
func (k Kind) priced() bool { return k == Lost }

func (k Kind) valid() bool { return slices.Contains(Kinds(), k) }

// End is the instant at which the offer is over if nothing else happens.
func (o Offer) End() time.Time {
	if o.Status == Promised {
		return o.Until.Add(Grace)
	}
	return o.Until
}

// askAt is when the author is asked whether the offer still stands.
func (o Offer) askAt() time.Time {
	life := o.Until.Sub(o.HungAt)
	return o.Until.Add(-min(AskBefore, life/2))
}

// next is the instant at which the sweep has something to record; ok is false if never.
func (o Offer) next() (time.Time, bool) {
	switch o.Status {
	case Open:
		if o.AskedAt.IsZero() {
			return o.askAt(), true
		}
		return o.Until, true
	case Held, Promised:
		return o.End(), true
	}
	return time.Time{}, false
}

// IsAuthor reports whether the account hung the offer up.
func (o Offer) IsAuthor(a identity.AccountID) bool { return a != "" && o.Author.Account == a }

// Concerns reports whether the account is one of the two of a promised offer.
func (o Offer) Concerns(a identity.AccountID) bool {
	return o.IsAuthor(a) || a != "" && o.Promised != nil && o.Promised.Account == a
}

// waiting returns the reports nobody has judged yet.
func waiting(all []Report) []Report {
	return slices.DeleteFunc(slices.Clone(all), func(r Report) bool { return !r.Judged.IsZero() })
}

func (o *Offer) note(what string, by identity.Actor, reason string, now time.Time) {
	o.History = append(slices.Clip(o.History), entry(what, by, o.Place(), reason, now))
}

func entry(what string, by identity.Actor, p identity.Place, reason string, now time.Time) deliberation.Entry {
	e := deliberation.Entry{What: what, Actor: by.Ref(), At: now, Reason: reason, Public: true}
	if !by.System {
		e.Name, e.Title = by.NameAt(p)
	}
	return e
}

func fact(what string, by identity.Actor, at time.Time, data any) docstore.Fact {
	return docstore.Fact{Type: what, Actor: by.Ref(), At: at, Data: data}
}
