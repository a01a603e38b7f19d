package api

import (
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
)

// NewOption is one more possible answer.
type NewOption struct {
	ID     string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text   string `json:"text"`
	Detail string `json:"detail,omitempty"`
}

// proposeOption adds an option; a resident's waits for the facilitator.
func (a *Actions) proposeOption(c *Call, in NewOption) (Hall, error) {
	s, err := a.Halls.ProposeOption(c.Context(), c.Actor, hall.ProposeOption{ID: c.token(in.ID), Session: hallOf(c), Text: in.Text, Detail: in.Detail})
	return a.tended(c, s, err)
}

// NewArgument is a reason for or against an option.
type NewArgument struct {
	ID   string    `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Side hall.Side `json:"side"`
	Body string    `json:"body" doc:"At most 500 characters."`
}

// argue adds an argument.
func (a *Actions) argue(c *Call, in NewArgument) (HallArgument, error) {
	made, err := a.Halls.Argue(c.Context(), c.Actor, hall.Argue{
		ID: hall.ArgumentID(c.token(in.ID)), Session: hallOf(c), Option: c.Param("option"), Side: in.Side, Body: in.Body,
	})
	if err != nil {
		return HallArgument{}, err
	}
	s, err := a.Halls.Session(c.Context(), c.Actor, made.Session)
	return showArgument(hall.ArgumentView{Argument: made, Round: s.RoundAt(made.CreatedAt), Mine: true}), err
}

// supportArgument says that an argument speaks for the caller too, once a person.
func (a *Actions) supportArgument(c *Call) (nothing, error) {
	return nothing{}, a.Halls.SupportArgument(c.Context(), c.Actor, hall.ArgumentID(c.Param("argument")), true)
}

// unsupportArgument takes that back.
func (a *Actions) unsupportArgument(c *Call) (nothing, error) {
	return nothing{}, a.Halls.SupportArgument(c.Context(), c.Actor, hall.ArgumentID(c.Param("argument")), false)
}

// NewQuestion is what somebody asks on a day.
type NewQuestion struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Body string `json:"body" doc:"At most 300 characters."`
}

// askQuestion puts a question into the queue of a day.
func (a *Actions) askQuestion(c *Call, in NewQuestion) (HallQuestion, error) {
	q, err := a.Halls.AskQuestion(c.Context(), c.Actor, hall.AskQuestion{ID: hall.QuestionID(c.token(in.ID)), Day: hall.DayID(c.Param("day")), Body: in.Body})
	return showQuestion(hall.QuestionView{Question: q, Mine: true}), err
}

// joinQuestion says that the caller asks the same, once a person.
func (a *Actions) joinQuestion(c *Call) (nothing, error) {
	return nothing{}, a.Halls.JoinQuestion(c.Context(), c.Actor, hall.QuestionID(c.Param("question")), true)
}

// leaveQuestion takes that back.
func (a *Actions) leaveQuestion(c *Call) (nothing, error) {
	return nothing{}, a.Halls.JoinQuestion(c.Context(), c.Actor, hall.QuestionID(c.Param("question")), false)
}

// NewRemark is a word about a clause, or about the whole.
type NewRemark struct {
	ID     string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Clause string `json:"clause,omitempty" doc:"The clause's id; left out for the whole."`
	Body   string `json:"body" doc:"At most 500 characters."`
}

// commentClause adds a comment while the edition is open for them.
func (a *Actions) commentClause(c *Call, in NewRemark) (CovenantComment, error) {
	made, err := a.Covenants.CommentClause(c.Context(), c.Actor, covenant.CommentClause{
		ID: covenant.CommentID(c.token(in.ID)), Covenant: covenant.ID(c.Param("covenant")), Edition: numberOf(c, "edition"), Clause: in.Clause, Body: in.Body,
	})
	return showRemark(made), err
}
