package poll

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Object is what somebody says is wrong with a roll.
type Object struct {
	Poll ID
	ID   string // the form's token
	Text string
}

var errObjectionEmpty = fault.New(fault.Invalid, "poll.objection_empty").On("text")

// ObjectToRoll lets a resident say that somebody is missing from the roll, or should not be on it. Whoever is not on it may object too.
func (s *Service) ObjectToRoll(ctx context.Context, actor identity.Actor, cmd Object) (Poll, error) {
	said, err := written.Text("text", cmd.Text, MaxObjection)
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.ID), fault.When(err == nil && said == "", errObjectionEmpty)); err != nil {
		return Poll{}, err
	}
	return s.polls.Step(ctx, actor, string(cmd.Poll), identity.CastBallot, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Object(cmd.ID, said, by, now)
	})
}

// AnswerRoll is what was found about an objection.
type AnswerRoll struct {
	Poll      ID
	Objection string
	Answer    string
	Upheld    bool
}

var errAnswerEmpty = fault.New(fault.Invalid, "poll.answer_empty").On("answer")

// AnswerObjection answers one; the roll itself is corrected by AddSeat and RemoveSeat.
func (s *Service) AnswerObjection(ctx context.Context, actor identity.Actor, cmd AnswerRoll) (Poll, error) {
	answer, err := written.Text("answer", cmd.Answer, MaxObjection)
	if err := deliberation.Joined(err, fault.When(err == nil && answer == "", errAnswerEmpty)); err != nil {
		return Poll{}, err
	}
	return s.step(ctx, actor, cmd.Poll, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.AnswerObjection(cmd.Objection, answer, cmd.Upheld, by, now)
	})
}
