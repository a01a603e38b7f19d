package api

import (
	"bytes"

	"jushou/internal/identity"
)

// StoredPhoto is a photo that waits for its topic or answer.
type StoredPhoto struct {
	Photo
	Width  int `json:"width" doc:"Of the full size, in pixels."`
	Height int `json:"height"`
}

// uploadPhoto stores one photo, encoded anew and without its hidden notes.
func (a *Actions) uploadPhoto(c *Call, file Upload) (StoredPhoto, error) {
	if !c.Actor.Known() {
		return StoredPhoto{}, identity.ErrSignIn
	}
	id := c.token("")
	made, err := a.Shelf.Keep(c.Context(), c.Actor.ID, id, bytes.NewReader(file.Data))
	if err != nil {
		return StoredPhoto{}, err
	}
	base := Prefix + "/photos/" + id
	return StoredPhoto{
		Photo: Photo{ID: id, Thumb: base + "/thumb", Full: base + "/full"}, Width: made.Full.Width, Height: made.Full.Height,
	}, nil
}
