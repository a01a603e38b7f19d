package hall

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
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
	x, author, err := s.sessions.For(ctx, actor, string(cmd.Session), identity.SpeakHall)
	if err != nil {
		return Argument{}, err
	}
	body := deliberation.Clean(cmd.Body)
	faults := deliberation.Joined(fault.When(body == "", errArgEmpty), deliberation.Within(body, MaxArgument, errArgLong),
		deliberation.CheckToken(string(cmd.ID)), fault.When(cmd.Side != For && cmd.Side != Against, errSide))
	if faults != nil {
		return Argument{}, faults
	}
	o, err := x.Option(cmd.Option)
	if err := deliberation.Joined(err, fault.When(err == nil && o.Status != OptionOpen, errNotOpen), x.may(moveSpeak, s.Now())); err != nil {
		return Argument{}, err
	}
	a := Argument{
		ID: cmd.ID, Session: x.ID, Community: x.Community, Option: o.ID, Side: cmd.Side, Author: author,
		Body: body, CreatedAt: s.Now(), Veil: screened(s.screen(actor, x.Place(), body)),
	}
	data := ArgumentStep{About: x.about(), Argument: a.ID, Option: a.Option, By: actor.ID, Held: a.Hidden}
	first, err := s.arguments.Add(ctx, string(a.ID), a, fact(Argued, actor.ID, a.CreatedAt, data))
	if err == nil && (first.Author.Account != actor.ID || first.Session != x.ID || first.Side != a.Side || first.Body != a.Body) {
		return Argument{}, errTaken.With("argument", a.ID)
	}
	return first, err
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
	x, err := s.sessions.May(ctx, actor, string(a.Session), verb)
	if err != nil {
		return Argument{}, Session{}, err
	}
	return a, x, nil
}
