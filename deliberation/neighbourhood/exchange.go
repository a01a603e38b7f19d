package neighbourhood

import (
	"crypto/sha256"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// ExchangeID identifies the talk of two people about one offer. It follows from offer and answerer, and tells nobody's account.
type ExchangeID string

// exchangeOf returns the one talk that an account can have about an offer.
func exchangeOf(o OfferID, guest identity.AccountID) ExchangeID {
	return ExchangeID(ids.Derive(ids.Time(string(o)), sha256.Sum256([]byte(string(o)+"\x00"+string(guest)))))
}

// Party is one of the two.
type Party struct {
	Account  identity.AccountID `json:"account,omitempty"`
	Name     string             `json:"name"` // masked
	Building string             `json:"building,omitempty"`
	// NumberAt is when they handed over their telephone number, zero while they have not. The number itself is not here.
	NumberAt time.Time `json:"number_at,omitzero"`
}

// Word is one message.
type Word struct {
	ID    string    `json:"id"` // the form's token
	Guest bool      `json:"guest,omitempty"`
	Text  string    `json:"text"`
	At    time.Time `json:"at"`
}

// Exchange is the private talk of two people about one offer.
type Exchange struct {
	ID        ExchangeID     `json:"id"`
	Offer     OfferID        `json:"offer"`
	Kind      Kind           `json:"kind"`
	Title     string         `json:"title"` // the offer's
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Owner     Party          `json:"owner"`
	Guest     Party          `json:"guest"`
	Words     []Word         `json:"words,omitempty"`
	// ClosedBy ended the talk: one of the two by blocking the other, or staff ("staff").
	ClosedBy string    `json:"closed_by,omitempty"`
	ClosedAt time.Time `json:"closed_at,omitzero"`
	Reason   string    `json:"reason,omitempty"` // of staff
	Reports  []Report  `json:"reports,omitempty"`
	Looks    []Look    `json:"looks,omitempty"`
	Created  time.Time `json:"created"`
	Last     time.Time `json:"last"`
}

// Look records that a member of staff read the talk after a report.
type Look struct {
	By   identity.AccountID `json:"by"`
	Name string             `json:"name"`
	Why  string             `json:"why"`
	At   time.Time          `json:"at"`
}

// byStaff stands in ClosedBy.
const byStaff = "staff"

var (
	// ErrClosed means that the talk was ended.
	ErrClosed = fault.New(fault.Conflict, "neighbours.talk_closed")
	// ErrTalkFull means that the talk has MaxWords messages.
	ErrTalkFull = fault.New(fault.TooLarge, "neighbours.talk_full").With("max", MaxWords)
	// ErrNotReported means that neither of the two has asked staff to look: the talk is theirs alone.
	ErrNotReported = fault.New(fault.Denied, "neighbours.not_reported")
)

func newExchange(o Offer, guest deliberation.Author, now time.Time) Exchange {
	return Exchange{
		ID: exchangeOf(o.ID, guest.Account), Offer: o.ID, Kind: o.Kind, Title: o.Title, Community: o.Community, Path: o.Path,
		Owner: Party{Account: o.Author.Account, Name: o.Author.Name, Building: o.Author.Building},
		Guest: Party{Account: guest.Account, Name: guest.Name, Building: guest.Building}, Created: now, Last: now,
	}
}

// Place returns where permissions are asked for.
func (x Exchange) Place() identity.Place {
	return identity.Place{Path: x.Path, Board: string(deliberation.BoardNeighbours)}
}

// party returns the actor's own part in the talk and the other's; ok is false for anybody else.
func (x *Exchange) party(a identity.AccountID) (own, other *Party, ok bool) {
	switch {
	case a == "":
	case a == x.Owner.Account:
		return &x.Owner, &x.Guest, true
	case a == x.Guest.Account:
		return &x.Guest, &x.Owner, true
	}
	return nil, nil, false
}

// Say adds a message. The same token again changes nothing.
func (x *Exchange) Say(by identity.Actor, id, text string, now time.Time) ([]docstore.Fact, error) {
	own, _, ok := x.party(by.ID)
	switch {
	case !ok:
		return nil, ErrNotYours
	case slices.ContainsFunc(x.Words, func(w Word) bool { return w.ID == id }):
		return nil, docstore.ErrUnchanged
	case x.ClosedBy != "":
		return nil, ErrClosed
	case len(x.Words) >= MaxWords:
		return nil, ErrTalkFull
	}
	x.Words = append(slices.Clip(x.Words), Word{ID: id, Guest: own == &x.Guest, Text: text, At: now})
	x.Last = now
	return []docstore.Fact{fact(ExchangeSaid, by, now, x.news(by.ID))}, nil
}

// HandNumber shows the actor's telephone number to the other, or takes it back.
func (x *Exchange) HandNumber(by identity.Actor, give bool, now time.Time) ([]docstore.Fact, error) {
	own, _, ok := x.party(by.ID)
	switch {
	case !ok:
		return nil, ErrNotYours
	case give == !own.NumberAt.IsZero():
		return nil, docstore.ErrUnchanged
	case !give:
		own.NumberAt = time.Time{}
		return []docstore.Fact{fact(ExchangeNumberBack, by, now, x.news(by.ID))}, nil
	case x.ClosedBy != "":
		return nil, ErrClosed
	}
	own.NumberAt, x.Last = now, now
	return []docstore.Fact{fact(ExchangeNumber, by, now, x.news(by.ID))}, nil
}

// Close ends the talk; numbers that were handed over are no longer shown.
func (x *Exchange) Close(by identity.Actor, closer, reason string, now time.Time) ([]docstore.Fact, error) {
	if x.ClosedBy != "" {
		return nil, docstore.ErrUnchanged
	}
	x.ClosedBy, x.ClosedAt, x.Reason = closer, now, reason
	x.Owner.NumberAt, x.Guest.NumberAt = time.Time{}, time.Time{}
	return []docstore.Fact{fact(ExchangeClosed, by, now, x.news(by.ID))}, nil
}

// Report asks staff to read the talk; once a person while it waits.
func (x *Exchange) Report(by identity.Actor, why string, now time.Time) ([]docstore.Fact, error) {
	if _, _, ok := x.party(by.ID); !ok {
		return nil, ErrNotYours
	}
	more, err := report(x.Reports, by, x.Place(), why, now)
	if err != nil {
		return nil, err
	}
	x.Reports = more
	return []docstore.Fact{fact(ExchangeReported, by, now, x.news(by.ID))}, nil
}

// Judge closes the reports, and ends the talk if staff found that it must.
func (x *Exchange) Judge(by identity.Actor, end bool, reason string, now time.Time) ([]docstore.Fact, error) {
	if len(waiting(x.Reports)) == 0 {
		return nil, docstore.ErrUnchanged
	}
	var facts []docstore.Fact
	if end {
		if reason == "" {
			return nil, errReasoned
		}
		closed, err := x.Close(by, byStaff, reason, now)
		if err == nil {
			facts = closed
		}
	}
	data := x.news(by.ID)
	x.Reports = slices.Clone(x.Reports)
	data.Reporters, data.Acted, data.Reason = judge(x.Reports, now), end, reason
	return append(facts, fact(ExchangeJudged, by, now, data)), nil
}
