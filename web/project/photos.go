package project

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// Photo shows a picture of a project, of its papers or of its decisions to whoever may read the project.
func (p *Pages) Photo(v *page.Visit) error {
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	id := v.Param("photo")
	if !slices.Contains(x.Pictures(), deliberation.PhotoID(id)) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}

// pictures are photos of a project for its page.
func pictures(id projects.ID, all []deliberation.PhotoID) []view.Photo {
	var photos []view.Photo
	for _, x := range all {
		at := photoPath(id, x)
		photos = append(photos, view.Photo{Thumb: at + "/thumb", Full: at + "/full"})
	}
	return photos
}

func photoPath(id projects.ID, x deliberation.PhotoID) string {
	return "/p/" + string(id) + "/photos/" + string(x)
}

// kept are the photos of a form that comes back: those of the project from its page, new ones from who uploaded them.
func kept(x projects.View, all []deliberation.PhotoID) []view.StoredPhoto {
	photos := upload.Stored(all)
	for i, id := range all {
		if slices.Contains(x.Photos, id) {
			photos[i].Thumb = photoPath(x.ID, id) + "/thumb"
		}
	}
	return photos
}

// photosOf are the photos that a proposal keeps, and the new ones that came with the form.
func (p *Pages) photosOf(v *page.Visit, x projects.View) ([]deliberation.PhotoID, error) {
	var stay []deliberation.PhotoID
	for _, id := range upload.IDs(v) {
		if slices.Contains(x.Photos, id) {
			stay = append(stay, id)
		}
	}
	own, err := p.Shelf.Own(v)
	for _, id := range own {
		if !slices.Contains(stay, id) {
			stay = append(stay, id)
		}
	}
	return stay, err
}

// orNone are the typed rows of a budget, empty where there were none: the form then does not show the stored ones.
func orNone(rows []rowForm) []rowForm {
	if rows == nil {
		return []rowForm{}
	}
	return rows
}
