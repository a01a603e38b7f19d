package resident

import (
	"bytes"
	"io"
	"mime/multipart"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/photo"
	"jushou/web/page"
)

// uploadLife is how long a photo without a topic can be previewed by who uploaded it.
const uploadLife = 24 * time.Hour

// Upload takes one photo ahead of its form and answers with its id.
func (p *Pages) Upload(v *page.Visit) error {
	kept, err := p.keepFiles(v)
	if err == nil && len(kept) == 0 {
		err = photo.ErrNotAnImage
	}
	if err != nil {
		problems := v.Refuse(err)
		return v.JSON(problems.Status, map[string]any{"code": problems.Code, "detail": problems.Sentence()})
	}
	return v.JSON(201, map[string]any{"id": kept[0], "thumb": preview(kept[0])})
}

func preview(id deliberation.PhotoID) string { return "/photos/" + string(id) + "/thumb" }

// keepFiles stores the files that came with a form and returns their ids.
func (p *Pages) keepFiles(v *page.Visit) ([]deliberation.PhotoID, error) {
	form, err := v.Ctx.MultipartForm()
	if err != nil {
		return nil, nil // a form without files
	}
	var kept []deliberation.PhotoID
	for _, file := range form.File["files"] {
		if file.Size == 0 {
			continue
		}
		if !v.Actor.Known() {
			return nil, identity.ErrSignIn
		}
		id, err := p.keepFile(v, file)
		if err != nil {
			return kept, err
		}
		kept = append(kept, id)
	}
	return kept, nil
}

func (p *Pages) keepFile(v *page.Visit, file *multipart.FileHeader) (deliberation.PhotoID, error) {
	upload, err := file.Open()
	if err != nil {
		return "", photo.ErrDamaged.Because(err)
	}
	defer upload.Close()
	made, err := p.Shrink.Process(v.Context(), upload)
	if err != nil {
		return "", err
	}
	id := ids.New(v.Now)
	if err := photo.Save(v.Context(), p.Photos, id, made); err != nil {
		return "", err
	}
	// Without the note the preview is missing, and nothing else.
	_ = p.Uploads.Set(v.Context(), "photo:"+id, string(v.Actor.ID), uploadLife)
	return deliberation.PhotoID(id), nil
}

// Preview shows a photo to who uploaded it, while its form is being filled.
func (p *Pages) Preview(v *page.Visit) error {
	id := v.Param("photo")
	owner, ok, err := p.Uploads.Get(v.Context(), "photo:"+id)
	if err != nil || !ok || owner != string(v.Actor.ID) {
		return photo.ErrNotFound
	}
	return p.serve(v, id)
}

// TopicPhoto shows a photo of a topic to whoever may read the topic.
func (p *Pages) TopicPhoto(v *page.Visit) error {
	t, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(v.Param("topic")))
	if err != nil {
		return err
	}
	id := deliberation.PhotoID(v.Param("photo"))
	if !slices.Contains(t.Photos, id) && !slices.ContainsFunc(t.Responses, func(r deliberation.Response) bool {
		return slices.Contains(r.Photos, id)
	}) {
		return photo.ErrNotFound
	}
	return p.serve(v, string(id))
}

// serve answers with a picture, which the visitor's own browser may keep for a day.
func (p *Pages) serve(v *page.Visit, id string) error {
	file, err := p.Photos.Open(v.Context(), id, photo.Variant(v.Param("variant")))
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
