package upload

import (
	"bytes"
	"io"

	"jushou/internal/photo"
	"jushou/web/page"
)

// Send answers with a picture, which the visitor's own browser may keep for a day. Whoever calls it has asked who may see it.
func (s Shelf) Send(v *page.Visit, id string) error {
	file, err := s.Store.Open(v.Context(), id, photo.Variant(v.Param("variant")))
	if err != nil {
		return err
	}
	defer file.Close()
	var body bytes.Buffer
	if _, err := io.Copy(&body, file); err != nil {
		return photo.ErrStore.Because(err)
	}
	v.Ctx.Set("Content-Type", "image/jpeg")
	v.Ctx.Set("Cache-Control", "private, max-age=86400")
	return v.Ctx.Send(body.Bytes())
}
