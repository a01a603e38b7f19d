package api

import (
	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
)

// NewBulletin is a notice on its way.
type NewBulletin struct {
	ID          string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Board       deliberation.BoardKey  `json:"board,omitempty" doc:"Left out for the notice board."`
	Title       string                 `json:"title"`
	Body        string                 `json:"body"`
	Photos      []deliberation.PhotoID `json:"photos,omitempty"`
	Urgency     bulletin.Urgency       `json:"urgency,omitempty" doc:"normal unless given."`
	Audience    Addressed              `json:"audience,omitzero" doc:"Of a community's notice; left out for everybody."`
	Communities []community.ID         `json:"communities,omitempty" doc:"Of a town's notice; left out for all of them."`
	Revision    int                    `json:"revision,omitempty" doc:"Of an edit: the one it saw."`
}

func (n NewBulletin) command() bulletin.Write {
	return bulletin.Write{
		Board: n.Board, Title: n.Title, Body: n.Body, Photos: n.Photos, Urgency: n.Urgency, Audience: bulletin.Audience(n.Audience), Communities: n.Communities,
	}
}

// writeBulletin keeps a draft.
func (a *Actions) writeBulletin(c *Call, in NewBulletin) (Bulletin, error) {
	cmd := in.command()
	cmd.ID, cmd.Node = bulletin.ID(c.token(in.ID)), nodeOf(c)
	b, err := a.Bulletins.WriteBulletin(c.Context(), c.Actor, cmd)
	return showBulletin(b), err
}

// editBulletin changes a draft.
func (a *Actions) editBulletin(c *Call, in NewBulletin) (Bulletin, error) {
	cmd := in.command()
	cmd.ID = bulletinOf(c)
	b, err := a.Bulletins.EditBulletin(c.Context(), c.Actor, bulletin.EditBulletin{Write: cmd, Revision: in.Revision})
	return showBulletin(b), err
}
