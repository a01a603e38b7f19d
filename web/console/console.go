// Package console is the frame that every page of the staff console stands in: which place of the tenant tree it
// works in, who may be there, and the rail of places with what waits in each.
package console

import (
	"slices"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// Count tells how much work waits in one place of a room.
type Count func(v *page.Visit, r Room) (int, error)

// Console opens rooms. Counts are keyed by Section.Key; a place without one shows no number.
type Console struct {
	directory *community.Directory
	counts    map[string]Count
}

// New returns a Console.
func New(d *community.Directory, counts map[string]Count) *Console {
	return &Console{directory: d, counts: counts}
}

// Community returns the room of the community that the address names. Somebody whose roles do not reach it
// learns nothing about it.
func (c *Console) Community(v *page.Visit) (Room, error) {
	return c.Room(v, community.ID(v.Param("community")), community.LevelCommunity)
}

// Room returns the room of a node of the level, or page.ErrNotFound.
func (c *Console) Room(v *page.Visit, id community.ID, level community.Level) (Room, error) {
	if len(v.Actor.Grants) == 0 {
		return Room{}, identity.ErrDenied
	}
	n, err := c.directory.Node(v.Context(), id)
	if err != nil {
		return Room{}, err
	}
	r := Room{Node: n, Actor: v.Actor}
	if n.Level != level || !works(v.Actor, n) {
		return Room{}, page.ErrNotFound
	}
	return r, nil
}

// MayAny returns the room of the community that the address names, if the visitor may do one of the verbs there.
func (c *Console) MayAny(v *page.Visit, verbs ...identity.Verb) (Room, error) {
	r, err := c.Community(v)
	if err != nil {
		return r, err
	}
	if !slices.ContainsFunc(verbs, r.May) {
		return r, identity.ErrDenied
	}
	return r, nil
}

// Desk returns the layout of a page in the room, with what waits in each place.
func (c *Console) Desk(v *page.Visit, r Room, current string) (view.DeskPage, error) {
	d := view.DeskPage{Title: v.T("desk." + current), Where: r.Node.Name, Who: v.Actor.Name}
	for _, s := range r.Sections() {
		if !s.open(r) {
			continue
		}
		item := view.RailItem{Icon: s.Icon, Text: v.T("desk." + s.Key), Href: r.Path(s.Path), Current: s.Key == current, Rare: s.Rare}
		if count := c.counts[s.Key]; count != nil {
			var err error
			if item.Count, err = count(v, r); err != nil {
				return d, err
			}
		}
		d.Rail = append(d.Rail, item)
		if s.Rare {
			d.More = r.Path("/more")
		}
	}
	return d, nil
}

// Within returns the layout of a page that lies behind a place.
func (c *Console) Within(v *page.Visit, r Room, current, title, back string) (view.DeskPage, error) {
	d, err := c.Desk(v, r, current)
	d.Title, d.Back = title, back
	return d, err
}
