package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
)

// Feed is one page of a community's topics.
type Feed struct {
	Page[TopicCard]
	PublicOnly bool `json:"public_only" doc:"Only public notices are shown, because the reader is no member here."`
}

// listTopics lists a community's topics, newest first.
func (a *Actions) listTopics(c *Call) (Feed, error) {
	found, err := a.Topics.Feed(c.Context(), c.Actor, community.ID(c.Param("community")), deliberation.BoardKey(c.Query("board")), c.after())
	if err != nil {
		return Feed{}, err
	}
	return showFeed(found), nil
}

func showFeed(p deliberation.TopicPage) Feed {
	return Feed{Page: pageOf(p.Items, p.Next, showCard), PublicOnly: p.PublicOnly}
}
