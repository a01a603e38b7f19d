package api

import (
	"errors"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
)

// errPostOffer names the action that takes what was meant for 左邻右舍.
var errPostOffer = fault.New(fault.Invalid, "api.post_offer").On("board")

// NewTopic is a topic on its way.
type NewTopic struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client, 20 characters as internal/ids writes them; else the Idempotency-Key gives it."`
	Board  deliberation.BoardKey  `json:"board" doc:"What neighbours have or need is no topic: postOffer takes it."`
	Kind   deliberation.Kind      `json:"kind,omitempty" doc:"Left out for the board's default."`
	Title  string                 `json:"title,omitempty" doc:"At most 40 characters; left out, the body's first line makes one."`
	Body   string                 `json:"body" doc:"At most 2000 characters."`
	Photos []deliberation.PhotoID `json:"photos,omitempty" doc:"Ids of uploaded photos, at most nine."`
}

// postTopic publishes a topic, or holds it if the word list finds something.
func (a *Actions) postTopic(c *Call, in NewTopic) (Topic, error) {
	t, err := a.Topics.PostTopic(c.Context(), c.Actor, deliberation.PostTopic{
		ID: deliberation.TopicID(c.token(in.ID)), Community: community.ID(c.Param("community")), Board: in.Board, Kind: in.Kind,
		Title: in.Title, Body: in.Body, Photos: in.Photos, Via: deliberation.ViaH5,
	})
	if errors.Is(err, deliberation.ErrOwnRoom) {
		err = errPostOffer.With("action", "postOffer").With("path", Prefix+"/communities/"+c.Param("community")+"/offers").Because(err)
	}
	return a.changed(c, t, err)
}
