package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Decide is what a session came to.
type Decide struct {
	Session     SessionID
	Kind        OutcomeKind
	Text        string
	Reason      string
	Draft       int // the version agreed on, 0 for none
	Label, Rule string
	DueAt       time.Time // until when its execution is reported
}

// Decide records the outcome.
func (s *Service) Decide(ctx context.Context, actor identity.Actor, cmd Decide) (Session, error) {
	words, err1 := written.Text("text", cmd.Text, MaxSummary)
	reason, err2 := written.Text("reason", cmd.Reason, MaxDetail)
	label, err3 := written.Line("label", cmd.Label, MaxLabel)
	rule, err4 := written.Text("rule", cmd.Rule, MaxRule)
	if err := deliberation.Joined(err1, err2, err3, err4); err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.Decide(Outcome{
			Kind: cmd.Kind, Text: words, Reason: reason, Draft: cmd.Draft, Label: label, Rule: rule, By: by, DueAt: cmd.DueAt,
		}, now)
	})
}
