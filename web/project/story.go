package project

import (
	"cmp"
	"context"
	"slices"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/projects"
	webmoney "jushou/web/money"
	"jushou/web/page"
	"jushou/web/view"
)

// toldView is a finished project as a story on one page.
type toldView struct {
	projects.Told
	Community string
	Back      string
	Money     templ.Component
	// Rate leads to the form of stars, "" for who cannot give any now.
	Rate string
}

// Story tells a finished project to anybody.
func (p *Pages) Story(v *page.Visit) error {
	x, err := p.Projects.Story(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	node, err := p.Directory.Node(v.Context(), x.Community)
	if err != nil {
		return err
	}
	shown := toldView{Told: x, Community: node.Name, Back: "/open/c/" + string(node.ID) + "/showroom"}
	if x.Former == nil && identity.Can(v.Actor, identity.ReadCommunity, identity.At(node)) == nil {
		shown.Back = "/p/" + string(x.ID)
	}
	if x.Former != nil {
		return v.Show(FormerStoryPage(shown))
	}
	if x.Rateable(v.Now) && x.Concerns(v.Actor) {
		shown.Rate = "/p/" + string(x.ID) + "#rate"
	}
	if shown.Money, err = webmoney.OfProject(v, p.Ledger, string(x.ID)); err != nil {
		return err
	}
	return v.Show(StoryPage(shown))
}

// storyOf is the address of a finished project's story.
func storyOf(id projects.ID) string { return "/open/p/" + string(id) + "/story" }

// StoryPhoto shows a photo of a finished project to anybody.
func (p *Pages) StoryPhoto(v *page.Visit) error {
	id := v.Param("photo")
	ok, err := p.Projects.TellsOf(v.Context(), v.Actor, projects.ID(v.Param("project")), deliberation.PhotoID(id))
	if err != nil {
		return err
	}
	if !ok {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}

func storyPhotos(id projects.ID, ids []deliberation.PhotoID) []view.Photo {
	var all []view.Photo
	for _, x := range ids {
		all = append(all, storyPhoto(id, x))
	}
	return all
}

func storyPhoto(id projects.ID, x deliberation.PhotoID) view.Photo {
	at := "/open/p/" + string(id) + "/photos/" + string(x)
	return view.Photo{Thumb: at + "/thumb", Full: at + "/full"}
}

// newsPhotos are the photos of news in the story.
func newsPhotos(x projects.News) []view.Photo {
	var all []view.Photo
	for _, s := range x.Shots {
		all = append(all, storyPhoto(x.Project, s.Photo))
	}
	return all
}

// showView is 成果展示: the finished projects of a community or a town.
type showView struct {
	Name, Back string
	Town       bool
	Rateable   []shownView
	Done       []shownView
}

type shownView struct {
	projects.Exhibit
	Community string
}

// Showroom shows the finished projects of a community or a town to anybody.
func (p *Pages) Showroom(v *page.Visit) error {
	id := cmp.Or(v.Param("community"), v.Param("town"))
	node, err := p.Directory.Node(v.Context(), community.ID(id))
	if err != nil {
		return err
	}
	town := v.Param("town") != ""
	if town && node.Level != community.LevelTown || !town && node.Level != community.LevelCommunity {
		return page.ErrNotFound
	}
	if err := identity.Can(v.Actor, identity.ReadPublic, identity.At(node)); err != nil {
		return err
	}
	shared, err := v.Shared(string(node.ID), "showroom/"+v.Now.Format("2006010215"), func(ctx context.Context) (templ.Component, error) {
		s, err := p.showroom(ctx, node)
		return showShared(s), err
	})
	if err != nil {
		return err
	}
	back := "/open/c/" + string(node.ID)
	if town {
		back = "/open"
	}
	return v.Show(ShowroomPage(node.Name, back, shared))
}

// mostShown bounds a town's showroom.
const mostShown = 120

// showroom gathers it; it reads as nobody.
func (p *Pages) showroom(ctx context.Context, node community.Node) (showView, error) {
	s, places := showView{Name: node.Name, Town: node.Level == community.LevelTown}, []community.Node{node}
	if s.Town {
		below, err := p.Directory.Communities(ctx, node.ID)
		if err != nil {
			return s, err
		}
		places = below
	}
	for _, n := range places {
		all, err := p.Projects.Showroom(ctx, identity.Actor{}, n.ID)
		if err != nil {
			return s, err
		}
		for _, x := range all {
			if x.Rateable {
				s.Rateable = append(s.Rateable, shownView{x, n.Name})
			} else {
				s.Done = append(s.Done, shownView{x, n.Name})
			}
		}
	}
	latest := func(a, b shownView) int { return b.Since.Compare(a.Since) }
	slices.SortStableFunc(s.Rateable, latest)
	slices.SortStableFunc(s.Done, latest)
	s.Rateable, s.Done = s.Rateable[:min(len(s.Rateable), mostShown)], s.Done[:min(len(s.Done), mostShown)]
	return s, nil
}
