package covenant

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// DraftCovenant begins a covenant.
type DraftCovenant struct {
	ID        ID // the form's token
	Community community.ID
	Title     string
	Topics    []deliberation.TopicID
	Session   string // the deliberation it came out of, "" for none
	Clauses   []Clause
	Note      string
}

// maxTopics is how many topics a covenant may come out of.
const maxTopics = 20

var (
	errTopics    = fault.New(fault.Invalid, "covenant.too_many_topics").On("topics")
	errElsewhere = fault.New(fault.NotFound, "covenant.no_topic").On("topics")
)

// DraftCovenant writes the first edition, which only those who keep covenants see until it is opened for comments.
func (s *Service) DraftCovenant(ctx context.Context, actor identity.Actor, cmd DraftCovenant) (Covenant, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.KeepCovenant, errNotFound)
	if err != nil {
		return Covenant{}, err
	}
	now := s.Now()
	title, err1 := written.Line("title", cmd.Title, MaxTitle)
	note, err2 := written.Text("note", cmd.Note, MaxNote)
	clauses, err3 := cleanClauses(cmd.Clauses)
	for i := range clauses {
		clauses[i].ID = "" // a first edition has no clause that was known before
	}
	c := Covenant{ID: cmd.ID, Community: node.ID, Path: node.Path, Title: title, Topics: slices.Compact(slices.Clone(cmd.Topics)), Session: cmd.Session, Keeper: by, CreatedAt: now}
	clauses, err4 := c.number(clauses)
	c.Editions = []Edition{{N: 1, State: Drafting, Clauses: clauses, Note: note, By: by, At: now}}
	c.note(Drafted, by, "", now)
	err = deliberation.Joined(err1, err2, err3, err4, fault.When(title == "", errTitle), deliberation.CheckToken(string(cmd.ID)), s.checkTopics(ctx, actor, node, cmd.Topics))
	if err != nil {
		return Covenant{}, err
	}
	first, err := s.covenants.Add(ctx, string(c.ID), c, fact(Drafted, actor.ID, now, c.about(1)))
	if err == nil && (first.Keeper.Account != actor.ID || first.Title != title) {
		return Covenant{}, errTaken.With("covenant", c.ID)
	}
	return first, err
}

// checkTopics refuses topics that are not this community's or that the actor may not read.
func (s *Service) checkTopics(ctx context.Context, actor identity.Actor, node community.Node, topics []deliberation.TopicID) error {
	if len(topics) > maxTopics {
		return errTopics.With("max", maxTopics)
	}
	for _, id := range topics {
		if _, err := s.Topic(ctx, actor, node.ID, id, errElsewhere); err != nil {
			return err
		}
	}
	return nil
}

// cleanClauses cleans what was typed; rows without any word are left out, a heading without a body is refused.
func cleanClauses(typed []Clause) ([]Clause, error) {
	kept := []Clause{}
	for _, c := range typed {
		heading, err1 := written.Line("clauses", c.Heading, MaxHeading)
		body, err2 := written.Text("clauses", c.Body, MaxClause)
		if heading == "" && body == "" {
			continue
		}
		if err := deliberation.Joined(err1, err2, fault.When(body == "", errBodyless)); err != nil {
			return nil, err
		}
		kept = append(kept, Clause{ID: c.ID, Heading: heading, Body: body})
	}
	if len(kept) == 0 || len(kept) > MaxClauses {
		return nil, errNoClauses.With("max", MaxClauses)
	}
	return kept, nil
}

// Write is the text of an edition as it shall be.
type Write struct {
	Covenant ID
	// Edition is the number that the form saw, and Revision that of its changes while it is drafted.
	Edition, Revision int
	Clauses           []Clause
	Note              string // what was changed and why
}

// EditDraft replaces the text of a draft.
func (s *Service) EditDraft(ctx context.Context, actor identity.Actor, cmd Write) (Covenant, error) {
	return s.write(ctx, actor, cmd, func(c *Covenant, clauses []Clause, note string, _ int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.Edit(cmd.Edition, cmd.Revision, clauses, note, by, now)
	})
}

// Revise makes a further edition after the comments on the last one.
func (s *Service) Revise(ctx context.Context, actor identity.Actor, cmd Write) (Covenant, error) {
	return s.write(ctx, actor, cmd, func(c *Covenant, clauses []Clause, note string, owed int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.Revise(cmd.Edition, owed, clauses, note, by, now)
	})
}

func (s *Service) write(ctx context.Context, actor identity.Actor, cmd Write, change func(*Covenant, []Clause, string, int, deliberation.Author, time.Time) ([]docstore.Fact, error)) (Covenant, error) {
	note, err1 := written.Text("note", cmd.Note, MaxNote)
	clauses, err2 := cleanClauses(cmd.Clauses)
	if _, err := s.covenants.May(ctx, actor, string(cmd.Covenant), identity.KeepCovenant); err != nil {
		return Covenant{}, err
	}
	if err := deliberation.Joined(err1, err2); err != nil {
		return Covenant{}, err
	}
	owed, err := s.owed(ctx, cmd.Covenant, cmd.Edition)
	if err != nil {
		return Covenant{}, err
	}
	return s.step(ctx, actor, cmd.Covenant, identity.KeepCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return change(c, clauses, note, owed, by, now)
	})
}

// Amend begins a further edition from the version in force. edition is the one that the form saw.
func (s *Service) Amend(ctx context.Context, actor identity.Actor, id ID, edition int) (Covenant, error) {
	return s.step(ctx, actor, id, identity.KeepCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.Amend(edition, by, now)
	})
}

// OpenComments lets residents comment on the clauses of a draft until an instant.
func (s *Service) OpenComments(ctx context.Context, actor identity.Actor, id ID, edition int, until time.Time) (Covenant, error) {
	return s.step(ctx, actor, id, identity.KeepCovenant, func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.Open(edition, until, by, now)
	})
}
