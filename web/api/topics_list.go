package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/url"
	"strings"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
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

// neighboursTopics answers listTopics with bytes that are the same for all residents of the community who hold no role
// and stand behind none of the topics; for others it answers nothing and reports false.
func (a *Actions) neighboursTopics(c *Call) (bool, error) {
	in := community.ID(c.Param("community"))
	if !c.Actor.Resides(in) || len(c.Actor.Grants) > 0 {
		return false, nil
	}
	board, after := deliberation.BoardKey(c.Query("board")), c.after()
	key := "api/topics/" + url.QueryEscape(string(board)) + "/" + string(after)
	neighbour := identity.Actor{ID: "neighbour", Memberships: []identity.Membership{{Community: in, Status: identity.MemberVerified}}}
	kept, err := c.Kept(string(in), key, func(ctx context.Context, w io.Writer) error {
		found, err := a.Topics.Feed(ctx, neighbour, in, board, after)
		if err != nil {
			return err
		}
		return writeFeed(w, found)
	})
	if err != nil {
		return false, err
	}
	// The first line lists who stands behind the topics, each between commas.
	whose, body, _ := bytes.Cut(kept, []byte("\n"))
	if bytes.Contains(whose, []byte(","+string(c.Actor.ID)+",")) {
		return false, nil
	}
	return true, c.JSONBytes(c.action.Status, body)
}

func writeFeed(w io.Writer, p deliberation.TopicPage) error {
	line := ","
	for _, id := range p.Whose {
		line += string(id) + ","
	}
	if _, err := io.Copy(w, strings.NewReader(line+"\n")); err != nil {
		return err
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(showFeed(p))
}
