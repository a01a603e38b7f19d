package activity

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Followed are the events that Follow knows.
func Followed() []string {
	return []string{Asked, EventPublished, EventCancelled, Over, Attended, identity.EventErased}
}

// Follow lets seats follow wishes, lists and figures what was published and held, and takes out who deleted the account. The relay gives
// it events at least once and in any order.
func (s *Service) Follow(ctx context.Context, e docstore.Event) error {
	switch e.Type {
	case Asked:
		return s.settle(ctx, e)
	case EventPublished:
		return s.touch(ctx, e)
	case EventCancelled, Over, Attended:
		return s.count(ctx, e)
	case identity.EventErased:
		return s.forget(ctx, identity.AccountID(e.Doc.ID))
	}
	return nil
}

// Keep records what the stored instants say has fallen due. Each is recorded once, whoever runs it and however often. It returns how
// many activities it looked at.
func (s *Service) Keep(ctx context.Context) (int, error) {
	now := s.Now()
	return room.Watch(ctx, s.activities.Table, byStep, now, func(a Activity) string { return string(a.ID) }, func(a *Activity) ([]docstore.Fact, error) {
		facts := a.fallDue(now)
		if len(facts) == 0 {
			return nil, docstore.ErrUnchanged
		}
		return facts, nil
	})
}

// forget takes a person out: what they were still to hold is cancelled and told, their seats go to the next, their names are
// identity.ErasedName, and no team has them any more. How many came stays.
func (s *Service) forget(ctx context.Context, who identity.AccountID) error {
	now := s.Now()
	own := docstore.Query{Index: byPerson, Equal: []any{string(who)}}
	err := s.hosts.Each(ctx, own, func(h Host) error {
		if err := s.forgetHeld(ctx, h.ID, now); err != nil {
			return err
		}
		_, err := s.hosts.Update(ctx, string(h.ID), func(h *Host) ([]docstore.Fact, error) {
			h.Person = deliberation.Author{Name: identity.ErasedName}
			h.Skill, h.About, h.Photos, h.Status, h.EndedAt = "", "", nil, Ended, now
			return []docstore.Fact{s.forgotten(now)}, nil
		})
		return err
	})
	if err != nil {
		return err
	}
	if err := s.signups.Each(ctx, own, func(x Signup) error { return s.forgetSignup(ctx, x, now) }); err != nil {
		return err
	}
	err = s.questions.Each(ctx, own, func(q Asking) error {
		_, err := s.questions.Update(ctx, q.ID, func(q *Asking) ([]docstore.Fact, error) {
			q.By, q.Text = deliberation.Author{Name: identity.ErasedName}, ""
			return []docstore.Fact{s.forgotten(now)}, nil
		})
		return err
	})
	if err != nil {
		return err
	}
	return s.forgetMate(ctx, who, now)
}

// forgetMate takes a person out of every team. Hosts are few and accounts are deleted rarely, so every host is looked at.
func (s *Service) forgetMate(ctx context.Context, who identity.AccountID, now time.Time) error {
	return s.hosts.Each(ctx, docstore.Query{Index: docstore.ByID}, func(h Host) error {
		if h.mate(who) < 0 {
			return nil
		}
		_, err := s.hosts.Update(ctx, string(h.ID), func(h *Host) ([]docstore.Fact, error) {
			i := h.mate(who)
			if i < 0 {
				return nil, docstore.ErrUnchanged
			}
			h.Mates = slices.Delete(slices.Clone(h.Mates), i, i+1)
			return []docstore.Fact{s.forgotten(now)}, nil
		})
		return err
	})
}

func (s *Service) forgotten(now time.Time) docstore.Fact {
	return docstore.Fact{Type: Forgotten, Actor: forgetting.Ref(), At: now}
}

func (s *Service) forgetHeld(ctx context.Context, id HostID, now time.Time) error {
	return s.activities.Each(ctx, docstore.Query{Index: byHost, Equal: []any{string(id)}}, func(a Activity) error {
		_, err := s.activities.Update(ctx, string(a.ID), func(a *Activity) ([]docstore.Fact, error) {
			var facts []docstore.Fact
			if a.Status != Cancelled && now.Before(a.StartsAt) {
				facts, _ = a.Cancel("", keeping, now)
			}
			who := a.By.Account
			a.By = deliberation.Author{Name: identity.ErasedName}
			for i := range a.History {
				if a.History[i].Actor == string(who) && a.History[i].Title == "" {
					a.History[i].Actor, a.History[i].Name = "", identity.ErasedName
				}
			}
			return append(facts, s.forgotten(now)), nil
		})
		return err
	})
}

// forgetSignup gives the seat back where that can be, and leaves no account in it.
func (s *Service) forgetSignup(ctx context.Context, x Signup, now time.Time) error {
	_, err := s.activities.Update(ctx, string(x.Activity), func(a *Activity) ([]docstore.Fact, error) {
		facts, err := a.GiveBack(x.author(), x.Round+1, now)
		if err != nil && !errors.Is(err, docstore.ErrUnchanged) && !errors.Is(err, errStarted) {
			return nil, err
		}
		i := a.seat(x.Account)
		if i < 0 {
			return nil, docstore.ErrUnchanged
		}
		a.Seats[i].Who = ""
		return append(facts, s.forgotten(now)), nil
	})
	if err != nil {
		return err
	}
	return s.signups.Delete(ctx, signupKey(x.Activity, x.Account), docstore.Any, x, s.forgotten(now))
}
