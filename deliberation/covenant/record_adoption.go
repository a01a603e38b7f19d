package covenant

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// RecordAdoption says which meeting or vote adopted an edition, and by what rule.
type RecordAdoption struct {
	Covenant           ID
	Edition            int
	What, Rule, Result string
	HeldAt             time.Time
	EffectiveAt        time.Time // zero means at once after HeldAt
}

// RecordAdoption writes an adoption down; it counts when a second person has confirmed it.
func (s *Service) RecordAdoption(ctx context.Context, actor identity.Actor, cmd RecordAdoption) (Covenant, error) {
	what, err1 := written.Line("what", cmd.What, MaxWhat)
	rule, err2 := written.Text("rule", cmd.Rule, MaxRule)
	result, err3 := written.Text("result", cmd.Result, MaxRule)
	if _, err := s.covenants.May(ctx, actor, string(cmd.Covenant), identity.KeepCovenant); err != nil {
		return Covenant{}, err
	}
	if err := deliberation.Joined(err1, err2, err3); err != nil {
		return Covenant{}, err
	}
	owed, err := s.owed(ctx, cmd.Covenant, cmd.Edition)
	if err != nil {
		return Covenant{}, err
	}
	if cmd.EffectiveAt.IsZero() {
		cmd.EffectiveAt = cmd.HeldAt
	}
	return s.step(ctx, actor, cmd.Covenant, identity.KeepCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		a := Adoption{What: what, Rule: rule, Result: result, HeldAt: cmd.HeldAt, EffectiveAt: cmd.EffectiveAt, By: by}
		return c.Record(cmd.Edition, owed, a, now)
	})
}

// ConfirmAdoption makes a recorded adoption count; who recorded it cannot.
func (s *Service) ConfirmAdoption(ctx context.Context, actor identity.Actor, id ID, edition int) (Covenant, error) {
	return s.step(ctx, actor, id, identity.PassCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.Confirm(edition, by, now)
	})
}

// SendBack undoes a record that the second person does not confirm.
func (s *Service) SendBack(ctx context.Context, actor identity.Actor, id ID, edition int, typed string) (Covenant, error) {
	reason, err := deliberation.NewReason(typed)
	if err != nil {
		return Covenant{}, err
	}
	return s.step(ctx, actor, id, identity.PassCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.SendBack(edition, reason, by, now)
	})
}

// DropEdition ends an edition that is not going to be adopted.
func (s *Service) DropEdition(ctx context.Context, actor identity.Actor, id ID, edition int, typed string) (Covenant, error) {
	reason, err := deliberation.NewReason(typed)
	if err != nil {
		return Covenant{}, err
	}
	return s.step(ctx, actor, id, identity.KeepCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.DropEdition(edition, reason, by, now)
	})
}

// NoteLegal is what a lawyer said about an edition.
type NoteLegal struct {
	Covenant  ID
	Edition   int
	Who, Note string
}

// NoteLegal writes it down. It does not stop anything: what to do about it is the residents' to decide.
func (s *Service) NoteLegal(ctx context.Context, actor identity.Actor, cmd NoteLegal) (Covenant, error) {
	who, err1 := written.Line("who", cmd.Who, MaxWhat)
	note, err2 := written.Text("note", cmd.Note, MaxNote)
	if err := deliberation.Joined(err1, err2, fault.When(who == "", errAdoption.On("who")), fault.When(note == "", errAdoption.On("note"))); err != nil {
		return Covenant{}, err
	}
	return s.step(ctx, actor, cmd.Covenant, identity.KeepCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.Check(cmd.Edition, Legal{Who: who, Note: note, By: by}, now)
	})
}

// FileCovenant says with whom an adopted version was filed.
type FileCovenant struct {
	Covenant ID
	Edition  int
	With, No string
	On       time.Time
}

// FileCovenant writes the filing down, once for each version.
func (s *Service) FileCovenant(ctx context.Context, actor identity.Actor, cmd FileCovenant) (Covenant, error) {
	with, err1 := written.Line("with", cmd.With, MaxWhat)
	no, err2 := written.Line("no", cmd.No, MaxWhat)
	if err := deliberation.Joined(err1, err2); err != nil {
		return Covenant{}, err
	}
	return s.step(ctx, actor, cmd.Covenant, identity.KeepCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.File(cmd.Edition, Filing{With: with, No: no, On: cmd.On, By: by}, now)
	})
}
