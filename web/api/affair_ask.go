package api

import "jushou/deliberation/disclosure"

// NewAffairQuestion is a question on its way.
type NewAffairQuestion struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text" doc:"At most 300 characters."`
}

// askAffair puts a question under an item, with the date by which it is answered.
func (a *Actions) askAffair(c *Call, in NewAffairQuestion) (AffairQuestion, error) {
	q, err := a.Affairs.AskQuestion(c.Context(), c.Actor, disclosure.AskQuestion{
		ID: disclosure.QuestionID(c.token(in.ID)), Item: affairOf(c), Text: in.Text,
	})
	return showAffairQuestion(q, c.Now), err
}

// NewAffairReply is an answer on its way.
type NewAffairReply struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text" doc:"At most 1000 characters."`
}

// answerAffair answers in public. The first answer meets the promise.
func (a *Actions) answerAffair(c *Call, in NewAffairReply) (AffairQuestion, error) {
	q, err := a.Affairs.AnswerQuestion(c.Context(), c.Actor, disclosure.AnswerQuestion{
		ID: c.token(in.ID), Question: disclosure.QuestionID(c.Param("question")), Text: in.Text,
	})
	return showAffairQuestion(q, c.Now), err
}
