package publiclog_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
)

// second is the second place for checkpoints.
type second struct {
	mu     sync.Mutex
	bodies []string
	status int
}

func (s *second) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.status == http.StatusOK && r.Method == http.MethodPost && r.Header.Get("Content-Type") == "text/plain; charset=utf-8" {
		s.bodies = append(s.bodies, string(body))
	}
	rw.WriteHeader(s.status)
}

func (s *second) answer(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = status
}

func TestEveryCheckpointIsSentOnceTheOtherSideIsThere(t *testing.T) {
	t.Parallel()
	w := setup(t)
	there := &second{status: http.StatusBadGateway}
	server := httptest.NewServer(there)
	t.Cleanup(server.Close)
	c := config(w.store, w.clock)
	c.PushURL = server.URL
	var err error
	if w.log, err = publiclog.New(c); err != nil {
		t.Fatal(err)
	}
	w.happen(1)
	w.follow()
	old := w.signed()
	if err := w.log.Push(t.Context(), old); err == nil {
		t.Error("a refusal is taken for an answer")
	}
	w.happen(1)
	newest := w.follow()
	there.answer(http.StatusOK)
	for range 2 { // the old one is covered by the new
		if err := w.log.Push(t.Context(), old); err != nil {
			t.Error(err)
		}
	}
	if err := w.log.Push(t.Context(), w.signed()); err != nil {
		t.Error(err)
	}
	if len(there.bodies) != 1 || there.bodies[0] != newest.Note {
		t.Errorf("sent %q", there.bodies)
	}
}

// signed is the last event that tells of a checkpoint.
func (w *world) signed() (last docstore.Event) {
	w.t.Helper()
	for _, e := range w.events() {
		if e.Type == publiclog.EventCheckpoint {
			last = e
		}
	}
	if last.ID == "" {
		w.t.Fatal("no event tells of a checkpoint")
	}
	return last
}

func TestWithoutASecondPlaceNothingIsSent(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.happen(1)
	w.follow()
	if err := w.log.Push(t.Context(), w.signed()); err != nil {
		t.Error(err)
	}
}
