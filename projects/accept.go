package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// rateDue is until when residents judge a project that reaches that stage now.
func (s *Service) rateDue(p Project, now time.Time) time.Time {
	return s.Calendar.DateAt(now).AddDays(p.Preset.RateDays).At(calendar.EndOfDay, s.Calendar.Zone()).UTC()
}

// andAccepted adds to a step that the project goes on, should that have been all that was missing.
func (s *Service) andAccepted(p *Project, facts []docstore.Fact, err error, now time.Time) ([]docstore.Fact, error) {
	if err != nil {
		return facts, err
	}
	return append(facts, p.accepted(s.rateDue(*p, now), now)...), nil
}

// Volunteer lets a resident offer to look at the work for the neighbours, or take that back.
func (s *Service) Volunteer(ctx context.Context, actor identity.Actor, id ID, token string, on bool) (Project, error) {
	if err := deliberation.CheckToken(token); err != nil && on {
		return Project{}, err
	}
	return s.step(ctx, actor, id, identity.JudgeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Volunteer(token, on, by, now)
	})
}

// NameRep makes somebody who offered a representative.
func (s *Service) NameRep(ctx context.Context, actor identity.Actor, id ID, volunteer string) (Project, error) {
	return s.step(ctx, actor, id, identity.DecideProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.NameRep(volunteer, by, now)
	})
}

// drawnFrom bounds how many endorsements a draw looks at.
const drawnFrom = 2000

// DrawReps names the representatives that are missing by lot among those who endorsed the project.
func (s *Service) DrawReps(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	if _, err := s.projects.May(ctx, actor, string(id), identity.DecideProject); err != nil {
		return Project{}, err
	}
	var endorsers []deliberation.Author
	var after docstore.Cursor
	for {
		found, next, err := s.endorsements.Find(ctx, docstore.Query{Index: byProject, Equal: []any{string(id)}, Limit: docstore.MaxLimit, After: after})
		if err != nil {
			return Project{}, err
		}
		for _, e := range found {
			if e.Name != identity.ErasedName {
				endorsers = append(endorsers, deliberation.Author{Account: e.Account, Name: e.Name, Building: e.Building})
			}
		}
		if after = next; next == "" || len(endorsers) >= drawnFrom {
			break
		}
	}
	return s.step(ctx, actor, id, identity.DecideProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.DrawReps(endorsers, by, now)
	})
}

// ReplaceRep ends the part of a representative who does not come.
func (s *Service) ReplaceRep(ctx context.Context, actor identity.Actor, id ID, rep, reason string) (Project, error) {
	return s.endRep(ctx, actor, id, rep, reason, identity.DecideProject)
}

// StandDown ends one's own part as a representative.
func (s *Service) StandDown(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(id), identity.JudgeProject)
	if err != nil {
		return p, err
	}
	for _, r := range p.Representing() {
		if r.By.Account == actor.ID {
			return s.endRep(ctx, actor, id, r.ID, reason, identity.JudgeProject)
		}
	}
	return Project{}, errNotAsked
}

func (s *Service) endRep(ctx context.Context, actor identity.Actor, id ID, rep, reason string, verb identity.Verb) (Project, error) {
	return s.explained(ctx, actor, id, verb, reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.EndRep(rep, reason, by, now)
	})
}

// Accept is what somebody who has to accept the work says about it.
type Accept struct {
	ID      string // the form's token; of a rejection it is the defect's id
	Project ID
	Accepts bool
	Text    string
	Photos  []deliberation.PhotoID // of a rejection
}

// Accept records whether somebody accepts the work.
func (s *Service) Accept(ctx context.Context, actor identity.Actor, cmd Accept) (Project, error) {
	words, err := written.Text("text", cmd.Text, MaxWord)
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.ID), deliberation.CheckPhotos(cmd.Photos)); err != nil {
		return Project{}, err
	}
	w := Opinion{Accepts: cmd.Accepts, Text: words, Hits: s.Screener.Screen(words)}
	return s.step(ctx, actor, cmd.Project, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		facts, err := p.Say(w, Defect{ID: cmd.ID, Photos: cmd.Photos}, by, now)
		return s.andAccepted(p, facts, err, now)
	})
}

// Rework takes the work up again.
func (s *Service) Rework(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.DecideProject, reason, func(p *Project, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Rework(reason, s.Calendar, by, now)
	})
}
