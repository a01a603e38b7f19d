package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// PublishNotice starts the public notice of a decided project.
func (s *Service) PublishNotice(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	return s.step(ctx, actor, id, identity.PublishNotice, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.PublishNotice(s.Calendar, by, now)
	})
}

// Object is a resident's objection.
type Object struct {
	ID      string // the form's token
	Project ID
	Text    string
}

// Object makes an objection; the clock of the notice stands until it is answered.
func (s *Service) Object(ctx context.Context, actor identity.Actor, cmd Object) (Project, error) {
	words, err := written.Text("text", cmd.Text, MaxObjection)
	if err := deliberation.Joined(err, fault.When(words == "", errObjection), deliberation.CheckToken(cmd.ID)); err != nil {
		return Project{}, err
	}
	hits := s.Screener.Screen(words)
	return s.step(ctx, actor, cmd.Project, identity.EndorseProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Object(Objection{ID: cmd.ID, By: by, Text: words, Hits: hits}, now)
	})
}

// AnswerObjection is the answer to one.
type AnswerObjection struct {
	Project   ID
	Objection string
	Answer    string
	Upheld    bool
}

// AnswerObjection answers an objection for everybody to read.
func (s *Service) AnswerObjection(ctx context.Context, actor identity.Actor, cmd AnswerObjection) (Project, error) {
	answer, err := written.Text("answer", cmd.Answer, MaxAnswer)
	if err := deliberation.Joined(err, fault.When(answer == "", errAnswer)); err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, cmd.Project, identity.PublishNotice, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.AnswerObjection(cmd.Objection, answer, cmd.Upheld, s.Calendar, by, now)
	})
}

// AmendNotice is a material change during the notice, with its reason.
type AmendNotice struct {
	WritePlan
	Reason string
}

// AmendNotice changes the plan and starts the notice over.
func (s *Service) AmendNotice(ctx context.Context, actor identity.Actor, cmd AmendNotice) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(cmd.Project), identity.PublishNotice)
	if err != nil {
		return p, err
	}
	plan, err := cmd.Plan.clean(p.Class, p.Preset.Caps)
	if err != nil {
		return Project{}, err
	}
	return s.explained(ctx, actor, cmd.Project, identity.PublishNotice, cmd.Reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.AmendNotice(plan, cmd.Seen, reason, s.Calendar, by, now)
	})
}
