package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ProposeOption is one more possible answer.
type ProposeOption struct {
	ID           string // the form's token
	Session      SessionID
	Text, Detail string
}

// ProposeOption adds an option: a facilitator's at once, a resident's for the facilitator to look at first.
func (s *Service) ProposeOption(ctx context.Context, actor identity.Actor, cmd ProposeOption) (Session, error) {
	x, err := s.sessions.Read(ctx, actor, string(cmd.Session))
	if err != nil {
		return Session{}, err
	}
	o := Option{ID: cmd.ID, Status: OptionProposed}
	if identity.Can(actor, identity.HoldHall, x.Place()) == nil {
		o.Status = OptionOpen
	} else if err := identity.Can(actor, identity.SpeakHall, x.Place()); err != nil {
		return Session{}, err
	}
	var err1, err2 error
	o.Text, err1 = written.Line("text", cmd.Text, MaxOption)
	o.Detail, err2 = written.Text("detail", cmd.Detail, MaxDetail)
	if err := deliberation.Joined(err1, err2, fault.When(o.Text == "", errOptionEmpty), deliberation.CheckToken(cmd.ID)); err != nil {
		return Session{}, err
	}
	if o.By, err = s.Topics.AuthorOf(ctx, actor, x.Place()); err != nil {
		return Session{}, err
	}
	o.Hits = s.screen(actor, x.Place(), o.Text+"\n"+o.Detail)
	now := s.Now()
	return s.sessions.Update(ctx, string(x.ID), func(x *Session) ([]docstore.Fact, error) { return x.Propose(o, now) })
}

// ClearOption decides about a resident's option.
type ClearOption struct {
	Session SessionID
	Option  string
	Take    bool
	Reason  string // needed to decline
}

// ClearOption takes a proposed option up or declines it with a reason.
func (s *Service) ClearOption(ctx context.Context, actor identity.Actor, cmd ClearOption) (Session, error) {
	reason, err := deliberation.NewReason(cmd.Reason)
	if err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.Clear(cmd.Option, cmd.Take, reason, by, now)
	})
}
