package hall

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Pages of lists.
const (
	DaysPage      = 20
	QuestionsPage = 30
)

// DayView is a day as one person may see it at an instant.
type DayView struct {
	Day
	Phase DayPhase
	// Asked and Left count its questions and those without an answer.
	Asked, Left int
	// Ask, Answer and Hold say what a page should offer. The use cases ask again.
	Ask, Answer, Hold bool
}

// QuestionView is a question as one person may see it.
type QuestionView struct {
	Question
	Mine bool
	// Others is how many neighbours ask the same; Joined is set when the reader is one of them.
	Others int
	Joined bool
}

func (s *Service) dayView(ctx context.Context, actor identity.Actor, d Day) (DayView, error) {
	v := DayView{Day: d, Phase: d.PhaseAt(s.Now())}
	v.Hold = identity.Can(actor, identity.HoldHall, d.Place()) == nil
	v.Ask = v.Phase == DayOpen && identity.Can(actor, identity.SpeakHall, d.Place()) == nil
	v.Answer = (v.Hold || d.Answers(actor.ID)) && v.Phase != DayComing && v.Phase != DayCalled
	var err error
	v.Asked, v.Left, err = s.tally(ctx, d.ID)
	return v, err
}

// Day returns a day.
func (s *Service) Day(ctx context.Context, actor identity.Actor, id DayID) (DayView, error) {
	d, err := s.days.Read(ctx, actor, string(id))
	if err != nil {
		return DayView{}, err
	}
	return s.dayView(ctx, actor, d)
}

// Days lists a community's days, the latest first.
func (s *Service) Days(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]DayView, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, errNotFound); err != nil {
		return nil, "", err
	}
	found, next, err := s.days.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: DaysPage, After: after})
	views := make([]DayView, 0, len(found))
	for _, d := range found {
		v, err := s.dayView(ctx, actor, d)
		if err != nil {
			return nil, "", err
		}
		views = append(views, v)
	}
	return views, next, err
}

// Questions returns a page of a day's questions in the order of asking; owed leaves out those with an answer.
func (s *Service) Questions(ctx context.Context, actor identity.Actor, id DayID, owed bool, after docstore.Cursor) ([]QuestionView, docstore.Cursor, error) {
	d, err := s.days.Read(ctx, actor, string(id))
	if err != nil {
		return nil, "", err
	}
	q := docstore.Query{Index: byDay, Equal: []any{string(id)}, Limit: QuestionsPage, After: after}
	if owed {
		q.Index = byOwed
	}
	found, next, err := s.questions.Find(ctx, q)
	if err != nil {
		return nil, "", err
	}
	keys := make([]string, len(found))
	for i, x := range found {
		keys[i] = joinKey(x.ID, actor.ID)
	}
	mine, err := s.joins.GetMany(ctx, keys)
	if err != nil {
		return nil, "", err
	}
	tends := d.Answers(actor.ID) || identity.Can(actor, identity.HoldHall, d.Place()) == nil
	views := make([]QuestionView, len(found))
	for i, x := range found {
		v := QuestionView{Question: x, Mine: actor.ID != "" && x.Author.Account == actor.ID, Others: x.Joined}
		v.Joined = mine[keys[i]].Account != ""
		v.Body, v.Veil = x.seenBy(x.Body, v.Mine, tends)
		views[i] = v
	}
	return views, next, nil
}
