package api

import "jushou/deliberation"

// HeldComment is a comment that waits for somebody to look at it.
type HeldComment struct {
	Comment
	Hits []string `json:"hits" doc:"What the word list found."`
}

// heldComments lists the comments that the word list hid and nobody has looked at, newest first.
func (a *Actions) heldComments(c *Call) (Page[HeldComment], error) {
	found, next, err := a.Topics.HeldComments(c.Context(), c.Actor, nodeOf(c), c.after())
	if err != nil {
		return Page[HeldComment]{}, err
	}
	return pageOf(found, next, func(m deliberation.Comment) HeldComment {
		return HeldComment{Comment: showComment(c)(m), Hits: append([]string{}, m.Hits...)}
	}), nil
}
