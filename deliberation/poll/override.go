package poll

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Override says that something else holds than what was counted: a court revoked the decision, a higher body set it aside. The computed result
// stays where it is, with everything it was computed from; both are public.
type Override struct {
	ID          string              `json:"id"`   // the form's token
	Says        string              `json:"says"` // what holds instead
	Reason      string              `json:"reason"`
	By          deliberation.Author `json:"by"`
	At          time.Time           `json:"at"`
	ConfirmedBy deliberation.Author `json:"confirmed_by,omitzero"`
	ConfirmedAt time.Time           `json:"confirmed_at,omitzero"`
}

// Confirmed reports whether a second person has agreed. Before that it is the desk's draft and shown to nobody else.
func (o *Override) Confirmed() bool { return o != nil && !o.ConfirmedAt.IsZero() }

// public returns it once it is confirmed.
func (o *Override) public() *Override {
	if !o.Confirmed() {
		return nil
	}
	return o
}

// Overruling is the data of poll.overridden.
type Overruling struct {
	About
	Says   string `json:"says"`
	Reason string `json:"reason"`
	// Hash is that of the computed result, which stands beside it.
	Hash string `json:"hash"`
}

// Overrule proposes an override.
type Overrule struct {
	Poll         ID
	ID           string // the form's token
	Says, Reason string
}

var (
	errSays          = fault.New(fault.Invalid, "poll.override_empty").On("says")
	errOverridden    = fault.New(fault.Conflict, "poll.overridden_already")
	errNoOverride    = fault.New(fault.NotFound, "poll.no_override")
	errOverridesSelf = fault.New(fault.Denied, "poll.override_second_person")
)

// OverrideResult proposes that something else holds than what was counted. It takes effect when a second person confirms it.
func (s *Service) OverrideResult(ctx context.Context, actor identity.Actor, cmd Overrule) (Poll, error) {
	says, err1 := written.Line("says", cmd.Says, MaxReason)
	why, err2 := written.Reason(cmd.Reason, MaxReason)
	if err := deliberation.Joined(err1, err2, deliberation.CheckToken(cmd.ID), fault.When(err1 == nil && says == "", errSays)); err != nil {
		return Poll{}, err
	}
	return s.polls.Step(ctx, actor, string(cmd.Poll), identity.HoldPoll, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if p.Override != nil && p.Override.ID == cmd.ID {
			return nil, docstore.ErrUnchanged
		}
		if err := p.may(moveOverride); err != nil {
			return nil, err
		}
		if p.Override.Confirmed() {
			return nil, errOverridden
		}
		p.Override = &Override{ID: cmd.ID, Says: says, Reason: why, By: by, At: now}
		return []docstore.Fact{fact(PollOverriding, string(by.Account), now, p.about())}, nil
	})
}

// ConfirmOverride makes an override hold, as a second person.
func (s *Service) ConfirmOverride(ctx context.Context, actor identity.Actor, id ID) (Poll, error) {
	return s.polls.Step(ctx, actor, string(id), identity.HoldPoll, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		switch {
		case p.Override == nil:
			return nil, errNoOverride
		case p.Override.Confirmed():
			return nil, docstore.ErrUnchanged
		case p.Override.By.Account == by.Account:
			return nil, errOverridesSelf
		}
		o := *p.Override
		o.ConfirmedBy, o.ConfirmedAt = by, now
		p.Override = &o
		p.note(PollOverridden, by, o.Reason, now)
		return []docstore.Fact{fact(PollOverridden, string(by.Account), now, Overruling{p.about(), o.Says, o.Reason, p.Closing.ResultHash})}, nil
	})
}
