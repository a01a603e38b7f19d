package web

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// TestShuttingDownDoesNotWaitForTheSilent is a browser that connected ahead of need, and one that asked something.
func TestShuttingDownDoesNotWaitForTheSilent(t *testing.T) {
	t.Parallel()
	s := probe(t, nil)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	silent, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	res, err := http.Get("http://" + l.Addr().String() + "/nowhere")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		t.Fatalf("the silent connection kept the server: %v", err)
	}
	if _, err := silent.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the silent connection reads %v, want its end", err)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// TestAConnectionThatEndsUnderAnAnswer is what a shutdown does to a request that arrives at the same moment: the connection is
// closed before the answer is written. It must cost that answer and nothing else; a fasthttp before 1.56 ended the process.
func TestAConnectionThatEndsUnderAnAnswer(t *testing.T) {
	t.Parallel()
	s := probe(t, func(d *Deps) {
		d.First = func(r fiber.Router) {
			r.Get("/probe/ends", func(c *fiber.Ctx) error { return c.Context().Conn().Close() })
		}
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	if res, err := http.Get("http://" + l.Addr().String() + "/probe/ends"); err == nil {
		res.Body.Close()
		t.Errorf("the closed connection answered %d", res.StatusCode)
	}
	res, err := http.Get("http://" + l.Addr().String() + "/nowhere")
	if err != nil {
		t.Fatalf("the next request: %v", err)
	}
	res.Body.Close()
	if err := s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
}
