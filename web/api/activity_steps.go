package api

import (
	"jushou/deliberation"
	"jushou/projects/activity"
)

// NewSeat is a wish to come.
type NewSeat struct {
	ID      string `json:"id,omitempty" doc:"Made by the client; the same once more changes nothing."`
	Persons int    `json:"persons" doc:"The whole family, at most five."`
}

// signUp gives the caller a seat, or a place on the waiting list.
func (a *Actions) signUp(c *Call, in NewSeat) (Activity, error) {
	x, err := a.Activities.SignUp(c.Context(), c.Actor, activity.SignUp{Activity: activityOf(c), Token: c.token(in.ID), Persons: in.Persons})
	return a.held(c, x, err)
}

// leaveActivity gives it back.
func (a *Actions) leaveActivity(c *Call) (Activity, error) {
	x, err := a.Activities.Leave(c.Context(), c.Actor, activityOf(c))
	return a.held(c, x, err)
}

// HostQuestion is a question to the host.
type HostQuestion struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text" doc:"At most 300 characters."`
}

// askHost asks the host something.
func (a *Actions) askHost(c *Call, in HostQuestion) (Page[ActivityQuestion], error) {
	if err := a.Activities.AskHost(c.Context(), c.Actor, activityOf(c), c.token(in.ID), in.Text); err != nil {
		return Page[ActivityQuestion]{}, err
	}
	return a.activityQuestions(c)
}

// HostWords are words of the host.
type HostWords struct {
	Text string `json:"text" doc:"At most 300 characters; a message has no telephone number in it."`
}

// answerAsker answers a question.
func (a *Actions) answerAsker(c *Call, in HostWords) (Page[ActivityQuestion], error) {
	if err := a.Activities.AnswerAsker(c.Context(), c.Actor, activityOf(c), c.Param("question"), in.Text); err != nil {
		return Page[ActivityQuestion]{}, err
	}
	return a.activityQuestions(c)
}

// sayToAll tells everybody who signed up something.
func (a *Actions) sayToAll(c *Call, in HostWords) (Activity, error) {
	x, err := a.Activities.SayToAll(c.Context(), c.Actor, activityOf(c), in.Text)
	return a.held(c, x, err)
}

// ActivityTurnout is who came.
type ActivityTurnout struct {
	Came    []SeatCame `json:"came,omitempty" doc:"A seat that is not named came with nobody."`
	WalkIns int        `json:"walk_ins,omitempty" doc:"Persons who had not signed up."`
}

// SeatCame is how many persons came under a seat.
type SeatCame struct {
	Seat    int `json:"seat"`
	Persons int `json:"persons"`
}

// noteTurnout writes down who came.
func (a *Actions) noteTurnout(c *Call, in ActivityTurnout) (Activity, error) {
	cmd := activity.NoteTurnout{ID: activityOf(c), Came: map[int]int{}, WalkIns: in.WalkIns}
	for _, s := range in.Came {
		cmd.Came[s.Seat] = s.Persons
	}
	x, err := a.Activities.NoteTurnout(c.Context(), c.Actor, cmd)
	return a.held(c, x, err)
}

// NewRecap is what the host tells afterwards.
type NewRecap struct {
	Text   string                 `json:"text" doc:"At most 2000 characters, without telephone numbers."`
	Photos []deliberation.PhotoID `json:"photos,omitempty" doc:"Ids of uploaded photos."`
}

// tellRecap writes it; once more replaces it.
func (a *Actions) tellRecap(c *Call, in NewRecap) (Activity, error) {
	x, err := a.Activities.TellRecap(c.Context(), c.Actor, activityOf(c), in.Text, in.Photos)
	return a.held(c, x, err)
}

// cancelActivity calls an activity off.
func (a *Actions) cancelActivity(c *Call, in Because) (Activity, error) {
	x, err := a.Activities.CancelActivity(c.Context(), c.Actor, activityOf(c), in.Reason)
	return a.held(c, x, err)
}
