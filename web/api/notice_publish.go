package api

import (
	"jushou/deliberation"
	"jushou/deliberation/bulletin"
)

// NewNotice is an official notice on its way.
type NewNotice struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Board  deliberation.BoardKey  `json:"board,omitempty" doc:"Left out for the notice board."`
	Title  string                 `json:"title"`
	Body   string                 `json:"body"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
}

// publishNotice writes a notice for everybody and sends it on its way. Where a second person looks first, the topic that
// is answered is held until then; it can be read under its id when the notice is approved.
func (a *Actions) publishNotice(c *Call, in NewNotice) (Topic, error) {
	b, err := a.Bulletins.WriteBulletin(c.Context(), c.Actor, bulletin.Write{
		ID: bulletin.ID(c.token(in.ID)), Node: nodeOf(c), Board: in.Board, Title: in.Title, Body: in.Body, Photos: in.Photos,
	})
	if err == nil {
		b, err = a.Bulletins.SubmitBulletin(c.Context(), c.Actor, b.ID)
	}
	if err != nil {
		return Topic{}, err
	}
	t := deliberation.Topic{
		ID: b.ID.Topic(), Community: b.Node, Path: b.Path, Board: b.Board, Kind: deliberation.KindNotice, Via: deliberation.ViaBulletin, Author: b.Author,
		Title: b.Title, Body: b.Body, Photos: b.Photos, Status: deliberation.Held, CreatedAt: b.CreatedAt, LastActivity: b.CreatedAt,
	}
	if b.Status == bulletin.Published {
		t.Status = deliberation.Open
	}
	return a.changed(c, t, nil)
}
