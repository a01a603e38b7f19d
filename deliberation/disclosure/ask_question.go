package disclosure

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// AskQuestion is what a resident wants to know about a published item.
type AskQuestion struct {
	ID   QuestionID // the form's token
	Item ItemID
	Text string
}

// AskQuestion puts a question under an item, with the date by which it is answered. The same form sent again returns
// the question it made.
func (s *Service) AskQuestion(ctx context.Context, actor identity.Actor, cmd AskQuestion) (Question, error) {
	i, by, err := s.items.For(ctx, actor, string(cmd.Item), identity.AskAffairs)
	if err != nil {
		return Question{}, err
	}
	current, ok := i.Current()
	if !ok {
		return Question{}, ErrNotFound
	}
	text, err := s.words(cmd.Text)
	if err := deliberation.Joined(err, deliberation.CheckToken(string(cmd.ID))); err != nil {
		return Question{}, err
	}
	q := Question{
		ID: cmd.ID, Item: i.ID, Version: current.N, Title: current.Content.Title, Community: i.Community, Path: i.Path,
		By: by, Text: text, At: s.Now(),
	}
	if q.Clock, err = deadline.Start(policy(DefaultDays), Answering, s.Calendar, q.At); errors.Is(err, calendar.ErrBeyond) {
		s.logBeyond("question "+string(q.ID), err)
	} else if err != nil {
		return Question{}, err
	}
	news := q.news()
	news.By, news.ByName, news.To, news.DueAt = by.Account, by.Name, current.EnteredBy.Account, q.Clock.DueAt
	first, err := s.questions.Add(ctx, string(q.ID), q, fact(QuestionAsked, actor, q.At, news))
	if err == nil && (first.Item != q.Item || first.By.Account != q.By.Account || first.Text != q.Text) {
		return Question{}, ErrTaken
	}
	return first, err
}

// words cleans a question and refuses what the word list knows: nobody looks it over before others read it.
func (s *Service) words(text string) (string, error) {
	text = deliberation.Clean(text)
	if err := deliberation.Joined(fault.When(text == "", errNoQuestion), deliberation.Within(text, MaxQuestion, errQuestion)); err != nil {
		return "", err
	}
	if len(s.Screener.Screen(text)) > 0 {
		return "", errWords
	}
	return text, nil
}

// AnswerQuestion is staff's answer.
type AnswerQuestion struct {
	ID       string // the form's token
	Question QuestionID
	Text     string
}

// AnswerQuestion answers in public. The first answer meets the promise.
func (s *Service) AnswerQuestion(ctx context.Context, actor identity.Actor, cmd AnswerQuestion) (Question, error) {
	q, err := s.questions.Read(ctx, actor, string(cmd.Question))
	if err != nil {
		return Question{}, err
	}
	_, by, err := s.items.For(ctx, actor, string(q.Item), identity.EnterAffairs)
	if err != nil {
		return Question{}, err
	}
	text := deliberation.Clean(cmd.Text)
	if err := deliberation.Joined(fault.When(text == "", errNoReply), deliberation.Within(text, MaxReply, errReply), deliberation.CheckToken(cmd.ID)); err != nil {
		return Question{}, err
	}
	r := Reply{ID: cmd.ID, By: by, Text: text, At: s.Now()}
	return s.questions.Update(ctx, string(q.ID), func(q *Question) ([]docstore.Fact, error) { return q.Reply(r, actor) })
}

// ForgetAsker takes a deleted account out of its questions. It is a relay's handler.
func (s *Service) ForgetAsker(ctx context.Context, e docstore.Event) error {
	who := identity.AccountID(e.Doc.ID)
	for {
		mine, _, err := s.questions.Find(ctx, docstore.Query{Index: byAsker, Equal: []any{string(who)}, Limit: listPage})
		if err != nil || len(mine) == 0 {
			return err
		}
		for _, q := range mine {
			_, err := s.questions.Update(ctx, string(q.ID), func(q *Question) ([]docstore.Fact, error) { return q.forget(who, e.At) })
			if err != nil {
				return err
			}
		}
	}
}
