package activity

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Figures is what a community's activities of one year amount to. It follows the feed, and holds no names.
type Figures struct {
	Community community.ID `json:"community"`
	Year      int          `json:"year"`
	Held      map[ID]Held  `json:"held"`
}

// Held is one activity that took place.
type Held struct {
	Persons int    `json:"persons"` // who came; 0 where nothing was written down
	Project string `json:"project,omitempty"`
}

// Year is what is said about one year: of a community, or of all communities of a town.
type Year struct {
	Year int
	// Hosts are those who are one now.
	Hosts int
	// Projects are those that an activity of the year belonged to; Activities took place; Persons came to them, each time counted.
	Projects, Activities, Persons int
}

// most bounds what is counted.
const most = 99_999

func figuresKey(in community.ID, year int) string { return fmt.Sprintf("%s/%d", in, year) }

// add counts what one community held.
func (y *Year) add(f Figures) {
	projects := map[string]bool{}
	for _, h := range f.Held {
		y.Activities++
		y.Persons += h.Persons
		if h.Project != "" {
			projects[h.Project] = true
		}
	}
	y.Projects += len(projects)
}

// yearOf is the year in which an activity begins, as clocks in the communities show it.
func (s *Service) yearOf(at time.Time) int { return s.Calendar.DateAt(at).Year }

// Figures returns a community's year, or that of all communities of a town, for everybody.
func (s *Service) Figures(ctx context.Context, actor identity.Actor, node community.ID, year int) (Year, error) {
	n, err := s.Directory.Node(ctx, node)
	if err != nil {
		return Year{}, err
	}
	if err := identity.Can(actor, identity.ReadPublic, identity.At(n)); err != nil {
		return Year{}, err
	}
	below := []community.Node{n}
	switch n.Level {
	case community.LevelCommunity:
	case community.LevelTown:
		if below, err = s.Below.Communities(ctx, node); err != nil {
			return Year{}, err
		}
	default:
		return Year{}, ErrNotFound
	}
	keys := make([]string, len(below))
	y := Year{Year: year}
	for i, c := range below {
		keys[i] = figuresKey(c.ID, year)
		hosts, err := s.hosts.Count(ctx, docstore.Query{Index: byList, Equal: []any{string(c.ID)}}, most)
		if err != nil {
			return Year{}, err
		}
		y.Hosts += hosts
	}
	found, err := s.figures.GetMany(ctx, keys)
	for _, f := range found {
		y.add(f)
	}
	return y, err
}

// ThisYear is the year that clocks in the communities show.
func (s *Service) ThisYear() int { return s.yearOf(s.Now()) }

// count writes down whether an activity took place and how many came.
func (s *Service) count(ctx context.Context, e docstore.Event) error {
	a, _, err := s.activities.Get(ctx, e.Doc.ID)
	if err != nil {
		return err
	}
	key := figuresKey(a.Community, s.yearOf(a.StartsAt))
	empty := Figures{Community: a.Community, Year: s.yearOf(a.StartsAt), Held: map[ID]Held{}}
	if _, err := s.figures.Add(ctx, key, empty); err != nil {
		return err
	}
	held, now := a.Status == Published && (!a.EndedAt.IsZero() || a.Turnout != nil), s.Now()
	h := Held{Persons: a.Came(), Project: a.Project}
	_, err = s.figures.Update(ctx, key, func(f *Figures) ([]docstore.Fact, error) {
		if was, ok := f.Held[a.ID]; ok == held && was == h || !ok && !held {
			return nil, docstore.ErrUnchanged
		}
		f.Held = maps.Clone(f.Held)
		delete(f.Held, a.ID)
		if held {
			f.Held[a.ID] = h
		}
		return []docstore.Fact{{Type: Counted, Actor: string(keeping.Account), At: now}}, nil
	})
	return err
}

// touch lets a host's place in the lists follow what they publish.
func (s *Service) touch(ctx context.Context, e docstore.Event) error {
	n, err := deliberation.Decode[News](e)
	if err != nil {
		return err
	}
	_, err = s.hosts.Update(ctx, string(n.Host), func(h *Host) ([]docstore.Fact, error) {
		if h.Proven && !e.At.After(h.Latest) {
			return nil, docstore.ErrUnchanged
		}
		h.Proven = true
		if e.At.After(h.Latest) {
			h.Latest = e.At
		}
		return []docstore.Fact{{Type: HostTouched, Actor: string(keeping.Account), At: e.At}}, nil
	})
	if errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	return err
}
