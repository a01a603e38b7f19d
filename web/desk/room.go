package desk

import (
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// room is where a page of the console works: one node of the tenant tree and who stands in it.
type room struct {
	node  community.Node
	actor identity.Actor
}

func (r room) may(verb identity.Verb) bool {
	return identity.Can(r.actor, verb, identity.At(r.node)) == nil
}

// path returns an address of the console below the room.
func (r room) path(rest string) string {
	if r.node.Level == community.LevelTown {
		return "/desk/town/" + string(r.node.ID) + rest
	}
	return "/desk/c/" + string(r.node.ID) + rest
}

// section is one place of the console and the right that leads there.
type section struct {
	key, icon, path string
	verb            identity.Verb
	rare            bool
}

func sections() []section {
	return []section{
		{"queue", "waiting", "", identity.SeeDesk, false},
		{"residents", "people", "/residents", identity.VerifyResident, false},
		{"assist", "pen", "/assist", identity.AssistEntry, false},
		{"notice", "notice", "/notice", identity.PostNotice, false},
		{"duty", "calendar", "/duty", identity.SeeDesk, true},
		{"rounds", "working", "/rounds", identity.SeeDesk, true},
		{"stats", "chart", "/stats", identity.SeeStatistics, true},
		{"import", "upload", "/import", identity.ImportRoster, true},
	}
}

// community returns the room of the community that the address names. Somebody whose roles do not reach it
// learns nothing about it.
func (p *Pages) community(v *page.Visit) (room, error) {
	return p.room(v, community.ID(v.Param("community")), community.LevelCommunity)
}

func (p *Pages) room(v *page.Visit, id community.ID, level community.Level) (room, error) {
	if len(v.Actor.Grants) == 0 {
		return room{}, identity.ErrDenied
	}
	n, err := p.Directory.Node(v.Context(), id)
	if err != nil {
		return room{}, err
	}
	r := room{node: n, actor: v.Actor}
	if n.Level != level || !works(v.Actor, n) {
		return room{}, page.ErrNotFound
	}
	return r, nil
}

// works reports whether a role of the actor reaches the node.
func works(a identity.Actor, n community.Node) bool {
	for _, g := range a.Grants {
		if n.Within(g.Node) {
			return true
		}
	}
	return false
}

// desk returns the layout of a page in the room, with what waits in each place.
func (p *Pages) desk(v *page.Visit, r room, current string) (view.DeskPage, error) {
	d := view.DeskPage{Title: v.T("desk." + current), Where: r.node.Name, Who: v.Actor.Name}
	if r.node.Level != community.LevelCommunity {
		return d, nil
	}
	for _, s := range sections() {
		if !r.may(s.verb) {
			continue
		}
		n, err := p.waiting(v, r, s.key)
		if err != nil {
			return d, err
		}
		d.Rail = append(d.Rail, view.RailItem{
			Icon: s.icon, Text: v.T("desk." + s.key), Href: r.path(s.path), Current: s.key == current, Rare: s.rare, Count: n,
		})
		if s.rare {
			d.More = r.path("/more")
		}
	}
	return d, nil
}

// waiting counts the work that waits in a place.
func (p *Pages) waiting(v *page.Visit, r room, place string) (int, error) {
	switch place {
	case "queue":
		q, err := p.queueOf(v, r, "waiting", "", "")
		return q.Waiting, err
	case "residents":
		q, err := p.People.PendingQueue(v.Context(), v.Actor, r.node.ID, "")
		return q.Count, err
	}
	return 0, nil
}

// within returns the layout of a page that lies behind a place.
func (p *Pages) within(v *page.Visit, r room, current, title, back string) (view.DeskPage, error) {
	d, err := p.desk(v, r, current)
	d.Title, d.Back = title, back
	return d, err
}
