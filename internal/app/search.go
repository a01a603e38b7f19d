package app

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"jushou/internal/eventlog"
	"jushou/internal/search"
	websearch "jushou/web/search"
)

// searchFolder is where the index lies in the data directory. It may be deleted at any time.
const searchFolder = "search"

// openSearch opens this replica's index; Start begins to follow the feed.
func (a *App) openSearch(ctx context.Context) (err error) {
	dir := ""
	if a.cfg.DataDir != "" {
		dir = filepath.Join(a.cfg.DataDir, searchFolder)
	}
	a.Index, err = search.Open(ctx, search.Options{
		Dir: dir, Feed: a.Store, Sources: a.searchSources(), Clock: a.Clock, Log: a.log,
		Wake: func(ctx context.Context) <-chan struct{} { return a.coord.Subscribe(ctx, eventlog.Topic) },
	})
	if err != nil {
		return err
	}
	a.closers.add(a.Index.Close)
	a.meters.watchSearch(a.searchBehind)
	return nil
}

// searchSources are the rooms whose documents can be found.
func (a *App) searchSources() []search.Source {
	sources := []search.Source{a.Topics.Searchable()}
	for _, s := range a.shelves() {
		sources = append(sources, s.Source)
	}
	return sources
}

// shelves are the rooms besides the topics.
func (a *App) shelves() []websearch.Shelf {
	return []websearch.Shelf{
		{Finder: a.Halls.Finder(), Kind: "hall", Pages: "/hall/"},
		{Finder: a.Polls.Finder(), Kind: "poll", Pages: "/v/"},
		{Finder: a.Covenants.Finder(), Kind: "covenant", Pages: "/covenant/"},
		{Finder: a.Affairs.Finder(), Kind: "affair", Pages: "/affairs/"},
		{Finder: a.Meetings.Finder(), Kind: "meeting", Pages: "/meeting/"},
		{Finder: a.Whistles.Finder(), Kind: "whistle", Pages: "/whistles/"},
	}
}

// searchServices are what pages search with.
func (a *App) searchServices() websearch.Services {
	return websearch.Services{Index: a.Index, Topics: a.Topics, Directory: a.Directory, Shelves: a.shelves()}
}

// searchLate is how far behind the index may be before /readyz says so.
const searchLate = time.Minute

// searchReady says how far the index is behind the feed. Being behind keeps no request from being served.
func (a *App) searchReady(ctx context.Context) string {
	s, err := a.Index.Status(ctx)
	switch {
	case err != nil:
		return "status cannot be read"
	case s.Behind > searchLate:
		return fmt.Sprintf("the index is being built: it is %v behind", s.Behind.Round(time.Second))
	}
	return "ok"
}

// searchBehind is how far the index is behind the feed in seconds, for metrics.
func (a *App) searchBehind() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	s, err := a.Index.Status(ctx)
	if err != nil {
		return -1
	}
	return s.Behind.Seconds()
}
