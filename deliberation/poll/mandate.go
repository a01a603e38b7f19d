package poll

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ProxyKindOf says why somebody votes for somebody else.
type ProxyKindOf string

// The kinds. A guardian votes for an owner who is a minor or lacks capacity (民法典 Art. 23, 34); a proxy by a written mandate, as the principal
// says on each matter (上海市住宅物业管理规定 Art. 18).
const (
	ByMandate  ProxyKindOf = "mandate"
	AsGuardian ProxyKindOf = "guardian"
)

// Proxy is who votes in a voter's place. The mandate or the proof of guardianship is a photo.
type Proxy struct {
	Account identity.AccountID   `json:"account"`
	Name    string               `json:"name"` // masked
	Kind    ProxyKindOf          `json:"kind"`
	Photo   deliberation.PhotoID `json:"photo"`
	By      deliberation.Author  `json:"by"`
	At      time.Time            `json:"at"`
}

// Bounds of mandates.
const (
	// MaxMandates is the most that a poll may let one proxy hold; three is the cap of the rules that have one (潍坊 Art. 32).
	MaxMandates = 3
	// maxWards is how many people one guardian votes for.
	maxWards = 10
)

var (
	errMandates   = fault.New(fault.Invalid, "poll.mandates").On("mandates").With("max", MaxMandates)
	errNoMandates = fault.New(fault.Conflict, "poll.no_mandates")
	errMandateCap = fault.New(fault.Conflict, "poll.mandate_cap").On("phone")
	errMandated   = fault.New(fault.Conflict, "poll.mandated").On("takeover")
	errNoProxy    = fault.New(fault.NotFound, "poll.no_proxy").On("phone")
	errOwnProxy   = fault.New(fault.Invalid, "poll.own_proxy").On("phone")
	// errPropertyProxy keeps the property company's staff from being proxies.
	errPropertyProxy = fault.New(fault.Denied, "poll.property_proxy").On("phone")
	errProxyPhoto    = fault.New(fault.Invalid, "poll.proxy_photo").On("photos")
	errProxyKind     = fault.New(fault.Invalid, "poll.proxy_kind").On("kind")
)

// proxyHolder lists for whom an account votes in one poll, which is also where the cap is kept. Its key is poll and account.
type proxyHolder struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Mandates  []VoterKey   `json:"mandates,omitempty"`
	Wards     []VoterKey   `json:"wards,omitempty"`
}

func proxyID(p ID, who identity.AccountID) string { return string(p) + "/" + string(who) }

func (h proxyHolder) all() []VoterKey { return append(slices.Clone(h.Mandates), h.Wards...) }

// take adds a voter, unless the holder has as many as the poll allows. One who is there already stays.
func (h *proxyHolder) take(v VoterKey, kind ProxyKindOf, most int) error {
	held, bound := &h.Mandates, most
	if kind == AsGuardian {
		held, bound = &h.Wards, maxWards
	}
	switch {
	case slices.Contains(*held, v):
		return docstore.ErrUnchanged
	case len(*held) >= bound:
		return errMandateCap.With("max", bound)
	}
	*held = append(slices.Clip(*held), v)
	return nil
}

// drop gives a voter back.
func (h *proxyHolder) drop(v VoterKey) {
	is := func(o VoterKey) bool { return o == v }
	h.Mandates, h.Wards = slices.DeleteFunc(slices.Clone(h.Mandates), is), slices.DeleteFunc(slices.Clone(h.Wards), is)
}

// Mandate says who votes for somebody on the roll.
type Mandate struct {
	Poll  ID
	Voter VoterKey
	Kind  ProxyKindOf
	Phone string // of the proxy, who is a verified resident
	Photo deliberation.PhotoID
}

