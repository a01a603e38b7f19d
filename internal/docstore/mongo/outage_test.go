package mongo

import (
	"errors"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/docstore/mongo/mongotest"
)

// cable is a line to a server that can be cut and mended.
type cable struct {
	back     string
	listener net.Listener
	mu       sync.Mutex
	cut      bool
	conns    []net.Conn
}

func newCable(t *testing.T, back string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{back: back, listener: l}
	t.Cleanup(func() {
		l.Close()
		c.set(true)
	})
	go c.serve()
	return c
}

func (c *cable) serve() {
	for {
		front, err := c.listener.Accept()
		if err != nil {
			return
		}
		back, err := net.Dial("tcp", c.back)
		if err != nil {
			front.Close()
			continue
		}
		c.mu.Lock()
		if c.cut {
			front.Close()
			back.Close()
		}
		c.conns = append(c.conns, front, back)
		c.mu.Unlock()
		go io.Copy(front, back)
		go io.Copy(back, front)
	}
}

func (c *cable) set(cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = cut
	for _, conn := range c.conns {
		conn.Close()
	}
	c.conns = nil
}

func TestAnOutageIsUnavailableAndPasses(t *testing.T) {
	t.Parallel()
	uri, err := url.Parse(mongotest.Database(t, mongotest.Start(t)))
	if err != nil {
		t.Fatal(err)
	}
	line := newCable(t, uri.Host)
	uri.Host = line.listener.Addr().String()
	uri.RawQuery = "directConnection=true&serverSelectionTimeoutMS=300"
	s := openStore(t, uri.String(), Options{})
	put1(t, s, "thing", "before", docstore.Absent, "1")

	line.set(true)
	_, err = s.Get(t.Context(), docstore.Key{Kind: "thing", ID: "before"})
	if !errors.Is(err, docstore.ErrUnavailable) {
		t.Errorf("Get = %v, want unavailable", err)
	}
	lost := docstore.Write{Key: docstore.Key{Kind: "thing", ID: "lost"}, Body: []byte(`{}`)}
	if _, err := s.Put(t.Context(), lost, docstore.Event{ID: "lost", Type: "thing.made"}); !errors.Is(err, docstore.ErrUnavailable) {
		t.Errorf("Put = %v, want unavailable", err)
	}

	line.set(false)
	for s.Ping(t.Context()) != nil { // each waits for the server as long as the URI says
		if t.Context().Err() != nil {
			t.Fatal("the store did not come back")
		}
	}
	if _, err := s.Get(t.Context(), lost.Key); !errors.Is(err, docstore.ErrNotFound) {
		t.Errorf("Get = %v, want not found", err)
	}
	put1(t, s, "thing", "after", docstore.Absent, "2")
	for {
		head, err := s.Head(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		if head == 2 {
			break
		}
		<-s.Wake()
	}
	wantFeed(t, s, "1", "2")
}
