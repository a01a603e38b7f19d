package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// RaiseDefect is what is wrong with the work.
type RaiseDefect struct {
	ID      string // the form's token
	Project ID
	What    string
	Photos  []deliberation.PhotoID
}

// RaiseDefect adds to the list of what is to be mended.
func (s *Service) RaiseDefect(ctx context.Context, actor identity.Actor, cmd RaiseDefect) (Project, error) {
	what, err := written.Text("text", cmd.What, MaxWord)
	err = deliberation.Joined(err, fault.When(what == "", errNoWhat), deliberation.CheckToken(cmd.ID), deliberation.CheckPhotos(cmd.Photos))
	if err != nil {
		return Project{}, err
	}
	d := Defect{ID: cmd.ID, What: what, Photos: cmd.Photos, Hits: s.Screener.Screen(what)}
	return s.step(ctx, actor, cmd.Project, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.RaiseDefect(d, by, now)
	})
}

// MendDefect is how one was mended.
type MendDefect struct {
	Project ID
	Defect  string
	Text    string
	Photos  []deliberation.PhotoID
}

// MendDefect marks one as mended, by the lead or the desk for it.
func (s *Service) MendDefect(ctx context.Context, actor identity.Actor, cmd MendDefect) (Project, error) {
	words, err := written.Text("text", cmd.Text, MaxWord)
	if err := deliberation.Joined(err, deliberation.CheckPhotos(cmd.Photos)); err != nil {
		return Project{}, err
	}
	return s.stepOfLead(ctx, actor, cmd.Project, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.MendDefect(cmd.Defect, Fix{Text: words, Photos: cmd.Photos}, by, now)
	})
}

// CheckDefect says whether a defect is mended; words are needed where it is not.
func (s *Service) CheckDefect(ctx context.Context, actor identity.Actor, id ID, defect string, mended bool, words string) (Project, error) {
	words, err := written.Text("text", words, MaxWord)
	if err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, id, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		facts, err := p.CheckDefect(defect, mended, words, by, now)
		return s.andAccepted(p, facts, err, now)
	})
}
