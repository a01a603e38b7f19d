package api

import "jushou/internal/photo"

// previewPhoto returns a photo without a topic to who uploaded it, for a day.
func (a *Actions) previewPhoto(c *Call) ([]byte, error) {
	id := c.Param("photo")
	owner, ok, err := a.Memory.Get(c.Context(), "photo:"+id)
	if err != nil || !ok || owner != string(c.Actor.ID) {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, id)
}
