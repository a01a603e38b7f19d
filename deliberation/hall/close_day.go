package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// CloseDay sums a day up after its window.
type CloseDay struct {
	Day     DayID
	Summary string
	// Promised is until when the unanswered questions are answered; not needed when there are none.
	Promised time.Time
}

// CloseDay ends a day. After its window no question is added, so what is counted here stays right.
func (s *Service) CloseDay(ctx context.Context, actor identity.Actor, cmd CloseDay) (Day, error) {
	summary, err := written.Text("summary", cmd.Summary, MaxDaySummary)
	if err != nil {
		return Day{}, err
	}
	d, err := s.days.May(ctx, actor, string(cmd.Day), identity.HoldHall)
	if err != nil {
		return Day{}, err
	}
	asked, left, err := s.tally(ctx, d.ID)
	if err != nil {
		return Day{}, err
	}
	return s.dayStep(ctx, actor, cmd.Day, func(d *Day, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return d.Close(summary, cmd.Promised, asked, left, by, now)
	})
}

// tally counts a day's questions and those without an answer.
func (s *Service) tally(ctx context.Context, id DayID) (asked, left int, err error) {
	if asked, err = s.questions.Count(ctx, docstore.Query{Index: byDay, Equal: []any{string(id)}}, maxCounted); err != nil {
		return 0, 0, err
	}
	left, err = s.questions.Count(ctx, docstore.Query{Index: byOwed, Equal: []any{string(id)}}, maxCounted)
	return asked, left, err
}
