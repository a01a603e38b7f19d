package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/internal/docstore"
	"jushou/projects"
)

// markKind holds one document per kind that says which declaration its documents' indexes were written by.
const markKind docstore.Kind = "indexed"

// mark is the declaration of a kind that all its documents are indexed by.
type mark struct {
	Declared string `json:"declared"`
}

func marks(s docstore.Store) docstore.Table[mark] {
	return docstore.Table[mark]{Store: s, Kind: markKind}
}

// markCollections declares what this file stores.
func markCollections() docstore.Schema { return docstore.Schema{{Kind: markKind}} }

// rewriters are the kinds whose declarations may grow while documents of an older program are there.
func rewriters(s docstore.Store) map[docstore.Kind]func(context.Context) (int, error) {
	return map[docstore.Kind]func(context.Context) (int, error){
		deliberation.TopicKind:   deliberation.Topics(s).Reindex,
		deliberation.CommentKind: deliberation.Comments(s).Reindex,
		projects.ProjectKind:     projects.Table(s).Reindex,
		poll.SeatKind:            poll.Seats(s).Reindex,
	}
}

// reindex writes the documents again whose kinds are declared otherwise than when they were written: without it what a new
// index should find would stay out of sight. It is done before anybody is served, once; broken off, the next start begins
// it again, and two replicas at once do the same work twice and nothing else.
func (a *App) reindex(ctx context.Context) error {
	all := rewriters(a.Store)
	for _, c := range Schema() {
		rewrite, ok := all[c.Kind]
		if !ok {
			continue
		}
		declared, id := fingerprint(c), string(c.Kind)
		m, version, err := marks(a.Store).Get(ctx, id)
		if err == nil && m.Declared == declared {
			continue
		}
		if err != nil && !errors.Is(err, docstore.ErrNotFound) {
			return fmt.Errorf("read how %s is indexed: %w", c.Kind, err)
		}
		n, err := rewrite(ctx)
		if err != nil {
			return fmt.Errorf("index %s anew: %w", c.Kind, err)
		}
		if n > 0 {
			a.log.Info("indexed anew", slog.String("kind", id), slog.Int("documents", n))
		}
		_, err = marks(a.Store).Put(ctx, id, docstore.Want(version), mark{Declared: declared})
		if err != nil && !errors.Is(err, docstore.ErrConflict) { // another replica was first
			return fmt.Errorf("remember how %s is indexed: %w", c.Kind, err)
		}
	}
	return nil
}

// fingerprint tells declarations of a kind apart.
func fingerprint(c docstore.Collection) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%v %v", c.Fields, c.Indexes))
	return hex.EncodeToString(sum[:8])
}
