package api

import "jushou/internal/photo"

// previewPhoto returns a photo without a topic to who uploaded it, for a day.
func (a *Actions) previewPhoto(c *Call) ([]byte, error) {
	id := c.Param("photo")
	if !a.Shelf.IsOf(c.Context(), id, c.Actor.ID) {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, id)
}
