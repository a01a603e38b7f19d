package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"zombiezen.com/go/sqlite"

	"jushou/internal/docstore"
)

// busy opens a store whose writer is kept busy until release is called.
func busy(t *testing.T) (s *Store, path string, release func()) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "jushou.db")
	s, err := Open(t.Context(), path, docstore.Schema{{Kind: "topic"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	started, gate, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.control(context.Background(), func(*sqlite.Conn) error {
			close(started)
			<-gate
			return nil
		})
	}()
	<-started
	release = sync.OnceFunc(func() {
		close(gate)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		release()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, path, release
}

// awaitQueued waits until n requests are in the queue.
func awaitQueued(t *testing.T, s *Store, n int) {
	t.Helper()
	for len(s.writer.queue) < n {
		if t.Context().Err() != nil {
			t.Fatal("the test ended first")
		}
		runtime.Gosched()
	}
}

func topic(id string, want docstore.Want) docstore.Write {
	return docstore.Write{Key: docstore.Key{Kind: "topic", ID: id}, Want: want, Body: []byte(`{}`)}
}

func TestAPutGivenUpInTheQueueIsNotMade(t *testing.T) {
	t.Parallel()
	s, _, release := busy(t)
	ctx, cancel := context.WithCancel(t.Context())
	verdict := make(chan error, 1)
	go func() {
		_, err := s.Put(ctx, topic("a", docstore.Absent))
		verdict <- err
	}()
	awaitQueued(t, s, 1)
	cancel()
	if err := <-verdict; !errors.Is(err, context.Canceled) {
		t.Errorf("Put = %v, want canceled", err)
	}
	release()
	if _, err := s.Put(t.Context(), topic("b", docstore.Absent)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), docstore.Key{Kind: "topic", ID: "a"}); !errors.Is(err, docstore.ErrNotFound) {
		t.Errorf("Get = %v, want not found", err)
	}
}

func TestPutsCommittedTogetherHaveTheirOwnVerdicts(t *testing.T) {
	t.Parallel()
	s, _, release := busy(t)
	const n = 40
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			e := docstore.Event{ID: fmt.Sprintf("e%d", i%30), Type: "topic.posted"} // ten ids come twice
			_, errs[i] = s.Put(t.Context(), topic(fmt.Sprint(i), docstore.Absent), docstore.Event{ID: fmt.Sprint("own ", i), Type: "topic.posted"}, e)
		})
	}
	awaitQueued(t, s, n)
	release()
	wg.Wait()
	refused := 0
	for i, err := range errs {
		if err != nil && !errors.Is(err, docstore.ErrConflict) {
			t.Errorf("Put %d = %v", i, err)
		}
		_, get := s.Get(t.Context(), docstore.Key{Kind: "topic", ID: fmt.Sprint(i)})
		if (err == nil) != (get == nil) {
			t.Errorf("Put %d = %v, but Get = %v", i, err, get)
		}
		if err != nil {
			refused++
		}
	}
	events, err := s.Events(t.Context(), 0, docstore.MaxLimit)
	if err != nil || refused != 10 || len(events) != 2*(n-refused) {
		t.Errorf("%d refused, %d events, %v", refused, len(events), err)
	}
}

func TestCloseWaitsForWhatIsQueued(t *testing.T) {
	t.Parallel()
	s, path, release := busy(t)
	verdict, closed := make(chan error, 1), make(chan error, 1)
	go func() {
		_, err := s.Put(context.Background(), topic("a", docstore.Absent))
		verdict <- err
	}()
	awaitQueued(t, s, 1)
	go func() { closed <- s.Close() }()
	<-s.done
	release()
	if err := errors.Join(<-verdict, <-closed); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), path, docstore.Schema{{Kind: "topic"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, err := again.Get(t.Context(), docstore.Key{Kind: "topic", ID: "a"}); err != nil {
		t.Errorf("Get after Close and Open: %v", err)
	}
}
