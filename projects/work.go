package projects

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// RecordPermit is a permit as its form gives it.
type RecordPermit struct {
	Project ID
	Name    string // of the preset's checklist
	Date    calendar.Date
	Note    string               // number of the document, who issued it
	Photo   deliberation.PhotoID // may be ""
}

// RecordPermit records a permit, by who leads or the desk.
func (s *Service) RecordPermit(ctx context.Context, actor identity.Actor, cmd RecordPermit) (Project, error) {
	note, err := written.Line("note", cmd.Note, MaxPermitNote)
	var photos []deliberation.PhotoID
	if cmd.Photo != "" {
		photos = append(photos, cmd.Photo)
	}
	if err := deliberation.Joined(err, deliberation.CheckPhotos(photos)); err != nil {
		return Project{}, err
	}
	return s.stepOfLead(ctx, actor, cmd.Project, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.RecordPermit(Permit{Name: cmd.Name, Date: cmd.Date, Note: note, Photo: cmd.Photo}, s.Calendar.DateAt(now), by, now)
	})
}

// Start begins the work, by who leads or the desk.
func (s *Service) Start(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	return s.stepOfLead(ctx, actor, id, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Start(s.Calendar, by, now)
	})
}

// Finish is the lead's report that the work is done.
func (s *Service) Finish(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	return s.step(ctx, actor, id, identity.ProposeProject, (*Project).Finish)
}
