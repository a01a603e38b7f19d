package projects

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/former"
	"jushou/projects/preset"
)

// Pages of lists.
const (
	ProjectsPage = 20
	// boardPage is how many of a stage stand on a board of all stages.
	boardPage = 50
	// looked is how many of a community's projects are compared with a new one.
	looked = 300
	// SimilarShown is how many similar ones are shown.
	SimilarShown = 5
)

// Project returns a project as the actor may see it.
func (s *Service) Project(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	p, err := s.projects.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	voiced := false
	if actor.ID != "" {
		_, _, err := s.endorsements.Get(ctx, endorsementKey(id, actor.ID))
		if err != nil && !errors.Is(err, docstore.ErrNotFound) {
			return View{}, err
		}
		voiced = err == nil
	}
	v := s.view(actor, p, voiced, s.Now())
	v.Follows, err = s.Follows(ctx, actor.ID, id)
	return v, err
}

// Projects lists a community's projects, the latest first.
func (s *Service) Projects(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]View, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, "", err
	}
	found, next, err := s.projects.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: ProjectsPage, After: after})
	return s.seen(actor, found), next, err
}

// InStage lists a community's projects that stand at a stage, those that came to it last first.
func (s *Service) InStage(ctx context.Context, actor identity.Actor, in community.ID, at preset.Stage, after docstore.Cursor) ([]View, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, "", err
	}
	q := docstore.Query{Index: byStage, Equal: []any{stageKey(in, at)}, Desc: true, Limit: ProjectsPage, After: after}
	found, next, err := s.projects.Find(ctx, q)
	return s.seen(actor, found), next, err
}

// ForCall lists what was proposed in answer to a call of the community, in the order in which it came, for those who may know of it.
func (s *Service) ForCall(ctx context.Context, actor identity.Actor, in community.ID, call string, after docstore.Cursor) ([]View, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, "", err
	}
	found, next, err := s.projects.Find(ctx, docstore.Query{Index: byCall, Equal: []any{call}, Limit: ProjectsPage, After: after})
	return s.seen(actor, found), next, err
}

// seen views what the actor knows of.
func (s *Service) seen(actor identity.Actor, found []Project) []View {
	now := s.Now()
	var views []View
	for _, p := range found {
		if s.projects.Knows(actor, p) == nil {
			views = append(views, s.view(actor, p, false, now))
		}
	}
	return views
}

// Column is one stage of a community's board.
type Column struct {
	Stage    preset.Stage
	Count    int
	Projects []View // those that have stood there longest first, at most boardPage
}

// Board returns a community's projects by stage, for who checks or decides about them; of those that are over, the count.
func (s *Service) Board(ctx context.Context, actor identity.Actor, in community.ID) ([]Column, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, err
	}
	var board []Column
	for _, at := range slices.Concat(preset.Stages(), preset.Endings()[1:]) {
		q := docstore.Query{Index: byStage, Equal: []any{stageKey(in, at)}, Limit: boardPage}
		n, err := s.projects.Count(ctx, q, maxCounted)
		if err != nil {
			return nil, err
		}
		c := Column{Stage: at, Count: n}
		if n > 0 && !at.Over() {
			found, _, err := s.projects.Find(ctx, q)
			if err != nil {
				return nil, err
			}
			c.Projects = s.seen(actor, found)
		}
		board = append(board, c)
	}
	return board, nil
}

// Entry is a project on the public board: what everybody may know without being a member.
type Entry struct {
	ID            ID
	Title         string
	Class         preset.Class
	Where, Lead   string
	Stage         preset.Stage
	Since         time.Time
	Stages        []preset.Stage
	Amount        money.Fen // planned, or approved
	Needs, Voices int
	// Handless is set while nobody has raised a hand in the time for it.
	Handless bool
	// Reached of all Milestones are.
	Reached, Milestones int
	// Due is the day of the next milestone, the zero Date without one.
	Due calendar.Date
	// Stale is set while nothing has been heard of the work for too long, Cancelled where it was given up and is being settled.
	Stale, Cancelled bool
	// Former is what a file tells of a project of an earlier year, nil for one that went its way here.
	Former *former.Record
	// Next is the next stored instant, until which the notice runs, a hand is waited for or news of the work are.
	Next time.Time
}

