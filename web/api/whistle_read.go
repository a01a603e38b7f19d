package api

import (
	"jushou/deliberation/whistle"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// listWhistles lists a community's calls.
func (a *Actions) listWhistles(c *Call) (Page[Whistle], error) {
	found, err := a.Whistles.Whistles(c.Context(), c.Actor, community.ID(c.Param("community")), c.after())
	if err != nil {
		return Page[Whistle]{}, err
	}
	return pageOf(found.Items, found.Next, showWhistle), nil
}

// readWhistle shows one call.
func (a *Actions) readWhistle(c *Call) (Whistle, error) {
	return stepped(a.Whistles.Whistle(c.Context(), c.Actor, whistle.ID(c.Param("whistle"))))
}

// TownWhistles is what a town or a department has to do.
type TownWhistles struct {
	Waiting []Whistle `json:"waiting" doc:"For a department what it has not answered, for the town what is under supervision; the earliest due first."`
	Running []Whistle `json:"running"`
	Past    []Whistle `json:"past" doc:"The latest of those that are over."`
}

// townWhistles shows what a town supervises, or a department is called to.
func (a *Actions) townWhistles(c *Call) (TownWhistles, error) {
	found, err := a.Whistles.TownDesk(c.Context(), c.Actor, community.ID(c.Param("town")))
	if err != nil {
		return TownWhistles{}, err
	}
	return TownWhistles{Waiting: each(found.Waiting, showWhistle), Running: each(found.Running, showWhistle), Past: each(found.Past, showWhistle)}, nil
}

// CallableUnit is one that may be called.
type CallableUnit struct {
	Board string `json:"board"`
	Name  string `json:"name"`
}

// callableUnits lists whom a community may call.
func (a *Actions) callableUnits(c *Call) (Page[CallableUnit], error) {
	node, err := a.Directory.Node(c.Context(), community.ID(c.Param("community")))
	if err != nil {
		return Page[CallableUnit]{}, err
	}
	if err := identity.Can(c.Actor, identity.CallWhistle, identity.At(node)); err != nil {
		return Page[CallableUnit]{}, err
	}
	found, err := a.Whistles.Callable(c.Context(), node)
	if err != nil {
		return Page[CallableUnit]{}, err
	}
	return pageOf(found, "", func(u whistle.Unit) CallableUnit { return CallableUnit{u.Board, u.Name} }), nil
}
