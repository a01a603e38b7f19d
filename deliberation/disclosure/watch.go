package disclosure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
)

// Watch is one run of the sweep: it opens the obligations of periods that have ended, and records what has fallen due. Run
// late, it records the true times; run twice, it records nothing the second time. Where the calendar ends it goes on with
// what is known and returns the calendar's fault.
func (s *Service) Watch(ctx context.Context) (int, error) {
	opened, err := s.openPeriods(ctx)
	if err != nil {
		return opened, err
	}
	now := s.Now()
	owed, err := room.Watch(ctx, s.obligations, byNext, now, Obligation.Key, func(o *Obligation) ([]docstore.Fact, error) { return o.watch(s.Calendar, now) })
	asked, err2 := room.Watch(ctx, s.questions.Table, byNext, now, Question.key, func(q *Question) ([]docstore.Fact, error) { return q.watch(s.Calendar, now) })
	return opened + owed + asked, deliberation.Joined(err, err2)
}

// openPeriods makes the obligations of periods that have ended since the last run.
func (s *Service) openPeriods(ctx context.Context) (int, error) {
	all, err := s.Communities.Communities(ctx, "")
	if err != nil {
		return 0, err
	}
	ids := make([]string, len(all))
	for i, node := range all {
		ids[i] = string(node.ID)
	}
	stored, err := s.schedules.GetMany(ctx, ids)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, node := range all {
		schedule, ok := stored[string(node.ID)]
		if !ok {
			schedule = newSchedule(node, s.Today(), s.Now())
			if _, err := s.schedules.Add(ctx, string(node.ID), schedule); err != nil {
				return n, err
			}
		}
		opened, err := s.openEnded(ctx, schedule)
		n += opened
		if err != nil {
			return n, fmt.Errorf("open the periods of %q: %w", node.ID, err)
		}
	}
	return n, nil
}

// openEnded makes one community's obligations first and only then forgets that they are to be made.
func (s *Service) openEnded(ctx context.Context, schedule Schedule) (int, error) {
	next, n := maps.Clone(schedule.Opened), 0
	for _, kind := range []Kind{Finance, Welfare} {
		for _, p := range schedule.ended(kind, s.Today()) {
			if err := s.oblige(ctx, schedule, Obligation{Kind: kind, Period: p}, p.Last()); err != nil {
				return n, err
			}
			next[kind] = p.Next()
			n++
		}
	}
	if n == 0 {
		return 0, nil
	}
	_, err := s.schedules.Update(ctx, string(schedule.Community), func(x *Schedule) ([]docstore.Fact, error) {
		if !maps.Equal(x.Opened, schedule.Opened) {
			return nil, docstore.ErrUnchanged // changed meanwhile; the next run sees
		}
		x.Opened = next
		return nil, nil
	})
	return n, err
}

// oblige makes an obligation that runs from the end of a day; one that is there stays. What was published before the
// watch came by has met it already.
func (s *Service) oblige(ctx context.Context, schedule Schedule, o Obligation, day calendar.Date) error {
	o.Community, o.Path = schedule.Community, schedule.Path
	clock, err := deadline.Start(policy(schedule.Days), Publication, s.Calendar, begins(day, s.Calendar))
	if errors.Is(err, calendar.ErrBeyond) {
		s.logBeyond("obligation "+o.Key(), err)
	} else if err != nil {
		return err
	}
	o.Clock = clock
	news := o.news()
	news.DueAt = clock.DueAt
	facts := []docstore.Fact{fact(ObligationOpened, watching, s.Now(), news)}
	reported, _, err := s.items.Find(ctx, docstore.Query{Index: byReport, Equal: []any{o.Key()}, Limit: 1})
	if err != nil {
		return err
	}
	for _, i := range reported {
		met, err := o.met(i.ID, i.Title(), i.PublishedAt)
		if err != nil {
			return err
		}
		facts = append(facts, met...)
	}
	_, err = s.obligations.Add(ctx, o.Key(), o, facts...)
	return err
}

// FollowItems meets obligations when items are published, and opens that of a major matter when it is entered. It is a relay's
// handler and may be given any event any number of times.
func (s *Service) FollowItems(ctx context.Context, e docstore.Event) error {
	if e.Type != ItemEntered && e.Type != ItemPublished {
		return nil
	}
	var news News
	if err := json.Unmarshal(e.Data, &news); err != nil {
		return fmt.Errorf("disclosure: read %s %s: %w", e.Type, e.ID, err)
	}
	i, _, err := s.items.Get(ctx, string(news.Item))
	if err != nil {
		return err
	}
	o := Obligation{Community: i.Community, Kind: i.Kind, Period: i.Period}
	if i.Kind == Major {
		o.Item, o.Title = i.ID, i.Title()
	}
	if i.Kind == Major {
		if err := s.obligeMatter(ctx, i, o); err != nil {
			return err
		}
	}
	if e.Type == ItemEntered {
		return nil
	}
	_, err = s.obligations.Update(ctx, o.Key(), func(x *Obligation) ([]docstore.Fact, error) {
		return x.met(i.ID, i.Title(), i.PublishedAt)
	})
	if errors.Is(err, docstore.ErrNotFound) {
		return nil // not owed yet, and then the watch finds it; or never
	}
	return err
}

// obligeMatter makes the obligation of a major matter.
func (s *Service) obligeMatter(ctx context.Context, i Item, o Obligation) error {
	node, err := s.Directory.Node(ctx, i.Community)
	if err != nil {
		return err
	}
	schedule, err := s.schedule(ctx, node)
	if err != nil {
		return err
	}
	return s.oblige(ctx, schedule, o, i.DecidedOn)
}
