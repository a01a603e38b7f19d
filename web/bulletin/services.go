// Package bulletin has the pages of official notices: writing one, the second person's look, who was reached, and the
// record that everybody sees below a notice.
package bulletin

import (
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
)

// Services are what the pages need.
type Services struct {
	Bulletins *bulletin.Service
	Directory *community.Directory
	Shelf     upload.Shelf
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell how many bulletins a second person has to look at.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{
		"notice": func(v *page.Visit, r console.Room) (int, error) {
			waiting, err := s.Bulletins.Awaiting(v.Context(), v.Actor, r.Node.ID)
			return len(waiting.Items), err
		},
	}
}

// here returns the room that the address names: a community or a town.
func (p *Pages) here(v *page.Visit) (console.Room, error) {
	if town := v.Param("town"); town != "" {
		return p.Room(v, community.ID(town), community.LevelTown)
	}
	return p.Community(v)
}

// office is here for those who may write notices.
func (p *Pages) office(v *page.Visit) (console.Room, error) {
	r, err := p.here(v)
	if err == nil {
		err = identity.Can(v.Actor, identity.PostNotice, identity.At(r.Node))
	}
	return r, err
}

// bulletin returns the bulletin of the address with the room it lies in.
func (p *Pages) bulletin(v *page.Visit) (console.Room, bulletin.Bulletin, error) {
	b, err := p.Bulletins.Bulletin(v.Context(), v.Actor, bulletin.ID(v.Param("bulletin")))
	if err != nil {
		return console.Room{}, b, err
	}
	level := community.LevelCommunity
	if b.Town {
		level = community.LevelTown
	}
	r, err := p.Room(v, b.Node, level)
	return r, b, err
}
