package poll

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Bounds of reminders: nobody is to be worn down.
const (
	MaxReminders  = 3
	ReminderPause = 20 * time.Hour
)

var (
	errReminded  = fault.New(fault.TooMany, "poll.reminded").With("hours", int(ReminderPause.Hours()))
	errReminders = fault.New(fault.TooMany, "poll.too_many_reminders").With("max", MaxReminders)
)

// RemindVoters has those told who have not voted. Nobody learns who they are: not the actor, and no page or list.
func (s *Service) RemindVoters(ctx context.Context, actor identity.Actor, id ID) (Poll, error) {
	return s.step(ctx, actor, id, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if err := p.TakesBallots(now); err != nil {
			return nil, err
		}
		if n := len(p.Reminders); n >= MaxReminders {
			return nil, errReminders
		} else if n > 0 && now.Sub(p.Reminders[n-1]) < ReminderPause {
			return nil, errReminded
		}
		p.Reminders = append(slices.Clip(p.Reminders), now)
		p.note(PollReminded, by, "", now)
		return []docstore.Fact{fact(PollReminded, string(by.Account), now, p.about())}, nil
	})
}

// Voters names the accounts of everybody on a roll, for notices.
func (s *Service) Voters(ctx context.Context, id ID) ([]identity.AccountID, error) {
	return s.accounts(ctx, seatsOf(id), func(x Seat) bool { return !x.Removed })
}

// Waiting names the accounts of those on the roll who have not voted, for reminders. What it returns is told to nobody but the
// channel that delivers them.
func (s *Service) Waiting(ctx context.Context, id ID) ([]identity.AccountID, error) {
	q := docstore.Query{Index: byWaiting, Equal: []any{string(id)}, Limit: docstore.MaxLimit}
	return s.accounts(ctx, q, func(x Seat) bool { return !x.Removed && !x.Voted() })
}

func (s *Service) accounts(ctx context.Context, q docstore.Query, keep func(Seat) bool) ([]identity.AccountID, error) {
	var all []identity.AccountID
	seen := map[identity.AccountID]bool{"": true}
	err := s.seats.Each(ctx, q, func(x Seat) error {
		if !keep(x) {
			return nil
		}
		for _, who := range append(slices.Clone(x.People), x.Account) {
			if !seen[who] {
				seen[who] = true
				all = append(all, who)
			}
		}
		return nil
	})
	return all, err
}
