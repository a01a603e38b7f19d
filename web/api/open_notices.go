package api

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// openNotices lists the public notices of a community as anybody sees them, whoever asks.
func (a *Actions) openNotices(c *Call) (Page[TopicCard], error) {
	found, err := a.Topics.Feed(c.Context(), identity.Actor{}, community.ID(c.Param("community")), "", c.after())
	if err != nil {
		return Page[TopicCard]{}, err
	}
	return pageOf(found.Items, found.Next, showCard), nil
}
