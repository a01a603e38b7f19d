package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ReportExecution tells what has become of an outcome.
type ReportExecution struct {
	ID      string // the form's token
	Session SessionID
	Body    string
	Final   bool // nothing more is owed
}

// ReportExecution adds a report; the final one ends the promise.
func (s *Service) ReportExecution(ctx context.Context, actor identity.Actor, cmd ReportExecution) (Session, error) {
	body, err := written.Text("body", cmd.Body, MaxReport)
	if err := deliberation.Joined(err, fault.When(body == "", errReportEmpty), deliberation.CheckToken(cmd.ID)); err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.Report(Report{ID: cmd.ID, Body: body, Final: cmd.Final, By: by}, now)
	})
}
