// Package wall has what hangs where people pass: the screen of a 党群服务中心, which reads from five metres and turns its own page, and a
// project's poster. Both are for everybody and know nobody.
package wall

import (
	"context"
	"fmt"
	"strings"

	"github.com/a-h/templ"
	"github.com/skip2/go-qrcode"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/projects/ledger"
	"jushou/web/page"
	"jushou/web/upload"
)

// Services are what the pages need.
type Services struct {
	Projects  *projects.Service
	Ledger    *ledger.Service
	Directory *community.Directory
	Shelf     upload.Shelf
	// BaseURL is where the codes lead.
	BaseURL string
}

// Pages are the handlers.
type Pages struct{ Services }

// New returns the handlers.
func New(s Services) *Pages { return &Pages{s} }

// turn is how long one project stays on the screen, in seconds; the page asks for the next by itself.
const turn = 30

// Screen shows the figures of a community or a town and one of its projects, another each time it is loaded.
func (p *Pages) Screen(v *page.Visit) error {
	id := v.Param("community")
	if id == "" {
		id = v.Param("town")
	}
	node, err := p.Directory.Node(v.Context(), community.ID(id))
	if err != nil {
		return err
	}
	if node.Level == community.LevelDistrict || (node.Level == community.LevelTown) != (v.Param("town") != "") {
		return page.ErrNotFound
	}
	if err := identity.Can(v.Actor, identity.ReadPublic, identity.At(node)); err != nil {
		return err
	}
	step := v.Now.Unix() / turn
	shared, err := v.Shared(string(node.ID), fmt.Sprintf("wall/%d", step), func(ctx context.Context) (templ.Component, error) {
		s, err := p.screen(ctx, node, step)
		return screenShared(s), err
	})
	if err != nil {
		return err
	}
	v.Ctx.Set("Refresh", fmt.Sprint(turn))
	return v.Show(ScreenPage(node.Name, shared))
}

// screen gathers what hangs in a community's or a town's hall; it reads as nobody.
func (p *Pages) screen(ctx context.Context, node community.Node, step int64) (screen, error) {
	places := []community.Node{node}
	if node.Level == community.LevelTown {
		below, err := p.Directory.Communities(ctx, node.ID)
		if err != nil {
			return screen{}, err
		}
		places = append(places, below...)
	}
	s := screen{Name: node.Name}
	var all []item
	for _, n := range places {
		accounts, err := p.Ledger.Open(ctx, identity.Actor{}, n.ID, 0)
		if err != nil {
			return s, err
		}
		sums, _ := accounts.Sums()
		s.Year, s.Received, s.Paid = max(s.Year, accounts.Year), s.Received+sums.Received, s.Paid+sums.Paid
		if n.Level != community.LevelCommunity {
			continue
		}
		entries, err := p.Projects.Open(ctx, identity.Actor{}, n.ID)
		if err != nil {
			return s, err
		}
		money, err := p.Ledger.OfProjects(ctx, identity.Actor{}, n.ID)
		if err != nil {
			return s, err
		}
		for _, e := range entries {
			all = append(all, item{Entry: e, Community: n.Name, Money: money[string(e.ID)]})
		}
	}
	s.gather(all, step)
	return s, nil
}

// Poster is a sheet of A4 about a project, to be printed and hung up.
func (p *Pages) Poster(v *page.Visit) error {
	e, in, err := p.Projects.Posted(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	node, err := p.Directory.Node(v.Context(), in)
	if err != nil {
		return err
	}
	back := "/open/c/" + string(in) + "/projects"
	if identity.Can(v.Actor, identity.ReadCommunity, identity.At(node)) == nil {
		back = "/p/" + string(e.ID)
	}
	money, err := p.Ledger.OfProjects(v.Context(), v.Actor, in)
	if err != nil {
		return err
	}
	shot, err := p.Projects.OnPoster(v.Context(), v.Actor, e.ID)
	if err != nil {
		return err
	}
	return v.Show(PosterPage(item{Entry: e, Community: node.Name, Money: money[string(e.ID)]}, shot != "", back))
}

// Photo is the picture on a poster.
func (p *Pages) Photo(v *page.Visit) error {
	id, err := p.Projects.OnPoster(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	if id == "" {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, string(id))
}

// codePixels is the width of a code's picture: enough for print.
const codePixels = 720

// Code is the picture that leads a phone to the project's page.
func (p *Pages) Code(v *page.Visit) error {
	e, _, err := p.Projects.Posted(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	png, err := qrcode.Encode(p.BaseURL+"/p/"+string(e.ID), qrcode.Medium, codePixels)
	if err != nil {
		return fmt.Errorf("draw the code of a project: %w", err)
	}
	v.Ctx.Set("Cache-Control", "public, max-age=86400")
	v.Ctx.Type("png")
	return v.Ctx.Send(png)
}

// yuan writes an amount without its fen where it has none: a wall is read from afar.
func yuan(f money.Fen) string { return "¥" + strings.TrimSuffix(f.String(), ".00") }
