package hall

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// AnnounceDay announces a day of questions and answers.
type AnnounceDay struct {
	ID        DayID // the form's token
	Community community.ID
	Title     string
	Intro     string
	From, To  time.Time
	Answerers []Answerer
}

// AnnounceDay announces the day. Who answers is stated by name; the caller has looked up names and titles.
func (s *Service) AnnounceDay(ctx context.Context, actor identity.Actor, cmd AnnounceDay) (Day, error) {
	node, err := s.place(ctx, actor, cmd.Community, identity.HoldHall)
	if err != nil {
		return Day{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, identity.At(node))
	if err != nil {
		return Day{}, err
	}
	now := s.now()
	d := Day{ID: cmd.ID, Community: node.ID, Path: node.Path, From: cmd.From, To: cmd.To, Answerers: cmd.Answerers, By: by, CreatedAt: now}
	var err1, err2 error
	d.Title, err1 = line("title", cmd.Title, MaxDayTitle)
	d.Intro, err2 = text("intro", cmd.Intro, MaxIntro)
	nobody := len(d.Answerers) == 0 || len(d.Answerers) > MaxAnswerers
	if err := deliberation.Joined(err1, err2, check(d.Title == "", errDayTitle), deliberation.CheckToken(string(cmd.ID)), d.window(now),
		check(nobody, errDayNobody.With("max", MaxAnswerers))); err != nil {
		return Day{}, err
	}
	_, err = s.days.Put(ctx, string(d.ID), docstore.Absent, d, fact(DayAnnounced, actor.ID, now, d.about()))
	if errors.Is(err, docstore.ErrConflict) {
		first, _, err := s.days.Get(ctx, string(d.ID))
		if err == nil && (first.By.Account != actor.ID || first.Title != d.Title) {
			err = errTaken.With("day", d.ID)
		}
		return first, err
	}
	return d, err
}

// day returns a day the actor may do the verb on.
func (s *Service) day(ctx context.Context, actor identity.Actor, id DayID, verb identity.Verb) (Day, error) {
	d, _, err := s.days.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return d, errNoDay.With("day", id)
	}
	if err != nil {
		return d, err
	}
	if err := reads(actor, d.Place()); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = errNoDay.With("day", id)
		}
		return Day{}, err
	}
	return d, identity.Can(actor, verb, d.Place())
}

// CancelDay calls a day off before its window ends.
func (s *Service) CancelDay(ctx context.Context, actor identity.Actor, id DayID, typed string) (Day, error) {
	reason, err := needReason(typed)
	if err != nil {
		return Day{}, err
	}
	return s.dayStep(ctx, actor, id, func(d *Day, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return d.Cancel(reason, by, now)
	})
}

func (s *Service) dayStep(ctx context.Context, actor identity.Actor, id DayID, change func(*Day, deliberation.Author, time.Time) ([]docstore.Fact, error)) (Day, error) {
	d, err := s.day(ctx, actor, id, identity.HoldHall)
	if err != nil {
		return Day{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, d.Place())
	if err != nil {
		return Day{}, err
	}
	now := s.now()
	return s.days.Update(ctx, string(id), func(d *Day) ([]docstore.Fact, error) { return change(d, by, now) })
}
