package api

import (
	"jushou/deliberation"
	"jushou/internal/identity"
)

// RoundTopic is a topic that a Round found.
type RoundTopic struct {
	Topic deliberation.TopicID `json:"topic"`
	Step  deliberation.Step    `json:"step"`
}

// Round is one sweep of a community's unanswered topics that found something.
type Round struct {
	At        Instant            `json:"at"`
	HeldAt    Instant            `json:"held_at" doc:"Later than at after an outage."`
	Listed    int                `json:"listed"`
	Secretary int                `json:"secretary"`
	Town      int                `json:"town"`
	Duty      identity.AccountID `json:"duty,omitempty"`
	Next      identity.AccountID `json:"next,omitempty"`
	Topics    []RoundTopic       `json:"topics" doc:"The first fifty."`
}

// listRounds lists the Rounds of a community that found something, the latest first.
func (a *Actions) listRounds(c *Call) (Page[Round], error) {
	found, next, err := a.Topics.Rounds(c.Context(), c.Actor, nodeOf(c), c.after())
	if err != nil {
		return Page[Round]{}, err
	}
	return pageOf(found, next, func(r deliberation.Round) Round {
		return Round{
			At: instant(r.At), HeldAt: instant(r.HeldAt), Listed: r.Listed, Secretary: r.Secretary, Town: r.ToTown, Duty: r.Duty, Next: r.Next,
			Topics: each(r.Topics, func(t deliberation.RoundTopic) RoundTopic { return RoundTopic(t) }),
		}
	}), nil
}
