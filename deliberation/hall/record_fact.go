package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// RecordFact is what somebody has found out.
type RecordFact struct {
	Session      SessionID
	Label, Value string
}

// RecordFact writes a fact down for everybody to see.
func (s *Service) RecordFact(ctx context.Context, actor identity.Actor, cmd RecordFact) (Session, error) {
	label, err1 := written.Line("label", cmd.Label, MaxOption)
	value, err2 := written.Text("value", cmd.Value, MaxFact)
	if err := deliberation.Joined(err1, err2, fault.When(label == "", errFactLabel), fault.When(value == "", errFactValue)); err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.RecordFact(label, value, by, now)
	})
}

var (
	errFactLabel = fault.New(fault.Invalid, "hall.fact_label").On("label")
	errFactValue = fault.New(fault.Invalid, "hall.fact_value").On("value")
)
