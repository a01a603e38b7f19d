package hall

import (
	"context"
	"errors"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// AskQuestion is what somebody asks on a day.
type AskQuestion struct {
	ID   QuestionID // the form's token
	Day  DayID
	Body string
}

// AskQuestion puts a question into the day's queue, which is in the order of asking. It is taken within the window only.
func (s *Service) AskQuestion(ctx context.Context, actor identity.Actor, cmd AskQuestion) (Question, error) {
	d, author, err := s.days.For(ctx, actor, string(cmd.Day), identity.SpeakHall)
	if err != nil {
		return Question{}, err
	}
	body := deliberation.Clean(cmd.Body)
	if err := deliberation.Joined(fault.When(body == "", errAskEmpty), deliberation.Within(body, MaxAsk, errAskLong), deliberation.CheckToken(string(cmd.ID))); err != nil {
		return Question{}, err
	}
	first, _, err := s.questions.Get(ctx, string(cmd.ID))
	if err == nil {
		return first, fault.When(first.Author.Account != actor.ID || first.Day != d.ID || first.Body != body, errTaken.With("question", cmd.ID))
	}
	if !errors.Is(err, docstore.ErrNotFound) {
		return Question{}, err
	}
	own, err := s.questions.Count(ctx, docstore.Query{Index: byOwn, Equal: []any{string(d.ID) + "/" + string(actor.ID)}}, MaxAsked)
	if err := deliberation.Joined(err, fault.When(own >= MaxAsked, errAskedEnough.With("max", MaxAsked))); err != nil {
		return Question{}, err
	}
	q := Question{ID: cmd.ID, Day: d.ID, Community: d.Community, Author: author, Body: body, CreatedAt: s.Now(), Veil: screened(s.screen(actor, d.Place(), body))}
	if err := d.mayAsk(q.CreatedAt); err != nil {
		return Question{}, err
	}
	return s.questions.Add(ctx, string(q.ID), q, fact(QuestionAsked, actor.ID, q.CreatedAt, q.step(d))) // there: the same form twice at once
}

// JoinQuestion says that the actor asks the same, or takes that back; once a person. The queue keeps its order.
func (s *Service) JoinQuestion(ctx context.Context, actor identity.Actor, id QuestionID, on bool) error {
	q, d, err := s.question(ctx, actor, id, identity.SpeakHall)
	if err != nil {
		return err
	}
	now := s.Now()
	if err := d.mayAsk(now); err != nil {
		return err
	}
	if q.Author.Account == actor.ID {
		return errOwn
	}
	if q.Hidden {
		return errNoQuestion.With("question", id)
	}
	j := join{Question: q.ID, Day: d.ID, Community: d.Community, Account: actor.ID, At: now}
	told := fact(QuestionJoined, actor.ID, now, QuestionStep{AboutDay: d.about(), Question: q.ID, By: actor.ID})
	return mark(ctx, s.joins, joinKey(q.ID, actor.ID), j, on, told)
}

// question returns a question with its day, if the actor may do the verb there.
func (s *Service) question(ctx context.Context, actor identity.Actor, id QuestionID, verb identity.Verb) (Question, Day, error) {
	q, _, err := s.questions.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return q, Day{}, errNoQuestion.With("question", id)
	}
	if err != nil {
		return q, Day{}, err
	}
	d, err := s.days.May(ctx, actor, string(q.Day), verb)
	if err != nil {
		return Question{}, Day{}, err
	}
	return q, d, nil
}

func (s *Service) countJoins(ctx context.Context, e docstore.Event) error {
	data, err := deliberation.Decode[QuestionStep](e)
	if err != nil {
		return err
	}
	seq, n, err := counted(ctx, s.Store, string(data.Community), e, func() (int, error) {
		return s.joins.Count(ctx, docstore.Query{Index: byQuestion, Equal: []any{string(data.Question)}}, maxSupports)
	})
	if err != nil {
		return fmt.Errorf("count who asks the same: %w", err)
	}
	now := s.Now()
	_, err = s.questions.Update(ctx, string(data.Question), func(q *Question) ([]docstore.Fact, error) {
		if seq <= q.JoinedSeq {
			return nil, docstore.ErrUnchanged
		}
		q.Joined, q.JoinedSeq = n, seq
		return []docstore.Fact{{Type: ArgumentCounted, Actor: counting.Ref(), At: now}}, nil
	})
	return err
}
