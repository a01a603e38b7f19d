package project

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// Paper attaches a picture of a paper that the preset asks for.
func Paper() step {
	return step{"paper", []string{"paper"}, "project.paper_attached", func(p *Pages, v *page.Visit, id projects.ID) error {
		x, err := p.Projects.Project(v.Context(), v.Actor, id)
		if err != nil {
			return err
		}
		if !x.Can(projects.MovePaper) {
			return identity.ErrDenied
		}
		all, err := p.Shelf.Own(v)
		if err != nil {
			return upload.OnPhotos(err)
		}
		picture := deliberation.PhotoID("")
		if len(all) > 0 {
			picture = all[0]
		}
		_, err = p.Projects.AttachPaper(v.Context(), v.Actor, id, v.Field("paper"), picture)
		return err
	}}
}

// PaperPhoto shows a paper to whoever may read the project.
func (p *Pages) PaperPhoto(v *page.Visit) error {
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	id := v.Param("photo")
	paper := slices.ContainsFunc(x.Papers, func(f projects.PaperFile) bool { return string(f.Photo) == id })
	if !paper && !slices.ContainsFunc(x.Permits, func(f projects.Permit) bool { return id != "" && string(f.Photo) == id }) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}

// papers are the pictures of what a preset asks for under one key, at most one.
func papers(x projects.View, key string) []view.Photo {
	var all []view.Photo
	for _, f := range x.Papers {
		if f.Key == key {
			at := "/p/" + string(x.ID) + "/papers/" + string(f.Photo)
			all = append(all, view.Photo{Thumb: at + "/thumb", Full: at + "/full"})
		}
	}
	return all
}

func paperOptions(p preset.Preset) []view.Option {
	var all []view.Option
	for _, x := range p.Papers {
		all = append(all, view.Option{Value: x.Key, Text: x.Name})
	}
	return all
}
