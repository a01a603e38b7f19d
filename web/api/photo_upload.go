package api

import (
	"bytes"
	"time"

	"jushou/internal/identity"
	"jushou/internal/photo"
)

// StoredPhoto is a photo that waits for its topic or answer.
type StoredPhoto struct {
	Photo
	Width  int `json:"width" doc:"Of the full size, in pixels."`
	Height int `json:"height"`
}

// uploadLife is how long a photo without a topic can be seen by who uploaded it.
const uploadLife = 24 * time.Hour

// uploadPhoto stores one photo, encoded anew and without its hidden notes.
func (a *Actions) uploadPhoto(c *Call, file Upload) (StoredPhoto, error) {
	if !c.Actor.Known() {
		return StoredPhoto{}, identity.ErrSignIn
	}
	made, err := a.Shrink.Process(c.Context(), bytes.NewReader(file.Data))
	if err != nil {
		return StoredPhoto{}, err
	}
	id := c.token("")
	if err := photo.Save(c.Context(), a.Photos, id, made); err != nil {
		return StoredPhoto{}, err
	}
	// Without the note the preview is missing, and nothing else.
	_ = a.Memory.Set(c.Context(), "photo:"+id, string(c.Actor.ID), uploadLife)
	base := Prefix + "/photos/" + id
	return StoredPhoto{
		Photo: Photo{ID: id, Thumb: base + "/thumb", Full: base + "/full"}, Width: made.Full.Width, Height: made.Full.Height,
	}, nil
}