// Open lists a community's projects for everybody, by stage; those that have not passed the check are not among them.
func (s *Service) Open(ctx context.Context, actor identity.Actor, in community.ID) ([]Entry, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadPublic, ErrNotFound); err != nil {
		return nil, err
	}
	var all []Entry
	for _, at := range preset.Stages()[2:] {
		q := docstore.Query{Index: byStage, Equal: []any{stageKey(in, at)}, Desc: true, Limit: boardPage}
		found, _, err := s.projects.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			all = append(all, p.entry())
		}
	}
	return all, nil
}

func (p Project) entry() Entry {
	e := Entry{
		ID: p.ID, Title: p.Title, Class: p.Class, Where: p.Where, Lead: p.leadName(), Stage: p.Stage, Since: p.Since, Stages: p.Preset.Stages,
		Amount: p.Approved, Needs: p.Voices, Voices: p.Endorsed, Handless: p.Stage == preset.Gathering && !p.HandlessAt.IsZero() && len(p.Raised()) == 0,
	}
	if e.Amount == 0 {
		e.Amount = p.Plan.Total()
	}
	e.Next, _ = p.nextStep()
	e.Reached, e.Milestones = p.Progress()
	for _, m := range p.Timetable() {
		if m.Open() && Allows(p.Stage, MoveReach) {
			e.Due = m.Due
			break
		}
	}
	e.Stale, e.Cancelled = p.Stale(), !p.CancelledAt.IsZero()
	if p.Former != nil {
		record := p.Former.Record
		e.Former = &record
	}
	return e
}

// OutOf lists the projects that a deliberation led to.
func (s *Service) OutOf(ctx context.Context, actor identity.Actor, hall string) ([]View, error) {
	found, _, err := s.projects.Find(ctx, docstore.Query{Index: byHall, Equal: []any{hall}, Limit: ProjectsPage})
	return s.seen(actor, found), err
}

// Similar lists the community's projects that read most like one, the likest first, so that nothing is done twice.
func (s *Service) Similar(ctx context.Context, actor identity.Actor, in community.ID, id ID, title, where string) ([]View, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, err
	}
	found, _, err := s.projects.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: looked})
	if err != nil {
		return nil, err
	}
	type likeness struct {
		p     Project
		score int
	}
	var like []likeness
	for _, p := range found {
		if score := alike(title+" "+where, p.Title+" "+p.Where); p.ID != id && score >= alikeEnough {
			like = append(like, likeness{p, score})
		}
	}
	slices.SortStableFunc(like, func(a, b likeness) int { return cmp.Compare(b.score, a.score) })
	var views []View
	for _, x := range like[:min(len(like), SimilarShown)] {
		views = append(views, s.seen(actor, []Project{x.p})...)
	}
	return views, nil
}

// alikeEnough is the least likeness that is shown, in hundredths.
const alikeEnough = 25

// alike compares two texts by the pairs of letters that both have: twice the common ones among all, in hundredths. Chinese
// has no blanks between words, and pairs are close to its words.
func alike(a, b string) int {
	x, y := pairs(a), pairs(b)
	both := 0
	for p := range x {
		if y[p] {
			both++
		}
	}
	if len(x)+len(y) == 0 {
		return 0
	}
	return 200 * both / (len(x) + len(y))
}

func pairs(s string) map[[2]rune]bool {
	all := map[[2]rune]bool{}
	runes := []rune(s)
	for i := 1; i < len(runes); i++ {
		if runes[i-1] != ' ' && runes[i] != ' ' {
			all[[2]rune{runes[i-1], runes[i]}] = true
		}
	}
	return all
}
