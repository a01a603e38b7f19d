package api

import (
	"jushou/deliberation"
	"jushou/internal/calendar"
)

// MoreTime asks for a later day.
type MoreTime struct {
	To     string `json:"to" doc:"The day by whose business hours it will be done, for example 2026-11-21."`
	Reason string `json:"reason" doc:"At most 200 characters, for everybody to read."`
}

// askExtension asks for a later day to resolve a topic.
func (a *Actions) askExtension(c *Call, in MoreTime) (Topic, error) {
	to, err := calendar.ParseDate(in.To)
	if err != nil {
		return Topic{}, errTime.On("to").With("field", "to").Because(err)
	}
	t, err := a.Topics.AskExtension(c.Context(), c.Actor, deliberation.AskExtension{Topic: topicOf(c), To: to, Reason: in.Reason})
	return a.changed(c, t, err)
}

// MoreTimeDecision grants or refuses it.
type MoreTimeDecision struct {
	Grant  bool   `json:"grant"`
	Reason string `json:"reason,omitempty" doc:"Needed to refuse; at most 200 characters."`
}

// decideExtension decides on a later day that somebody else asked for.
func (a *Actions) decideExtension(c *Call, in MoreTimeDecision) (Topic, error) {
	t, err := a.Topics.DecideExtension(c.Context(), c.Actor, deliberation.DecideExtension{Topic: topicOf(c), Grant: in.Grant, Reason: in.Reason})
	return a.changed(c, t, err)
}
