package publiclog_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/eventlog/publiclog"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

const origin = "sq.example/open/log"

// vault is a box that anybody can open: what matters here is the place.
type vault struct{}

func (vault) Seal(place, plain string) string { return place + "|" + plain }

func (vault) Open(place, sealed string) (string, error) {
	plain, ok := strings.CutPrefix(sealed, place+"|")
	if !ok {
		return "", errors.New("sealed for another place")
	}
	return plain, nil
}

func schema() docstore.Schema {
	return slices.Concat(publiclog.Collections(), docstore.Schema{{Kind: "thing"}})
}

func openStore(ctx context.Context, dir string) (docstore.Store, error) {
	return sqlite.Open(ctx, filepath.Join(dir, "log.db"), schema(), sqlite.Options{})
}

// world is a store with a log on it.
type world struct {
	t     *testing.T
	store docstore.Store
	clock *clock.Virtual
	log   *publiclog.Log
	n     int
}

func setup(t *testing.T) *world {
	t.Helper()
	s, err := openStore(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, store: s, clock: clock.Standing(noon)}
	w.log = w.another()
	return w
}

// another is the log as a second process has it.
func (w *world) another() *publiclog.Log {
	w.t.Helper()
	l, err := publiclog.New(config(w.store, w.clock))
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

func config(s docstore.Store, c clock.Clock) publiclog.Config {
	return publiclog.Config{Store: s, Clock: c, Vault: vault{}, Origin: origin, Acts: []publiclog.Act{
		{Event: "thing.done", Of: "thing", Ref: "thing", Facts: []string{"count", "late", "where"}, Words: []string{"words"}},
		{Event: "thing.said", Of: "thing", Doc: true,
			Text: func(_ docstore.Event, d docstore.Doc) map[string]any {
				return map[string]any{"body": publiclog.Doc[said](d).Body}
			},
			Public: func(_ docstore.Event, d docstore.Doc) bool { return !publiclog.Doc[said](d).Held },
		},
	}}
}

type said struct {
	Body string `json:"body"`
	Held bool   `json:"held"`
}

// write saves a document with one event of the type.
func write(ctx context.Context, s docstore.Store, id, what, body, data string) error {
	_, err := s.Put(ctx, docstore.Write{Key: docstore.Key{Kind: "thing", ID: id}, Want: docstore.Any, Body: []byte(body), Scope: "hexiang"},
		docstore.Event{ID: what + " of " + id, Type: what, Actor: "account/secret", At: noon, Data: []byte(data)})
	return err
}

// happen saves n events that are entered, each behind one that is not.
func (w *world) happen(n int) {
	w.t.Helper()
	for range n {
		w.n++
		id := fmt.Sprintf("t%d", w.n)
		w.put(id, "thing.private", `{}`, `{}`)
		w.put(id, "thing.done", `{}`, fmt.Sprintf(`{"thing":%q,"count":%d,"by":"account/secret","words":"王小明说路灯不亮"}`, id, w.n))
	}
}

func (w *world) put(id, what, body, data string) {
	w.t.Helper()
	if err := write(w.t.Context(), w.store, id, what, body, data); err != nil {
		w.t.Fatal(err)
	}
}

// events reads the feed.
func (w *world) events() []docstore.Event {
	w.t.Helper()
	var all []docstore.Event
	for after := int64(0); ; {
		some, err := w.store.Events(w.t.Context(), after, docstore.MaxLimit)
		if err != nil {
			w.t.Fatal(err)
		}
		if len(some) == 0 {
			return all
		}
		all, after = append(all, some...), some[len(some)-1].Seq
	}
}

// follow lets the log follow to the end of the feed, and signs.
func (w *world) follow() publiclog.Checkpoint {
	w.t.Helper()
	events := w.events()
	if err := w.log.Follow(w.t.Context(), events[len(events)-1]); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.log.Publish(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	c, err := w.log.Latest(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// serve lays the log out as the house does.
func (w *world) serve() string { return serve(w.t, w.log) }

func serve(t *testing.T, l *publiclog.Log) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		data, err := file(r.Context(), l, strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			http.Error(rw, err.Error(), http.StatusNotFound)
			return
		}
		_, _ = rw.Write(data)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func file(ctx context.Context, l *publiclog.Log, path string) ([]byte, error) {
	switch path {
	case "key":
		v, err := l.Verifier(ctx)
		return []byte(v + "\n"), err
	case "checkpoint":
		c, err := l.Latest(ctx)
		return []byte(c.Note), err
	}
	data, _, err := l.Tile(ctx, strings.TrimPrefix(path, "tile/"))
	return data, err
}
