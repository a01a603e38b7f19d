package api

import (
	"jushou/deliberation/hall"
	"jushou/internal/identity"
)

// NewDay announces a day of questions.
type NewDay struct {
	ID        string               `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Title     string               `json:"title"`
	Intro     string               `json:"intro,omitempty"`
	From      string               `json:"from" format:"date-time"`
	To        string               `json:"to" format:"date-time"`
	Answerers []identity.AccountID `json:"answerers" doc:"Accounts of those who answer."`
}

// announceDay announces a day.
func (a *Actions) announceDay(c *Call, in NewDay) (HallDay, error) {
	from, err := parseInstant("from", in.From)
	if err != nil {
		return HallDay{}, err
	}
	to, err := parseInstant("to", in.To)
	if err != nil {
		return HallDay{}, err
	}
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return HallDay{}, err
	}
	names, err := a.People.Names(c.Context(), in.Answerers)
	if err != nil {
		return HallDay{}, err
	}
	var who []hall.Answerer
	for _, id := range in.Answerers {
		if n, ok := names[id]; ok {
			name, title := n.At(identity.At(node))
			who = append(who, hall.Answerer{Account: id, Name: name, Title: title})
		}
	}
	d, err := a.Halls.AnnounceDay(c.Context(), c.Actor, hall.AnnounceDay{
		ID: hall.DayID(c.token(in.ID)), Community: nodeOf(c), Title: in.Title, Intro: in.Intro, From: from, To: to, Answerers: who,
	})
	return a.dayAfter(c, d, err)
}

// dayAfter shows a day after a step.
func (a *Actions) dayAfter(c *Call, d hall.Day, err error) (HallDay, error) {
	if err != nil {
		return HallDay{}, err
	}
	seen, err := a.Halls.Day(c.Context(), c.Actor, d.ID)
	return showDay(seen), err
}

// DaySummary closes a day.
type DaySummary struct {
	Summary  string `json:"summary"`
	Promised string `json:"promised,omitempty" format:"date-time" doc:"Until when the questions that are left are answered."`
}

// closeDay sums a day up.
func (a *Actions) closeDay(c *Call, in DaySummary) (HallDay, error) {
	promised, err := optionalInstant("promised", in.Promised)
	if err != nil {
		return HallDay{}, err
	}
	d, err := a.Halls.CloseDay(c.Context(), c.Actor, hall.CloseDay{Day: hall.DayID(c.Param("day")), Summary: in.Summary, Promised: promised})
	return a.dayAfter(c, d, err)
}

// cancelDay calls a day off.
func (a *Actions) cancelDay(c *Call, in Because) (HallDay, error) {
	d, err := a.Halls.CancelDay(c.Context(), c.Actor, hall.DayID(c.Param("day")), in.Reason)
	return a.dayAfter(c, d, err)
}

// NewAnswerText is the reply to a question.
type NewAnswerText struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Body string `json:"body"`
}

// answerQuestion answers a question of a day.
func (a *Actions) answerQuestion(c *Call, in NewAnswerText) (HallQuestion, error) {
	q, err := a.Halls.AnswerQuestion(c.Context(), c.Actor, hall.AnswerQuestion{ID: c.token(in.ID), Question: hall.QuestionID(c.Param("question")), Body: in.Body})
	return showQuestion(hall.QuestionView{Question: q, Others: q.Joined}), err
}

// hideQuestion moderates a question.
func (a *Actions) hideQuestion(c *Call, in Veil) (nothing, error) {
	_, err := a.Halls.HideQuestion(c.Context(), c.Actor, hall.HideQuestion{Question: hall.QuestionID(c.Param("question")), Hide: in.Hide, Reason: in.Reason})
	return nothing{}, err
}
