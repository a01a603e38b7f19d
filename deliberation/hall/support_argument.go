package hall

import (
	"context"
	"errors"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// SupportArgument says that an argument speaks for the actor too, or takes that back. Whoever does it twice has done it
// once: the key is argument and person. Nobody supports what they wrote.
func (s *Service) SupportArgument(ctx context.Context, actor identity.Actor, id ArgumentID, on bool) error {
	a, x, err := s.argument(ctx, actor, id, identity.SpeakHall)
	if err != nil {
		return err
	}
	now := s.Now()
	if err := x.may(moveSpeak, now); err != nil {
		return err
	}
	if a.Author.Account == actor.ID {
		return errOwn
	}
	if a.Hidden {
		return errNoArgument.With("argument", id)
	}
	y := support{Argument: a.ID, Session: a.Session, Community: a.Community, Account: actor.ID, At: now}
	told := fact(Supported, actor.ID, now, ArgumentStep{About: x.about(), Argument: a.ID, Option: a.Option, By: actor.ID})
	return mark(ctx, s.supports, supportKey(a.ID, actor.ID), y, on, told)
}

// mark puts a document whose key says who marked what, or takes it away. It may be so already.
func mark[T any](ctx context.Context, t docstore.Table[T], key string, value T, on bool, told docstore.Fact) error {
	if on {
		_, err := t.Add(ctx, key, value, told)
		return err
	}
	_, at, err := t.Get(ctx, key)
	if err == nil {
		err = t.Delete(ctx, key, docstore.Want(at), value, told)
	}
	if errors.Is(err, docstore.ErrConflict) || errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	return err
}

// maxSupports is where counting stops.
const maxSupports = 9999

// Count follows what neighbours add to arguments and questions; the relay gives it their events at least once and in any
// order. It counts what there is and remembers up to which place of the feed that reaches.
func (s *Service) Count(ctx context.Context, e docstore.Event) error {
	switch e.Type {
	case Supported:
		return s.countSupports(ctx, e)
	case QuestionJoined:
		return s.countJoins(ctx, e)
	}
	return nil
}

func (s *Service) countSupports(ctx context.Context, e docstore.Event) error {
	data, err := deliberation.Decode[ArgumentStep](e)
	if err != nil {
		return err
	}
	seq, n, err := counted(ctx, s.Store, string(data.Community), e, func() (int, error) {
		return s.supports.Count(ctx, docstore.Query{Index: byArgument, Equal: []any{string(data.Argument)}}, maxSupports)
	})
	if err != nil {
		return fmt.Errorf("count supports: %w", err)
	}
	now := s.Now()
	_, err = s.arguments.Update(ctx, string(data.Argument), func(a *Argument) ([]docstore.Fact, error) {
		if seq <= a.CountedSeq {
			return nil, docstore.ErrUnchanged
		}
		a.Supports, a.CountedSeq = n, seq
		return []docstore.Fact{{Type: ArgumentCounted, Actor: counting.Ref(), At: now, Data: data}}, nil
	})
	return err
}

// counted reads the place in the feed before it counts, so that the count covers at least that place.
func counted(ctx context.Context, store docstore.Store, scope string, e docstore.Event, count func() (int, error)) (seq int64, n int, err error) {
	head, err := store.Head(ctx, scope)
	if err != nil {
		return 0, 0, err
	}
	n, err = count()
	return max(head, e.Seq), n, err
}
