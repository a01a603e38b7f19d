package assisted

import (
	"context"
	"errors"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// BoxKind is the kind of the document that holds a community's boxes, under the community's id.
const BoxKind docstore.Kind = "paper_boxes"

// HungBox is a box with the day on which it is emptied next.
type HungBox struct {
	PaperBox
	NextOn calendar.Date
}

// Boxes lists a community's boxes to its staff.
func (s *Service) Boxes(ctx context.Context, actor identity.Actor, node community.Node) ([]HungBox, error) {
	if err := identity.Can(actor, identity.AssistEntry, identity.At(node)); err != nil {
		return nil, err
	}
	b, err := s.boxesOf(ctx, node.ID)
	return s.hung(b), err
}

// Box returns one of a community's boxes to its staff.
func (s *Service) Box(ctx context.Context, actor identity.Actor, node community.Node, id BoxID) (HungBox, error) {
	if err := identity.Can(actor, identity.AssistEntry, identity.At(node)); err != nil {
		return HungBox{}, err
	}
	b, err := s.boxesOf(ctx, node.ID)
	if err != nil {
		return HungBox{}, err
	}
	x, err := b.Box(id)
	return HungBox{x, x.NextOn(s.zone)}, err
}

func (s *Service) hung(b Boxes) []HungBox {
	all := make([]HungBox, len(b.Boxes))
	for i, x := range b.Boxes {
		all[i] = HungBox{x, x.NextOn(s.zone)}
	}
	return all
}

func (s *Service) boxesOf(ctx context.Context, c community.ID) (Boxes, error) {
	b, _, err := s.boxes.Get(ctx, string(c))
	if errors.Is(err, docstore.ErrNotFound) {
		return Boxes{Community: c}, nil
	}
	return b, err
}

// SaveBox hangs a box up, or names it anew.
type SaveBox struct {
	ID    BoxID // a new one's is the form's token
	Place string
	Days  []time.Weekday
}

// SaveBox stores the box and returns it.
func (s *Service) SaveBox(ctx context.Context, actor identity.Actor, node community.Node, cmd SaveBox) (HungBox, error) {
	if err := s.mayKeep(actor, node); err != nil {
		return HungBox{}, err
	}
	x, err := newBox(cmd.ID, cmd.Place, cmd.Days)
	if err != nil {
		return HungBox{}, err
	}
	now := s.now()
	return s.changeBox(ctx, node, cmd.ID, func(b *Boxes) ([]docstore.Fact, error) { return b.save(x, actor, now) })
}

// EmptyBox says that a box was emptied.
type EmptyBox struct {
	Box   BoxID
	Token string // of the form
	Notes int
}

// EmptyBox writes it down and returns the box with its next day.
func (s *Service) EmptyBox(ctx context.Context, actor identity.Actor, node community.Node, cmd EmptyBox) (HungBox, error) {
	if err := s.mayKeep(actor, node); err != nil {
		return HungBox{}, err
	}
	switch {
	case !ids.Valid(cmd.Token):
		return HungBox{}, errBoxToken
	case cmd.Notes < 0 || cmd.Notes > MaxBoxNotes:
		return HungBox{}, errBoxNotes
	}
	e := Emptying{Token: cmd.Token, At: s.now(), Notes: cmd.Notes}
	e.By, _ = actor.NameAt(identity.At(node))
	return s.changeBox(ctx, node, cmd.Box, func(b *Boxes) ([]docstore.Fact, error) { return b.empty(cmd.Box, e, actor) })
}

// CloseBox takes a box down. One that is gone already is no fault.
func (s *Service) CloseBox(ctx context.Context, actor identity.Actor, node community.Node, id BoxID) error {
	if err := s.mayKeep(actor, node); err != nil {
		return err
	}
	now := s.now()
	_, err := s.changeBoxes(ctx, node.ID, func(b *Boxes) ([]docstore.Fact, error) { return b.close(id, actor, now) })
	return err
}

// mayKeep wants staff of a community: boxes hang nowhere else.
func (s *Service) mayKeep(actor identity.Actor, node community.Node) error {
	if node.Level != community.LevelCommunity {
		return ErrNoBox
	}
	return identity.Can(actor, identity.AssistEntry, identity.At(node))
}

func (s *Service) changeBox(ctx context.Context, node community.Node, id BoxID, do func(*Boxes) ([]docstore.Fact, error)) (HungBox, error) {
	b, err := s.changeBoxes(ctx, node.ID, do)
	if err != nil {
		return HungBox{}, err
	}
	x, err := b.Box(id)
	return HungBox{x, x.NextOn(s.zone)}, err
}

func (s *Service) changeBoxes(ctx context.Context, c community.ID, do func(*Boxes) ([]docstore.Fact, error)) (Boxes, error) {
	_, err := s.boxes.Put(ctx, string(c), docstore.Absent, Boxes{Community: c})
	if err != nil && !errors.Is(err, docstore.ErrConflict) {
		return Boxes{}, err
	}
	return s.boxes.Update(ctx, string(c), do)
}

// from fills in where an entry's note was found.
func (s *Service) from(ctx context.Context, e *Entry, c community.ID, id BoxID) error {
	if id == "" || e.Source != Box {
		return nil
	}
	b, err := s.boxesOf(ctx, c)
	if err != nil {
		return err
	}
	x, err := b.Box(id)
	e.Box, e.Where = x.ID, x.Place
	return err
}
