package hall

import (
	"context"
	"errors"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Argue is a reason for or against an option.
type Argue struct {
	ID      ArgumentID // the form's token
	Session SessionID
	Option  string
	Side    Side
	Body    string
}

// Argue adds an argument. It writes only the argument; its instant says which round it belongs to. One in which the word
// list finds something is kept, hidden, for the facilitator to see.
func (s *Service) Argue(ctx context.Context, actor identity.Actor, cmd Argue) (Argument, error) {
	x, err := s.session(ctx, actor, cmd.Session, identity.SpeakHall)
	if err != nil {
		return Argument{}, err
	}
	body := deliberation.Clean(cmd.Body)
	faults := deliberation.Joined(check(body == "", errArgEmpty), deliberation.Within(body, MaxArgument, errArgLong),
		deliberation.CheckToken(string(cmd.ID)), check(cmd.Side != For && cmd.Side != Against, errSide))
	if faults != nil {
		return Argument{}, faults
	}
	o, err := x.Option(cmd.Option)
	if err := deliberation.Joined(err, check(err == nil && o.Status != OptionOpen, errNotOpen), x.may(moveSpeak, s.now())); err != nil {
		return Argument{}, err
	}
	author, err := s.Topics.AuthorOf(ctx, actor, x.Place())
	if err != nil {
		return Argument{}, err
	}
	a := Argument{
		ID: cmd.ID, Session: x.ID, Community: x.Community, Option: o.ID, Side: cmd.Side, Author: author,
		Body: body, CreatedAt: s.now(), Veil: screened(s.screen(actor, x.Place(), body)),
	}
	data := ArgumentStep{About: x.about(), Argument: a.ID, Option: a.Option, By: actor.ID, Held: a.Hidden}
	_, err = s.arguments.Put(ctx, string(a.ID), docstore.Absent, a, fact(Argued, actor.ID, a.CreatedAt, data))
	if !errors.Is(err, docstore.ErrConflict) {
		return a, err
	}
	first, _, err := s.arguments.Get(ctx, string(a.ID))
	if err != nil {
		return Argument{}, fmt.Errorf("look up an argument sent twice: %w", err)
	}
	if first.Author.Account == actor.ID && first.Session == x.ID && first.Side == a.Side && first.Body == a.Body {
		return first, nil
	}
	return Argument{}, errTaken.With("argument", a.ID)
}

// argument returns an argument with its session, if the actor may do the verb there.
func (s *Service) argument(ctx context.Context, actor identity.Actor, id ArgumentID, verb identity.Verb) (Argument, Session, error) {
	a, _, err := s.arguments.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return a, Session{}, errNoArgument.With("argument", id)
	}
	if err != nil {
		return a, Session{}, err
	}
	x, err := s.session(ctx, actor, a.Session, verb)
	if err != nil {
		return Argument{}, Session{}, err
	}
	return a, x, nil
}
