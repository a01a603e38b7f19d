package bulletin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Write is a bulletin as somebody types it.
type Write struct {
	ID     ID // the form's token
	Node   community.ID
	Board  deliberation.BoardKey // "" for the notice board
	Title  string
	Body   string
	Photos []deliberation.PhotoID
	// Urgency "" is Normal.
	Urgency Urgency
	// Audience names places of the community; a town's bulletin has none and names Communities, all of the town's if
	// the list is empty.
	Audience    Audience
	Communities []community.ID
}

// WriteBulletin keeps a draft. The same form sent again returns the draft it made the first time.
func (s *Service) WriteBulletin(ctx context.Context, actor identity.Actor, cmd Write) (Bulletin, error) {
	node, err := s.node(ctx, cmd.Node)
	if err != nil {
		return Bulletin{}, err
	}
	if cmd.Board == "" {
		cmd.Board = deliberation.BoardNotice
	}
	if err := identity.Can(actor, identity.PostNotice, identity.At(node).On(string(cmd.Board))); err != nil {
		return Bulletin{}, err
	}
	text, err := s.text(ctx, node, cmd)
	if err := deliberation.Joined(err, deliberation.CheckToken(string(cmd.ID))); err != nil {
		return Bulletin{}, err
	}
	author, err := s.Topics.AuthorOf(ctx, actor, identity.At(node).On(string(cmd.Board)))
	if err != nil {
		return Bulletin{}, err
	}
	now := s.now()
	b := Bulletin{
		ID: cmd.ID, Node: node.ID, Path: node.Path, Town: node.Level == community.LevelTown, Author: author,
		Writers: []identity.AccountID{actor.ID}, Status: Draft, CreatedAt: now,
	}
	b.set(text)
	b.PostHash = b.contentHash()
	_, err = s.bulletins.Put(ctx, string(b.ID), docstore.Absent, b, b.step(EventWritten, author, "", now))
	if errors.Is(err, docstore.ErrConflict) {
		return s.replayed(ctx, b, err)
	}
	if err != nil {
		return Bulletin{}, fmt.Errorf("write bulletin: %w", err)
	}
	return b, nil
}

// replayed answers a form whose token is taken.
func (s *Service) replayed(ctx context.Context, b Bulletin, conflict error) (Bulletin, error) {
	first, _, err := s.bulletins.Get(ctx, string(b.ID))
	if err != nil {
		return Bulletin{}, fmt.Errorf("look up a bulletin sent twice: %w", deliberation.Joined(err, conflict))
	}
	if first.Author.Account == b.Author.Account && first.PostHash == b.PostHash {
		return first, nil
	}
	return Bulletin{}, ErrTaken.With("bulletin", b.ID)
}

// EditBulletin is a draft typed anew.
type EditBulletin struct {
	Write
	Revision int // the one the form showed
}

// EditBulletin changes a draft.
func (s *Service) EditBulletin(ctx context.Context, actor identity.Actor, cmd EditBulletin) (Bulletin, error) {
	b, err := s.get(ctx, actor, cmd.ID, identity.PostNotice)
	if err != nil {
		return Bulletin{}, err
	}
	node, err := s.node(ctx, b.Node)
	if err != nil {
		return Bulletin{}, err
	}
	if cmd.Board == "" {
		cmd.Board = b.Board
	}
	text, err := s.text(ctx, node, cmd.Write)
	if err != nil {
		return Bulletin{}, err
	}
	return s.change(ctx, actor, b, func(b *Bulletin, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return b.Edit(by, text, cmd.Revision, now)
	})
}

// text checks what is typed; all faults at once.
func (s *Service) text(ctx context.Context, node community.Node, cmd Write) (Text, error) {
	t := Text{Board: cmd.Board, Urgency: cmd.Urgency}
	if t.Urgency == "" {
		t.Urgency = Normal
	}
	var words, places error
	t.Text, words = deliberation.NewText(cmd.Title, cmd.Body, cmd.Photos)
	if node.Level == community.LevelTown {
		t.Communities, places = s.aimTown(ctx, node, cmd)
	} else {
		t.Audience, places = s.aim(ctx, node, cmd)
	}
	return t, deliberation.Joined(words, t.Urgency.check(), checkBoard(node, t.Board), places)
}

func (s *Service) aim(ctx context.Context, node community.Node, cmd Write) (Audience, error) {
	if len(cmd.Communities) > 0 && !slices.Equal(cmd.Communities, []community.ID{node.ID}) {
		return Audience{}, errCommunity
	}
	if cmd.Audience.Everybody() {
		return Audience{}, nil
	}
	g, err := s.Ground(ctx, node.ID)
	if err != nil {
		return Audience{}, err
	}
	return g.Aim(cmd.Audience)
}

// aimTown returns the communities of the town that are named, in the directory's order; all if none is.
func (s *Service) aimTown(ctx context.Context, town community.Node, cmd Write) ([]community.ID, error) {
	if !cmd.Audience.Everybody() {
		return nil, errPlace
	}
	all, err := s.Directory.Communities(ctx, town.ID)
	if err != nil {
		return nil, err
	}
	var aimed []community.ID
	for _, n := range all {
		if len(cmd.Communities) == 0 || slices.Contains(cmd.Communities, n.ID) {
			aimed = append(aimed, n.ID)
		}
	}
	switch {
	case len(cmd.Communities) > 0 && len(aimed) != distinct(cmd.Communities), len(aimed) == 0:
		return nil, errCommunity
	case len(aimed) > MaxCommunities:
		return nil, errCommunities
	}
	return aimed, nil
}

// Check checks a text as writing it would, for a look at it beforehand.
func (s *Service) Check(ctx context.Context, actor identity.Actor, cmd Write) (Text, error) {
	node, err := s.node(ctx, cmd.Node)
	if err != nil {
		return Text{}, err
	}
	if cmd.Board == "" {
		cmd.Board = deliberation.BoardNotice
	}
	if err := identity.Can(actor, identity.PostNotice, identity.At(node).On(string(cmd.Board))); err != nil {
		return Text{}, err
	}
	return s.text(ctx, node, cmd)
}
