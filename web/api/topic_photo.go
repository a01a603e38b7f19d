package api

import (
	"fmt"
	"io"

	"jushou/deliberation"
	"jushou/internal/photo"
)

// topicPhoto returns a photo of a topic to whoever may read the topic.
func (a *Actions) topicPhoto(c *Call) ([]byte, error) {
	t, err := a.Topics.Topic(c.Context(), c.Actor, topicOf(c))
	if err != nil {
		return nil, err
	}
	id := deliberation.PhotoID(c.Param("photo"))
	if !t.HasPhoto(id) {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, string(id))
}

// picture reads the variant that the address names.
func (a *Actions) picture(c *Call, id string) ([]byte, error) {
	file, err := a.Shelf.Store.Open(c.Context(), id, photo.Variant(c.Param("variant")))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	jpeg, err := io.ReadAll(file)
	if err != nil {
		return nil, photo.ErrStore.Because(fmt.Errorf("read photo %s: %w", id, err))
	}
	return jpeg, nil
}
