package projects

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// FollowRound carries on with a round that was planned, and with the running rounds of a project that was sent back or given
// up. The relay gives it the events, at least once; every step of it finds what is done already.
func (s *Service) FollowRound(ctx context.Context, e docstore.Event) error {
	switch e.Type {
	case RoundPlanned:
		return s.carryRound(ctx, RoundID(e.Doc.ID))
	case SentBack, CancelledBy:
		data, err := deliberation.Decode[Happened](e)
		if err != nil {
			return err
		}
		return s.rounds.Each(ctx, docstore.Query{Index: byRunning, Equal: []any{string(data.Community)}}, func(r Round) error {
			if r.lot(data.Project) < 0 {
				return nil
			}
			return s.carryRound(ctx, r.ID)
		})
	}
	return nil
}

// carryRound takes a round as far as it goes: links its projects, parts with those that do not stand any more, and drafts its
// poll or brings the draft up to date.
func (s *Service) carryRound(ctx context.Context, id RoundID) error {
	r, _, err := s.rounds.Get(ctx, string(id))
	if err != nil || r.State.Over() {
		return err
	}
	phase, err := s.Polls.Phase(ctx, string(id))
	if err != nil || phase == PollOver {
		return err // the result is on its way to the projects
	}
	now, draft := s.Now(), phase == PollMissing || phase == PollDrafting
	gone, err := s.claim(ctx, r, now)
	if err != nil {
		return err
	}
	r, err = s.rounds.Update(ctx, string(id), func(r *Round) ([]docstore.Fact, error) {
		if r.State.Over() {
			return nil, docstore.ErrUnchanged
		}
		facts := r.part(gone, draft, now)
		if r.State == RoundPlanning && len(r.Lots) < MinLots {
			facts = append(facts, r.fail(errRoundFew.Code, now)...)
		}
		if len(facts) == 0 {
			return nil, docstore.ErrUnchanged
		}
		return facts, nil
	})
	if err != nil || !draft {
		return err
	}
	if err := s.free(ctx, r, now); err != nil || r.State == RoundFailed {
		return err
	}
	return s.draftRound(ctx, r, now)
}

// claim links the projects of a round that is being planned, and finds those that do not stand any more.
func (s *Service) claim(ctx context.Context, r Round, now time.Time) (map[ID]LotEnd, error) {
	planning, gone := r.State == RoundPlanning, map[ID]LotEnd{}
	for i, l := range r.Lots {
		if l.Left != "" {
			continue
		}
		var why LotEnd
		_, err := s.projects.Update(ctx, string(l.Project), func(p *Project) ([]docstore.Fact, error) {
			if why = l.stands(*p, r.ID, planning); why != "" || !planning {
				return nil, docstore.ErrUnchanged
			}
			return p.enter(r, i, now)
		})
		if err != nil {
			return nil, err
		}
		if why != "" {
			gone[l.Project] = why
		}
	}
	return gone, nil
}

// free lets go of the projects that are linked to a round without a place in it, and gives the others the numbers of their options.
func (s *Service) free(ctx context.Context, r Round, now time.Time) error {
	return s.projects.Each(ctx, docstore.Query{Index: byPoll, Equal: []any{string(r.ID)}}, func(p Project) error {
		_, err := s.projects.Update(ctx, string(p.ID), func(p *Project) ([]docstore.Fact, error) {
			i := r.lot(p.ID)
			if i < 0 || r.State == RoundFailed {
				return p.leaveRound(r.ID, now)
			}
			if p.Poll == nil || p.Poll.Poll != string(r.ID) {
				return nil, docstore.ErrUnchanged
			}
			return p.enter(r, i, now)
		})
		return err
	})
}

// draftRound drafts the round's poll or brings it up to date. A refusal ends a round that has none yet; a draft that is there
// already stays as it is, and ReadyRound does not let it go on.
func (s *Service) draftRound(ctx context.Context, r Round, now time.Time) error {
	if len(r.Lots) < MinLots {
		return nil
	}
	err := s.Polls.DraftRound(ctx, r)
	if err != nil && (fault.KindOf(err) == fault.Internal || fault.KindOf(err) == fault.Unavailable) {
		return err
	}
	refused := err
	r, err = s.rounds.Update(ctx, string(r.ID), func(r *Round) ([]docstore.Fact, error) {
		switch {
		case r.State != RoundPlanning:
			return nil, docstore.ErrUnchanged
		case refused != nil:
			return r.fail(fault.CodeOf(refused), now), nil
		}
		r.State = RoundDrafted
		return nil, nil
	})
	if err != nil || r.State != RoundFailed {
		return err
	}
	return s.free(ctx, r, now)
}

// RoundPoll is what the poll of a round has to say of one of its options.
type RoundPoll struct {
	Project ID
	Cost    int64
}

// ReadyRound refuses to list or open the poll of a round whose options are not its projects as they are now. It says nothing
// of polls that are no round's.
func (s *Service) ReadyRound(ctx context.Context, poll string, options []RoundPoll) error {
	if _, _, err := s.rounds.Get(ctx, poll); errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	if err := s.carryRound(ctx, RoundID(poll)); err != nil {
		return err
	}
	r, _, err := s.rounds.Get(ctx, poll)
	switch {
	case err != nil:
		return err
	case r.State.Over():
		return errRoundEnded
	case len(r.Standing()) < MinLots:
		return errRoundFew
	case len(r.Standing()) != len(r.Lots) || len(options) != len(r.Lots):
		return errRoundChanged
	}
	for i, l := range r.Lots {
		p, _, err := s.projects.Get(ctx, string(l.Project))
		if err != nil {
			return err
		}
		linked := p.Poll != nil && p.Poll.Poll == poll && p.Poll.Option == i
		if !linked || l.stands(p, r.ID, false) != "" || options[i] != (RoundPoll{l.Project, int64(l.Cost)}) {
			return errRoundChanged.With("title", l.Title)
		}
	}
	return nil
}

// endRound writes down what the poll of a round decided; a poll that is no round's changes nothing.
func (s *Service) endRound(ctx context.Context, id RoundID, v Verdict, now time.Time) error {
	if _, _, err := s.rounds.Get(ctx, string(id)); errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	_, err := s.rounds.Update(ctx, string(id), func(r *Round) ([]docstore.Fact, error) { return r.end(v, now) })
	return err
}
