package neighbourhood

import (
	"context"
	"errors"
	"slices"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Desk is what waits for staff in a community, the oldest first, and what ended lately.
type Desk struct {
	Offers []OfferView    // held or reported
	Talks  []ReportedTalk // reported by one of the two
	Wishes []WishView     // to be cleared, or delivered to somebody offline and to be asked about
	Fallen []WishView     // wishes nobody adopted, the latest first
	Ended  []OfferView    // offers whose end has passed, the latest first
}

// ReportedTalk is all that staff see of a talk before they say why they read it.
type ReportedTalk struct {
	ID      ExchangeID
	Title   string
	Reports []Report
}

// Desk lists what waits for staff.
func (s *Service) Desk(ctx context.Context, actor identity.Actor, c community.ID) (Desk, error) {
	var d Desk
	r, err := s.tender(ctx, actor, c)
	if err != nil {
		return d, err
	}
	now, here := s.now(), []any{string(c)}
	waits := docstore.Query{Index: byDesk, Equal: here, Limit: deskMost}
	fallen := docstore.Query{Index: byFallen, Equal: here, Limit: 10, Desc: true}
	for q, list := range map[*docstore.Query]*[]OfferView{&waits: &d.Offers, &fallen: &d.Ended} {
		found, _, err := s.offers.Find(ctx, *q)
		if err != nil {
			return d, err
		}
		for _, o := range found {
			*list = append(*list, r.view(o, now))
		}
	}
	for q, list := range map[*docstore.Query]*[]WishView{&waits: &d.Wishes, &fallen: &d.Fallen} {
		found, _, err := s.wishes.Find(ctx, *q)
		if err != nil {
			return d, err
		}
		for _, w := range found {
			*list = append(*list, wishView(actor, w, now))
		}
	}
	talks, _, err := s.exchanges.Find(ctx, waits)
	for _, x := range talks {
		d.Talks = append(d.Talks, ReportedTalk{ID: x.ID, Title: x.Title, Reports: waiting(x.Reports)})
	}
	return d, err
}

// DeskCount counts what waits for staff, up to a bound.
func (s *Service) DeskCount(ctx context.Context, actor identity.Actor, c community.ID) (int, error) {
	if _, err := s.tender(ctx, actor, c); err != nil {
		return 0, err
	}
	q, total := docstore.Query{Index: byDesk, Equal: []any{string(c)}}, 0
	for _, count := range []func(context.Context, docstore.Query, int) (int, error){s.offers.Count, s.exchanges.Count, s.wishes.Count} {
		n, err := count(ctx, q, deskMost)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

func (s *Service) tender(ctx context.Context, actor identity.Actor, c community.ID) (reader, error) {
	node, err := s.community(ctx, c)
	if err != nil {
		return reader{}, err
	}
	if err := identity.Can(actor, identity.TendNeighbours, place(node)); err != nil {
		return reader{}, err
	}
	return reader{actor: actor, tends: true}, nil
}

// ReadReported shows a reported talk to staff, after writing down who reads it and why: in the talk, where the two see it, and
// among the looks of both. A talk that nobody has reported, or that was judged, is not shown.
func (s *Service) ReadReported(ctx context.Context, actor identity.Actor, c community.ID, id ExchangeID, why string) (Exchange, error) {
	x, err := s.reported(ctx, actor, c, id)
	if err != nil {
		return x, err
	}
	if why, err = newLine(why, "why", MaxNote, true); err != nil {
		return Exchange{}, err
	}
	for _, whom := range []identity.AccountID{x.Owner.Account, x.Guest.Account} {
		if whom == "" {
			continue
		}
		if err := s.People.RecordLook(ctx, actor, x.Community, whom, why); err != nil {
			return Exchange{}, err
		}
	}
	now := s.now()
	return s.exchanges.Update(ctx, string(id), func(x *Exchange) ([]docstore.Fact, error) {
		if len(waiting(x.Reports)) == 0 {
			return nil, ErrNotReported
		}
		name, _ := actor.NameAt(x.Place())
		x.Looks = append(slices.Clip(x.Looks), Look{By: actor.ID, Name: name, Why: why, At: now})
		return []docstore.Fact{fact(ExchangeRead, actor, now, x.news(actor.ID))}, nil
	})
}

// JudgeExchange closes the reports of a talk; end also ends the talk, with a reason that both read.
func (s *Service) JudgeExchange(ctx context.Context, actor identity.Actor, c community.ID, id ExchangeID, end bool, reason string) (Exchange, error) {
	if _, err := s.reported(ctx, actor, c, id); err != nil {
		return Exchange{}, err
	}
	reason, err := newLine(reason, "reason", MaxNote, false)
	if err != nil {
		return Exchange{}, err
	}
	now := s.now()
	return s.exchanges.Update(ctx, string(id), func(x *Exchange) ([]docstore.Fact, error) { return x.Judge(actor, end, reason, now) })
}

// reported returns a talk of the community that was reported and waits. Nobody judges their own.
func (s *Service) reported(ctx context.Context, actor identity.Actor, c community.ID, id ExchangeID) (Exchange, error) {
	if _, err := s.tender(ctx, actor, c); err != nil {
		return Exchange{}, err
	}
	x, _, err := s.exchanges.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && x.Community != c {
		return Exchange{}, ErrNotFound
	}
	if err != nil {
		return Exchange{}, err
	}
	if _, _, own := x.party(actor.ID); own {
		return Exchange{}, errOwnEntry
	}
	if len(waiting(x.Reports)) == 0 {
		return Exchange{}, ErrNotReported
	}
	return x, nil
}
