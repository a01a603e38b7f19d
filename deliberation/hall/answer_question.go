package hall

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// AnswerQuestion is the reply to a question.
type AnswerQuestion struct {
	ID       string // the form's token
	Question QuestionID
	Body     string
}

// AnswerQuestion answers as one of the day's named people, or as who may hold the hall. A question has one answer; of two
// at once the first stays and the other is told.
func (s *Service) AnswerQuestion(ctx context.Context, actor identity.Actor, cmd AnswerQuestion) (Question, error) {
	q, d, err := s.question(ctx, actor, cmd.Question, identity.AnswerHall)
	if err != nil {
		return Question{}, err
	}
	if !d.Answers(actor.ID) && identity.Can(actor, identity.HoldHall, d.Place()) != nil {
		return Question{}, errNotAnswerer
	}
	body, err := written.Text("body", cmd.Body, MaxAnswer)
	if err := deliberation.Joined(err, fault.When(body == "", errAnswerEmpty), deliberation.CheckToken(cmd.ID)); err != nil {
		return Question{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, d.Place())
	if err != nil {
		return Question{}, err
	}
	if by.Title == "" {
		by.Name, by.Title = named(d, actor, by.Name)
	}
	now := s.Now()
	if err := d.mayAnswer(now); err != nil {
		return Question{}, err
	}
	return s.questions.Update(ctx, string(q.ID), func(q *Question) ([]docstore.Fact, error) {
		if a := q.Answer; a != nil {
			if a.ID == cmd.ID {
				return nil, docstore.ErrUnchanged // the same form again
			}
			return nil, errAnswered
		}
		q.Answer = &Answer{ID: cmd.ID, Body: body, By: by, At: now}
		return []docstore.Fact{fact(QuestionTold, actor.ID, now, QuestionAnswered{
			AboutDay: d.about(), Question: q.ID, By: q.Author.Account, ByName: by.Name, ByTitle: by.Title, Excerpt: excerpt(body),
		})}, nil
	})
}

// named is how the day announced the one who answers: a partner whose grant is for another board is known by it.
func named(d Day, actor identity.Actor, name string) (string, string) {
	for _, a := range d.Answerers {
		if a.Account == actor.ID {
			return a.Name, a.Title
		}
	}
	return name, ""
}

// HideQuestion takes a question out of sight, or shows it again.
type HideQuestion struct {
	Question QuestionID
	Hide     bool
	Reason   string // needed to hide; shown in its place
}

// HideQuestion moderates a question. Doing it twice changes nothing.
func (s *Service) HideQuestion(ctx context.Context, actor identity.Actor, cmd HideQuestion) (Question, error) {
	reason, err := deliberation.NewReason(cmd.Reason)
	if err := deliberation.Joined(err, fault.When(cmd.Hide && reason == "", errReasonNeeded)); err != nil {
		return Question{}, err
	}
	_, d, err := s.question(ctx, actor, cmd.Question, identity.HoldHall)
	if err != nil {
		return Question{}, err
	}
	now := s.Now()
	return s.questions.Update(ctx, string(cmd.Question), func(q *Question) ([]docstore.Fact, error) {
		if q.Hidden == cmd.Hide && q.ModeratedBy != "" {
			return nil, docstore.ErrUnchanged
		}
		q.turn(cmd.Hide, reason, actor.ID, now)
		what := QuestionShown
		if cmd.Hide {
			what = QuestionHidden
		}
		told := q.step(d)
		told.Reason = reason
		return []docstore.Fact{fact(what, actor.ID, now, told)}, nil
	})
}
