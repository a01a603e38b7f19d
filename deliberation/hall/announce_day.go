package hall

import (
	"context"
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
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.HoldHall, errNotFound)
	if err != nil {
		return Day{}, err
	}
	now := s.Now()
	d := Day{ID: cmd.ID, Community: node.ID, Path: node.Path, From: cmd.From, To: cmd.To, Answerers: cmd.Answerers, By: by, CreatedAt: now}
	var err1, err2 error
	d.Title, err1 = written.Line("title", cmd.Title, MaxDayTitle)
	d.Intro, err2 = written.Text("intro", cmd.Intro, MaxIntro)
	nobody := len(d.Answerers) == 0 || len(d.Answerers) > MaxAnswerers
	if err := deliberation.Joined(err1, err2, fault.When(d.Title == "", errDayTitle), deliberation.CheckToken(string(cmd.ID)), d.window(now),
		fault.When(nobody, errDayNobody.With("max", MaxAnswerers))); err != nil {
		return Day{}, err
	}
	first, err := s.days.Add(ctx, string(d.ID), d, fact(DayAnnounced, actor.ID, now, d.about()))
	if err == nil && (first.By.Account != actor.ID || first.Title != d.Title) {
		return Day{}, errTaken.With("day", d.ID)
	}
	return first, err
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
	return s.days.Step(ctx, actor, string(id), identity.HoldHall, change)
}
