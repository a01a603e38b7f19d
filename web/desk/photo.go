package desk

import (
	"errors"
	"mime/multipart"
	"time"

	"jushou/deliberation"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/photo"
	"jushou/web/page"
	"jushou/web/view"
)

// uploadLife is how long a photo without a topic can be previewed by who uploaded it. The preview itself, and the
// upload ahead of a form, are the residents' pages'.
const uploadLife = 24 * time.Hour

// keepFiles stores the photos that came with a form and returns their ids.
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
			return kept, identity.ErrSignIn
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
	_ = p.Memory.Set(v.Context(), "photo:"+id, string(v.Actor.ID), uploadLife)
	return deliberation.PhotoID(id), nil
}

func photoIDs(v *page.Visit) []deliberation.PhotoID {
	var all []deliberation.PhotoID
	for _, id := range v.Fields("photo") {
		all = append(all, deliberation.PhotoID(id))
	}
	return all
}

// onPhotos puts a refused photo's sentence beside the photos.
func onPhotos(err error) error {
	var refusal *fault.Error
	if errors.As(err, &refusal) && refusal.Field == "" {
		return refusal.On("photos")
	}
	return err
}

// stored returns the photos of a form that comes back.
func stored(all []deliberation.PhotoID) []view.StoredPhoto {
	photos := make([]view.StoredPhoto, len(all))
	for i, id := range all {
		photos[i] = view.StoredPhoto{ID: string(id), Thumb: preview(id)}
	}
	return photos
}

func preview(id deliberation.PhotoID) string { return "/photos/" + string(id) + "/thumb" }
