package bulletin

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// SubmitBulletin sends a draft to a second person, or out at once where the rule of the place says so. Submitting what is
// on its way changes nothing.
func (s *Service) SubmitBulletin(ctx context.Context, actor identity.Actor, id ID) (Bulletin, error) {
	b, err := s.get(ctx, actor, id, identity.PostNotice)
	if err != nil {
		return Bulletin{}, err
	}
	node, err := s.node(ctx, b.Node)
	if err != nil {
		return Bulletin{}, err
	}
	rule := RuleOf(node)
	b, err = s.change(ctx, actor, b, func(b *Bulletin, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if b.Status == InReview || b.Status == Published {
			return nil, docstore.ErrUnchanged
		}
		facts, err := b.Submit(by, rule, now)
		for i := range facts {
			about := facts[i].Data.(About)
			about.AskTown = rule.Review == community.ReviewTown
			facts[i].Data = about
		}
		return facts, err
	})
	return s.shown(ctx, b, err)
}

// Review is a second person's word on a bulletin.
type Review struct {
	Bulletin ID
	Revision int    // the one that was read
	Reason   string // needed to return it
}

// ApproveBulletin publishes a bulletin that somebody else wrote, or confirms one that went out unseen. Approving again
// changes nothing.
func (s *Service) ApproveBulletin(ctx context.Context, actor identity.Actor, cmd Review) (Bulletin, error) {
	b, err := s.reviewed(ctx, actor, cmd.Bulletin)
	if err != nil {
		return Bulletin{}, err
	}
	b, err = s.change(ctx, actor, b, func(b *Bulletin, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if b.Reviewer.Account == by.Account && b.Status == Published {
			return nil, docstore.ErrUnchanged
		}
		return b.Approve(by, cmd.Revision, now)
	})
	return s.shown(ctx, b, err)
}

// ReturnBulletin gives a bulletin back to its writers.
func (s *Service) ReturnBulletin(ctx context.Context, actor identity.Actor, cmd Review) (Bulletin, error) {
	b, err := s.reviewed(ctx, actor, cmd.Bulletin)
	if err != nil {
		return Bulletin{}, err
	}
	reason, err := deliberation.NewReason(cmd.Reason)
	if err != nil {
		return Bulletin{}, err
	}
	return s.change(ctx, actor, b, func(b *Bulletin, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return b.Return(by, reason, now)
	})
}

// reviewed returns a bulletin that the actor may review by the rule of its place.
func (s *Service) reviewed(ctx context.Context, actor identity.Actor, id ID) (Bulletin, error) {
	b, err := s.get(ctx, actor, id, identity.ReviewNotice)
	if err != nil {
		return Bulletin{}, err
	}
	node, err := s.node(ctx, b.Node)
	if err != nil {
		return Bulletin{}, err
	}
	if _, town := actor.Holds(identity.RoleTown, b.Place()); !town && node.Settings.NoticeReview == community.ReviewTown {
		return Bulletin{}, ErrTownReviews
	}
	return b, nil
}

// DiscardBulletin drops what was never published. Discarding again changes nothing.
func (s *Service) DiscardBulletin(ctx context.Context, actor identity.Actor, id ID) (Bulletin, error) {
	b, err := s.get(ctx, actor, id, identity.PostNotice)
	if err != nil {
		return Bulletin{}, err
	}
	return s.change(ctx, actor, b, func(b *Bulletin, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if b.Status == Discarded {
			return nil, docstore.ErrUnchanged
		}
		return b.Discard(by, now)
	})
}

// Withdraw takes a published bulletin back.
type Withdraw struct {
	Bulletin ID
	Reason   string // needed; stands in its place
}

// WithdrawBulletin takes a published bulletin back: what has not left is not sent, and the reason stands in its place. A
// town's copies are taken back with the town's. Withdrawing again changes nothing.
func (s *Service) WithdrawBulletin(ctx context.Context, actor identity.Actor, cmd Withdraw) (Bulletin, error) {
	b, err := s.get(ctx, actor, cmd.Bulletin, identity.PostNotice)
	if err != nil {
		return Bulletin{}, err
	}
	reason, err := deliberation.NewReason(cmd.Reason)
	if err != nil {
		return Bulletin{}, err
	}
	if _, town := actor.Holds(identity.RoleTown, b.Place()); b.Parent != "" && !town {
		return Bulletin{}, errPart
	}
	b, err = s.change(ctx, actor, b, func(b *Bulletin, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if b.Status == Withdrawn {
			return nil, docstore.ErrUnchanged
		}
		return b.Withdraw(by, reason, now)
	})
	if err == nil && !b.Town {
		err = s.hide(ctx, b)
	}
	return b, err
}

// shown lets a bulletin that has just gone out be read at once; the relay would do it a moment later.
func (s *Service) shown(ctx context.Context, b Bulletin, err error) (Bulletin, error) {
	if err == nil && b.Status == Published && !b.Town {
		err = s.show(ctx, b)
	}
	return b, err
}

// ChangeRule sets how bulletins of a place are reviewed.
func (s *Service) ChangeRule(ctx context.Context, actor identity.Actor, node community.ID, r Rule) (community.Node, error) {
	return s.Offices.ChangeSettings(ctx, actor, identity.SetReview, node, func(set *community.Settings) error {
		changed, err := set.WithReview(r.Review, r.UrgentFirst)
		if err != nil {
			return err
		}
		*set = changed
		return nil
	})
}

// SweepReviews tells the town once of each bulletin that went out unseen and that nobody has looked at in time; it
// returns how many.
func (s *Service) SweepReviews(ctx context.Context) (int, error) {
	now, n := s.now(), 0
	q := docstore.Query{Index: byDue, To: now.UnixMilli() + 1}
	var due []ID
	err := s.bulletins.Each(ctx, q, func(b Bulletin) error { due = append(due, b.ID); return nil })
	if err != nil {
		return 0, err
	}
	for _, id := range due {
		_, err := s.bulletins.Update(ctx, string(id), func(b *Bulletin) ([]docstore.Fact, error) { return b.FallOverdue(now) })
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
