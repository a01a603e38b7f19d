package verify_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/verify"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type open struct{}

func (open) Seal(_, plain string) string { return plain }

func (open) Open(_, sealed string) (string, error) { return sealed, nil }

// house is an installation with a log, served.
type house struct {
	t     *testing.T
	store docstore.Store
	log   *publiclog.Log
	url   string
	n     int
	down  atomic.Bool
	// beside is what is published beside the log, by path.
	beside map[string][]byte
	// bend, if set, changes what is served.
	bend func(path string, data []byte) []byte
}

func build(t *testing.T) *house {
	t.Helper()
	schema := append(publiclog.Collections(), docstore.Collection{Kind: "thing"})
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "log.db"), schema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, store: s, beside: map[string][]byte{}}
	h.log, err = publiclog.New(publiclog.Config{
		Store: s, Clock: clock.System{}, Vault: open{}, Origin: "sq.example/open/log", Acts: acts(),
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	h.url = server.URL
	t.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// acts are what is entered: things, and the steps of polls as internal/app enters them.
func acts() []publiclog.Act {
	all := []publiclog.Act{{Event: "thing.done", Of: "thing", Words: []string{"words"}}}
	for _, step := range []string{"opened", "added", "closed", "released", "disputed", "published"} {
		all = append(all, publiclog.Act{Event: "poll." + step, Of: "poll", Ref: "poll", Facts: []string{"hash", "voters", "page", "count", "root", "outcome", "ballots", "stakes"}})
	}
	return all
}

// ServeHTTP lays the log out as the house does.
func (h *house) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if h.down.Load() {
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	path := strings.TrimPrefix(r.URL.Path, "/")
	data, err := h.file(r.Context(), path)
	if err != nil {
		rw.WriteHeader(http.StatusNotFound)
		return
	}
	if h.bend != nil {
		data = h.bend(path, data)
	}
	_, _ = rw.Write(data)
}

func (h *house) file(ctx context.Context, path string) ([]byte, error) {
	if data, ok := h.beside[path]; ok {
		return data, nil
	}
	switch path {
	case "key":
		v, err := h.log.Verifier(ctx)
		return []byte(v + "\n"), err
	case "checkpoint":
		c, err := h.log.Latest(ctx)
		return []byte(c.Note), err
	}
	data, _, err := h.log.Tile(ctx, strings.TrimPrefix(path, "tile/"))
	return data, err
}

// happen enters n acts and signs.
func (h *house) happen(n int) {
	h.t.Helper()
	for range n {
		h.event("thing.done", `{"words":"路灯"}`)
	}
	h.sign()
}

// event lets something happen.
func (h *house) event(what, data string) {
	h.t.Helper()
	h.n++
	id := fmt.Sprintf("t%d", h.n)
	_, err := h.store.Put(h.t.Context(), docstore.Write{Key: docstore.Key{Kind: "thing", ID: id}, Body: []byte(`{}`), Scope: "hexiang"},
		docstore.Event{ID: id, Type: what, At: time.Unix(int64(h.n), 0), Data: []byte(data)})
	if err != nil {
		h.t.Fatal(err)
	}
}

// sign enters what happened and signs.
func (h *house) sign() {
	h.t.Helper()
	last, err := h.store.Head(h.t.Context(), "hexiang")
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.log.Follow(h.t.Context(), docstore.Event{Seq: last}); err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.log.Publish(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) source() verify.Source { return source(h.t, h.url) }

func source(t *testing.T, place string) verify.Source {
	t.Helper()
	s, err := verify.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// save keeps a copy in dir.
func (h *house) save(dir string) error {
	_, err := verify.Save(h.t.Context(), h.source(), dir, verify.Options{})
	return err
}

func check(t *testing.T, dir string) error {
	t.Helper()
	_, err := verify.Log(t.Context(), source(t, dir), verify.Options{})
	return err
}

// files lists what lies in a folder.
func files(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			list = append(list, rel)
		}
		return err
	})
	if err != nil || len(list) < 4 {
		t.Fatalf("files %v, %v", list, err)
	}
	return list
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// missing is a source that no longer has some files.
type missing struct {
	verify.Source
	suffix string
}

func (m missing) Read(ctx context.Context, path string, most int) ([]byte, error) {
	if strings.HasSuffix(path, m.suffix) {
		path = "tile/gone"
	}
	return m.Source.Read(ctx, path, most)
}
