package api

import "jushou/deliberation"

// Relocation puts a topic on another board.
type Relocation struct {
	Board  deliberation.BoardKey `json:"board"`
	Reason string                `json:"reason" doc:"At most 200 characters, for everybody to read."`
}

// moveTopic puts a topic on another board. No clock is set anew.
func (a *Actions) moveTopic(c *Call, in Relocation) (Topic, error) {
	t, err := a.Topics.MoveTopic(c.Context(), c.Actor, deliberation.MoveTopic{Topic: topicOf(c), Board: in.Board, Reason: in.Reason})
	return a.changed(c, t, err)
}
