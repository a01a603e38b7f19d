package projects

import (
	"context"
	"errors"
	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Told is a finished project as everybody may read it: its story with the photos of the work.
type Told struct {
	View
	// Before and After are photos of the place, at most shotsTold of each.
	Before, After []deliberation.PhotoID
	News          []News // what was told of the work, the first of it first, at most newsTold
	Said          []Said // words of those who judged it, at most RatingsPage
}

const (
	shotsTold = 4
	newsTold  = 8
	// shotsLooked is how many news are looked through for photos.
	shotsLooked = 40
)

// finished are the stages in which a project is shown to everybody as done.
func finished() []preset.Stage {
	return []preset.Stage{preset.Rating, preset.Settling, preset.Archived}
}

// Done reports whether a project's work is accepted: it is judged, settled or archived. One that was given up is none of them.
func (p Project) Done() bool { return slices.Contains(finished(), p.Stage) && p.CancelledAt.IsZero() }

// Story returns a finished project for everybody, without anything that is for its community or the desk alone.
func (s *Service) Story(ctx context.Context, actor identity.Actor, id ID) (Told, error) {
	p, _, err := s.projects.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && (!p.Done() || identity.Can(actor, identity.ReadPublic, p.Place()) != nil) {
		err = ErrNotFound
	}
	if err != nil {
		return Told{}, err
	}
	t := Told{View: s.view(identity.Actor{}, p, false, s.Now())}
	if t.News, t.Before, t.After, err = s.pictured(ctx, id); err != nil {
		return Told{}, err
	}
	if t.Reply.Published() {
		t.Said, _, err = s.said(ctx, p, false, "")
	}
	return t, err
}

// pictured reads what was told of the work and is not hidden.
func (s *Service) pictured(ctx context.Context, id ID) (told []News, before, after []deliberation.PhotoID, err error) {
	found, _, err := s.news.Find(ctx, docstore.Query{Index: byProject, Equal: []any{string(id)}, Limit: shotsLooked})
	for _, x := range found {
		if x.Hidden || len(x.Hits) > 0 {
			continue
		}
		if len(told) < newsTold {
			told = append(told, x)
		}
		for _, shot := range x.Shots {
			switch {
			case shot.When == Before && len(before) < shotsTold:
				before = append(before, shot.Photo)
			case shot.When == After:
				after = append(after, shot.Photo)
			}
		}
	}
	return told, before, after[max(0, len(after)-shotsTold):], err
}

// Exhibit is a finished project in the showroom.
type Exhibit struct {
	Entry
	Need  string
	Tally *Tally // nil while it is judged
	// Rateable says that residents judge it now; Next is until when.
	Rateable bool
	Paid     bool                 // Amount is what it cost, not what was approved; of an earlier year, as its file says
	Photo    deliberation.PhotoID // after the work, "" without one
}

// Showroom lists a community's finished projects for everybody: those that are judged now first, then the latest.
func (s *Service) Showroom(ctx context.Context, actor identity.Actor, in community.ID) ([]Exhibit, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadPublic, ErrNotFound); err != nil {
		return nil, err
	}
	var all []Exhibit
	for _, at := range finished() {
		found, _, err := s.projects.Find(ctx, docstore.Query{Index: byStage, Equal: []any{stageKey(in, at)}, Desc: true, Limit: boardPage})
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			if !p.Done() {
				continue
			}
			x, err := s.exhibit(ctx, p)
			if err != nil {
				return nil, err
			}
			all = append(all, x)
		}
	}
	return all, nil
}

func (s *Service) exhibit(ctx context.Context, p Project) (Exhibit, error) {
	x := Exhibit{Entry: p.entry(), Need: p.Need, Tally: p.Tally, Rateable: p.Rateable(s.Now())}
	if x.Rateable {
		x.Next = p.RateDue
	}
	switch {
	case p.Settled():
		x.Amount, x.Paid = p.Statement.Paid, true
	case p.Former != nil:
		x.Need, x.Amount, x.Paid = p.Former.Result, p.Former.Spent, true
	}
	_, _, after, err := s.pictured(ctx, p.ID)
	if n := len(after); n > 0 {
		x.Photo = after[n-1]
	}
	return x, err
}

// TellsOf reports whether everybody may see a photo: it was taken of a finished project and is not hidden.
func (s *Service) TellsOf(ctx context.Context, actor identity.Actor, id ID, photo deliberation.PhotoID) (bool, error) {
	if _, err := s.Story(ctx, actor, id); err != nil {
		return false, err
	}
	told, before, after, err := s.pictured(ctx, id)
	if slices.Contains(before, photo) || slices.Contains(after, photo) {
		return true, err
	}
	return slices.ContainsFunc(told, func(x News) bool {
		return slices.ContainsFunc(x.Shots, func(s Shot) bool { return s.Photo == photo })
	}), err
}
