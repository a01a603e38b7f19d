package api

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/photo"
	"jushou/projects"
)

// ProjectNews is what was told of the work.
type ProjectNews struct {
	ID     projects.NewsID `json:"id"`
	By     Author          `json:"by"`
	For    string          `json:"for,omitempty" doc:"The lead, where the desk writes for it."`
	Text   string          `json:"text" doc:"Empty while it is hidden from the caller."`
	Shots  []ProjectShot   `json:"photos"`
	At     Instant         `json:"at"`
	Hidden bool            `json:"hidden"`
	Reason string          `json:"reason,omitempty" doc:"Why it is hidden."`
}

// ProjectShot is a photo of the place, and when it was taken.
type ProjectShot struct {
	Photo
	When projects.Phase `json:"when"`
}

func showNews(v projects.NewsView) ProjectNews {
	return ProjectNews{
		ID: v.ID, By: showAuthor(v.By), For: v.For, Text: v.Text, At: Instant{v.At}, Hidden: v.Hidden, Reason: v.Reason,
		Shots: each(v.Shots, func(s projects.Shot) ProjectShot {
			base := Prefix + "/projects/" + string(v.Project) + "/news/" + string(v.ID) + "/photos/" + string(s.Photo)
			return ProjectShot{Photo{ID: string(s.Photo), Thumb: base + "/thumb", Full: base + "/full"}, s.When}
		}),
	}
}

// listNews lists what was told of a project, the latest first.
func (a *Actions) listNews(c *Call) (Page[ProjectNews], error) {
	found, next, err := a.Projects.News(c.Context(), c.Actor, projectOf(c), c.after())
	return pageOf(found, next, showNews), err
}

// NewNews is news of the work.
type NewNews struct {
	ID    projects.NewsID `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text  string          `json:"text" doc:"At most 1000 characters."`
	Shots []NewShot       `json:"photos,omitempty" doc:"At most nine."`
}

// NewShot is a photo of it.
type NewShot struct {
	Photo deliberation.PhotoID `json:"photo" doc:"Of an uploaded photo."`
	When  projects.Phase       `json:"when"`
}

// postNews tells of the work.
func (a *Actions) postNews(c *Call, in NewNews) (ProjectNews, error) {
	cmd := projects.PostNews{ID: projects.NewsID(c.token(string(in.ID))), Project: projectOf(c), Text: in.Text}
	for _, s := range in.Shots {
		cmd.Shots = append(cmd.Shots, projects.Shot(s))
	}
	x, err := a.Projects.PostNews(c.Context(), c.Actor, cmd)
	return a.news(c, x, err)
}

// HideOrShow takes something out of sight, or shows it again.
type HideOrShow struct {
	Hide   bool   `json:"hide,omitempty"`
	Reason string `json:"reason,omitempty" doc:"Needed to hide; everybody reads it. At most 300 characters."`
}

// hideNews moderates news.
func (a *Actions) hideNews(c *Call, in HideOrShow) (ProjectNews, error) {
	if _, err := a.newsOf(c); err != nil {
		return ProjectNews{}, err
	}
	x, err := a.Projects.HideNews(c.Context(), c.Actor, projects.HideNews{News: projects.NewsID(c.Param("news")), Hide: in.Hide, Reason: in.Reason})
	return a.news(c, x, err)
}

func (a *Actions) news(c *Call, x projects.News, err error) (ProjectNews, error) {
	if err != nil {
		return ProjectNews{}, err
	}
	v, err := a.Projects.OneNews(c.Context(), c.Actor, x.ID)
	return showNews(v), err
}

// newsOf returns the news that the address names, if it is of the project that it names.
func (a *Actions) newsOf(c *Call) (projects.NewsView, error) {
	v, err := a.Projects.OneNews(c.Context(), c.Actor, projects.NewsID(c.Param("news")))
	if err == nil && v.Project != projectOf(c) {
		err = projects.ErrNotFound
	}
	return v, err
}

// newsPhoto returns a picture of news that the caller may read.
func (a *Actions) newsPhoto(c *Call) ([]byte, error) {
	v, err := a.newsOf(c)
	if err != nil {
		return nil, err
	}
	id := c.Param("photo")
	if !slices.ContainsFunc(v.Shots, func(s projects.Shot) bool { return string(s.Photo) == id }) {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, id)
}
