package project

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// pair is one place before the work and after it.
type pair struct{ Before, After view.Photo }

// pairOf takes the latest photo after the work and the earliest before it from what is shown; nil without both.
func pairOf(id projects.ID, all []projects.NewsView) *pair {
	var found pair
	before, after := false, false
	for _, x := range all { // the latest first
		for _, s := range x.Shots {
			switch {
			case s.When == projects.After && !after:
				found.After, after = shotOf(id, x.ID, s), true
			case s.When == projects.Before:
				found.Before, before = shotOf(id, x.ID, s), true
			}
		}
	}
	if !before || !after {
		return nil
	}
	return &found
}

func shotOf(id projects.ID, news projects.NewsID, s projects.Shot) view.Photo {
	at := "/p/" + string(id) + "/news/" + string(news) + "/" + string(s.Photo)
	return view.Photo{Thumb: at + "/thumb", Full: at + "/full"}
}

// shots are the photos of news that were taken then.
func shots(x projects.NewsView, when projects.Phase) []view.Photo {
	var all []view.Photo
	for _, s := range x.Shots {
		if s.When == when {
			all = append(all, shotOf(x.Project, x.ID, s))
		}
	}
	return all
}

// PostNews tells of the work. Photos stand in the form in the order of its three pickers, each under the word that says when
// they were taken, so that the same script serves them as all others.
func (p *Pages) PostNews(v *page.Visit) error {
	id := projects.ID(v.Param("project"))
	x, err := p.Projects.Project(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	var taken []projects.Shot
	if !x.Can(projects.MoveNews) { // nobody else's files are stored; the use case says why
		_, err = p.Projects.PostNews(v.Context(), v.Actor, projects.PostNews{ID: projects.NewsID(v.Field("token")), Project: id, Text: v.Field("text")})
	} else if taken, err = p.taken(v); err != nil {
		err = upload.OnPhotos(err)
	} else {
		_, err = p.Projects.PostNews(v.Context(), v.Actor, projects.PostNews{ID: projects.NewsID(v.Field("token")), Project: id, Text: v.Field("text"), Shots: taken})
	}
	if err != nil {
		shown, lost := p.see(v, v.RefuseForm("news", err, "text"), nil)
		if lost != nil {
			return lost
		}
		shown.Work.Shots = stored(taken)
		return v.ShowAs(shown.Sheet.Status(), ProjectPage(shown))
	}
	to := "/p/" + string(id)
	return v.GoSaying(to+"?posted="+to+"/news", "project.news_said")
}

// taken reads the photos of the form: those stored ahead of it, then the files of a browser without scripts.
func (p *Pages) taken(v *page.Visit) ([]projects.Shot, error) {
	var all []projects.Shot
	when := projects.During
	for _, said := range v.Fields("photo") {
		if slices.Contains(projects.Phases(), projects.Phase(said)) {
			when = projects.Phase(said)
		} else if p.Shelf.IsOf(v.Context(), said, v.Actor.ID) {
			all = append(all, projects.Shot{Photo: deliberation.PhotoID(said), When: when})
		}
	}
	for _, when := range projects.Phases() {
		files, err := p.Shelf.FromInput(v, filesOf(when))
		for _, id := range files {
			all = append(all, projects.Shot{Photo: id, When: when})
		}
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// filesOf names the input of a phase.
func filesOf(when projects.Phase) string { return "files-" + string(when) }

func stored(all []projects.Shot) map[projects.Phase][]view.StoredPhoto {
	kept := map[projects.Phase][]view.StoredPhoto{}
	for _, s := range all {
		kept[s.When] = append(kept[s.When], upload.Stored([]deliberation.PhotoID{s.Photo})...)
	}
	return kept
}

// newsView is a page of what was told of a project.
type newsView struct {
	To, Title string
	News      []projects.NewsView
	Pager     view.Pager
}

// News shows everything that was told of a project.
func (p *Pages) News(v *page.Visit) error {
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	all, next, err := p.Projects.News(v.Context(), v.Actor, x.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	to := "/p/" + string(x.ID)
	return v.Show(NewsPage(newsView{To: to, Title: x.Title, News: all, Pager: v.Pager(to+"/news", projects.NewsPage, len(all), string(next))}))
}

// HideNews takes news out of sight or shows it again, by the desk.
func (p *Pages) HideNews(v *page.Visit) error {
	id := v.Param("project")
	x, err := p.Projects.OneNews(v.Context(), v.Actor, projects.NewsID(v.Param("news")))
	if err == nil && string(x.Project) != id {
		err = page.ErrNotFound
	}
	if err != nil {
		return err
	}
	if !x.Desk {
		return identity.ErrDenied
	}
	_, err = p.Projects.HideNews(v.Context(), v.Actor, projects.HideNews{News: x.ID, Hide: v.Field("hide") == "1", Reason: v.Field("reason")})
	if err != nil {
		return p.project(v, v.RefuseForm("hide-"+string(x.ID), err, "reason"), nil)
	}
	return v.GoSaying("/p/"+id, "project.news_hidden_said")
}

// NewsPhoto shows a photo of the work to whoever may see the news.
func (p *Pages) NewsPhoto(v *page.Visit) error {
	x, err := p.Projects.OneNews(v.Context(), v.Actor, projects.NewsID(v.Param("news")))
	if err != nil {
		return err
	}
	id := v.Param("photo")
	if string(x.Project) != v.Param("project") || !slices.ContainsFunc(x.Shots, func(s projects.Shot) bool { return string(s.Photo) == id }) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}
