package activity

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Asking is a question to the host, read by the two and the desk. It is how people reach each other here: nobody's telephone number
// is shown.
type Asking struct {
	ID         string              `json:"id"` // the form's token
	Activity   ID                  `json:"activity"`
	Community  community.ID        `json:"community"`
	By         deliberation.Author `json:"by"`
	Text       string              `json:"text"`
	At         time.Time           `json:"at"`
	Answer     string              `json:"answer,omitempty"`
	AnsweredAt time.Time           `json:"answered_at,omitzero"`
}

// MaxAsked is how many questions one person asks about one activity.
const MaxAsked = 5

var (
	errNoText     = fault.New(fault.Invalid, "activity.no_text").On("text")
	errAskedMuch  = fault.New(fault.Conflict, "activity.asked_enough")
	errNoQuestion = fault.New(fault.NotFound, "activity.no_question")
)

func askerKey(a ID, who identity.AccountID) string { return string(a) + "/" + string(who) }

// AskHost asks the host of a published activity something.
func (s *Service) AskHost(ctx context.Context, actor identity.Actor, id ID, token, words string) error {
	a, by, err := s.activities.For(ctx, actor, string(id), identity.JoinActivity)
	if err != nil {
		return err
	}
	words, err = written.Text("text", words, MaxWords)
	if err := deliberation.Joined(err, deliberation.CheckToken(token), fault.When(words == "", errNoText), fault.When(a.Led(actor.ID), errHostsOwn),
		fault.When(a.PublishedAt.IsZero(), errState), s.screened(actor, a.Place(), "text", words)); err != nil {
		return err
	}
	n, err := s.questions.Count(ctx, docstore.Query{Index: byAsker, Equal: []any{askerKey(id, actor.ID)}}, MaxAsked)
	if err != nil {
		return err
	}
	if n >= MaxAsked {
		if old, _, err := s.questions.Get(ctx, token); err == nil && old.By.Account == actor.ID {
			return nil // the last of them, sent twice
		}
		return errAskedMuch.With("max", MaxAsked)
	}
	now := s.Now()
	q := Asking{ID: token, Activity: id, Community: a.Community, By: by, Text: words, At: now}
	told := a.toldOf(Question, by, now, actor.ID)
	first, err := s.questions.Add(ctx, token, q, told)
	return errors.Join(err, fault.When(err == nil && first.By.Account != actor.ID, errTaken))
}

// AnswerAsker answers a question, as the host.
func (s *Service) AnswerAsker(ctx context.Context, actor identity.Actor, id ID, question, words string) error {
	a, by, err := s.activities.For(ctx, actor, string(id), identity.HostActivity)
	if err != nil {
		return err
	}
	if !a.Led(actor.ID) {
		return errNotYours
	}
	words, err = written.Text("text", words, MaxWords)
	if err := deliberation.Joined(err, fault.When(words == "", errNoText), s.screened(actor, a.Place(), "text", words)); err != nil {
		return err
	}
	now := s.Now()
	_, err = s.questions.Update(ctx, question, func(q *Asking) ([]docstore.Fact, error) {
		if q.Activity != id {
			return nil, errNoQuestion
		}
		if q.Answer == words {
			return nil, docstore.ErrUnchanged
		}
		q.Answer, q.AnsweredAt = words, now
		return []docstore.Fact{a.toldOf(Answered, by, now, q.By.Account)}, nil
	})
	if errors.Is(err, docstore.ErrNotFound) || fault.CodeOf(err) == "store.bad_key" {
		return errNoQuestion
	}
	return err
}
