// Package upload takes photos that come with a form, or ahead of it, and keeps them until a topic, an answer or a
// notice names them.
package upload

import (
	"context"
	"errors"
	"io"
	"time"

	"jushou/deliberation"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/photo"
	"jushou/internal/sheet"
	"jushou/web/page"
	"jushou/web/view"
)

// life is how long a photo that nothing names yet can be seen by who uploaded it.
const life = 24 * time.Hour

// Memory remembers for a day who uploaded a photo; coord implements it. What is forgotten costs the preview,
// not the photo.
type Memory interface {
	Get(ctx context.Context, key string) (value string, ok bool, err error)
	Set(ctx context.Context, key, value string, ttl time.Duration) error
}

// Shelf is where uploads lie.
type Shelf struct {
	Store  photo.Store
	Shrink *photo.Processor
	Memory Memory
}

// Keep encodes one photo anew, without its hidden notes, and stores it under id.
func (s Shelf) Keep(ctx context.Context, by identity.AccountID, id string, r io.Reader) (photo.Photo, error) {
	made, err := s.Shrink.Process(ctx, r)
	if err != nil {
		return photo.Photo{}, err
	}
	if err := photo.Save(ctx, s.Store, id, made); err != nil {
		return photo.Photo{}, err
	}
	// Without the note the preview is missing, and nothing else.
	_ = s.Memory.Set(ctx, memory(id), string(by), life)
	return made, nil
}

// IsOf reports whether the account uploaded the photo within the last day.
func (s Shelf) IsOf(ctx context.Context, id string, who identity.AccountID) bool {
	owner, ok, err := s.Memory.Get(ctx, memory(id))
	return err == nil && ok && who != "" && owner == string(who)
}

func memory(id string) string { return "photo:" + id }

// FromForm stores the files that came with a form and returns their ids; those stored before one that is
// refused are returned with the refusal, so that the form can show them again.
func (s Shelf) FromForm(v *page.Visit) ([]deliberation.PhotoID, error) {
	return s.FromInput(v, "files")
}

// FromInput is FromForm for one of several inputs of a form.
func (s Shelf) FromInput(v *page.Visit, name string) ([]deliberation.PhotoID, error) {
	form, err := v.Ctx.MultipartForm()
	if err != nil {
		return nil, nil // a form without files
	}
	var kept []deliberation.PhotoID
	for _, file := range form.File[name] {
		if file.Size == 0 {
			continue
		}
		if !v.Actor.Known() {
			return kept, identity.ErrSignIn
		}
		body, err := file.Open()
		if err != nil {
			return kept, photo.ErrDamaged.Because(err)
		}
		id := ids.New(v.Now)
		_, err = s.Keep(v.Context(), v.Actor.ID, id, body)
		if err := errors.Join(err, body.Close()); err != nil {
			return kept, err
		}
		kept = append(kept, deliberation.PhotoID(id))
	}
	return kept, nil
}

// Own returns the photos that came with a form, and those that its visitor stored ahead of it. What somebody else stored is left out.
func (s Shelf) Own(v *page.Visit) ([]deliberation.PhotoID, error) {
	var own []deliberation.PhotoID
	for _, id := range IDs(v) {
		if s.IsOf(v.Context(), string(id), v.Actor.ID) {
			own = append(own, id)
		}
	}
	more, err := s.FromForm(v)
	return append(own, more...), err
}

// IDs returns the photos that a form names, stored ahead of it or at an earlier try.
func IDs(v *page.Visit) []deliberation.PhotoID {
	var all []deliberation.PhotoID
	for _, id := range v.Fields("photo") {
		all = append(all, deliberation.PhotoID(id))
	}
	return all
}

// OnPhotos puts a refused photo's sentence beside the photos.
func OnPhotos(err error) error {
	var refusal *fault.Error
	if errors.As(err, &refusal) && refusal.Field == "" {
		return refusal.On("photos")
	}
	return err
}

// Stored returns the photos of a form that comes back.
func Stored(all []deliberation.PhotoID) []view.StoredPhoto {
	photos := make([]view.StoredPhoto, len(all))
	for i, id := range all {
		photos[i] = view.StoredPhoto{ID: string(id), Thumb: Preview(id)}
	}
	return photos
}

// Preview is the address of an upload's thumb for who uploaded it.
func Preview(id deliberation.PhotoID) string { return "/photos/" + string(id) + "/thumb" }

// Table reads the file "file" of a form, at most one byte more than a table may have; without one it is missing.
func Table(v *page.Visit, missing *fault.Error) (name string, data []byte, err error) {
	header, err := v.Ctx.FormFile("file")
	if err != nil || header.Size == 0 {
		return "", nil, missing.Because(err)
	}
	file, err := header.Open()
	if err != nil {
		return "", nil, missing.Because(err)
	}
	defer file.Close()
	data, err = io.ReadAll(io.LimitReader(file, sheet.MaxBytes+1))
	if err != nil {
		return "", nil, missing.Because(err)
	}
	return header.Filename, data, nil
}