// RecordMandate notes a written mandate or a guardianship. The proxy casts from their own phone; the principal can end it by voting. The
// place is taken with the proxy first, so that two desks at once cannot give one proxy more than the cap.
func (s *Service) RecordMandate(ctx context.Context, actor identity.Actor, cmd Mandate) error {
	p, by, err := s.polls.For(ctx, actor, string(cmd.Poll), identity.HoldPoll)
	if err != nil {
		return err
	}
	now := s.Now()
	if err := p.mandates(cmd, now); err != nil {
		return err
	}
	c, err := s.person(ctx, actor, p, cmd.Phone)
	if errors.Is(err, errNoVoter) || fault.CodeOf(err) == "poll.no_voter" {
		return errNoProxy
	}
	if err != nil {
		return err
	}
	x, _, err := s.seats.Get(ctx, seatID(p.ID, cmd.Voter))
	switch {
	case errors.Is(err, docstore.ErrNotFound) || err == nil && x.Removed:
		return errNoVoter
	case err != nil:
		return err
	case x.Account == c.Account && x.Proxy == nil || slices.Contains(x.People, c.Account):
		return errOwnProxy
	}
	if err := s.impartial(ctx, p, c.Account, cmd.Kind); err != nil {
		return err
	}
	if err := s.hold(ctx, p, c.Account, cmd); err != nil {
		return err
	}
	var before *Proxy
	proxy := Proxy{Account: c.Account, Name: c.Name, Kind: cmd.Kind, Photo: cmd.Photo, By: by, At: now}
	err = s.tend(ctx, p.ID, cmd.Voter, func(x *Seat) ([]docstore.Fact, error) {
		before = x.Proxy
		return x.mandate(p, proxy)
	})
	if before != nil && before.Account != c.Account && err == nil {
		return s.letGo(ctx, p.ID, before.Account, cmd.Voter)
	}
	if err != nil {
		return errors.Join(err, s.letGo(ctx, p.ID, c.Account, cmd.Voter))
	}
	return nil
}

// mandates refuses one that the poll does not take, or does not take any more.
func (p Poll) mandates(cmd Mandate, now time.Time) error {
	if err := p.may(moveMandate); err != nil {
		return err
	}
	return deliberation.Joined(
		fault.When(!now.Before(p.ClosesAt), ErrTooLate.With("at", p.ClosesAt.UTC().Format(time.RFC3339))),
		fault.When(cmd.Kind != ByMandate && cmd.Kind != AsGuardian, errProxyKind),
		fault.When(cmd.Kind == ByMandate && p.Mandates == 0, errNoMandates),
		fault.When(cmd.Photo == "", errProxyPhoto), photos(cmd.Photo))
}

// propertyBoard is the board of the company that manages the property.
const propertyBoard = "property"

// impartial refuses staff of the property company as proxies of owners (舟山 Art. 17): owners decide about that company, its contract and its
// charges. A guardian it may be, for a guardian speaks for their own family.
func (s *Service) impartial(ctx context.Context, p Poll, who identity.AccountID, kind ProxyKindOf) error {
	if p.Joint == nil || kind != ByMandate {
		return nil
	}
	a, err := s.People.Actor(ctx, who)
	if err != nil {
		return err
	}
	return fault.When(slices.ContainsFunc(a.Grants, func(g identity.Grant) bool {
		return g.Role == identity.RolePartner && g.Board == propertyBoard
	}), errPropertyProxy)
}

// hold takes a place with the proxy.
func (s *Service) hold(ctx context.Context, p Poll, who identity.AccountID, cmd Mandate) error {
	id := proxyID(p.ID, who)
	_, err := s.proxies.Put(ctx, id, docstore.Absent, proxyHolder{Poll: p.ID, Community: p.Community})
	if err != nil && !errors.Is(err, docstore.ErrConflict) {
		return err
	}
	_, err = s.proxies.Update(ctx, id, func(h *proxyHolder) ([]docstore.Fact, error) { return nil, h.take(cmd.Voter, cmd.Kind, p.Mandates) })
	return err
}

// letGo gives a place back.
func (s *Service) letGo(ctx context.Context, id ID, who identity.AccountID, v VoterKey) error {
	_, err := s.proxies.Update(ctx, proxyID(id, who), func(h *proxyHolder) ([]docstore.Fact, error) {
		h.drop(v)
		return nil, nil
	})
	return err
}

// mandate puts the proxy into the seat. The principal stays among its people, so that notices reach them.
func (s *Seat) mandate(p Poll, proxy Proxy) ([]docstore.Fact, error) {
	switch {
	case s.Locked:
		return nil, ErrTooLate
	case len(s.Papers) > 0:
		return nil, errOnPaper
	case s.Proxy != nil && s.Proxy.Account == proxy.Account && s.Proxy.Kind == proxy.Kind:
		return nil, docstore.ErrUnchanged
	}
	if s.Account != "" && s.Proxy == nil && !slices.Contains(s.People, s.Account) {
		s.People = append(slices.Clip(s.People), s.Account)
	}
	s.Proxy = &proxy
	return []docstore.Fact{fact(PollMandated, string(proxy.By.Account), proxy.At, SeatStep{About: p.about(), Mark: s.Mark, Reason: string(proxy.Kind)})}, nil
}
