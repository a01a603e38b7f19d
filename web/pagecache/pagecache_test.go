package pagecache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func say(text string) func(context.Context, io.Writer) error {
	return func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func get(t *testing.T, c *Cache, key, text string, reuse bool) string {
	t.Helper()
	body, err := c.Bytes(t.Context(), key, reuse, say(text))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestRendersOnceAndAnewOnRequest(t *testing.T) {
	t.Parallel()
	c := New(1000)
	for _, step := range []struct {
		text  string
		reuse bool
		want  string
	}{{"a", true, "a"}, {"b", true, "a"}, {"c", false, "c"}, {"d", true, "c"}} {
		if got := get(t, c, "key", step.text, step.reuse); got != step.want {
			t.Errorf("got %q, want %q", got, step.want)
		}
	}
}

func TestNeverHoldsMoreThanItsBound(t *testing.T) {
	t.Parallel()
	c := New(400)
	for i := range 100 {
		get(t, c, fmt.Sprintf("key%02d", i), strings.Repeat("x", 60), true)
		if held, _ := c.Held(); held > 400 {
			t.Fatalf("holds %d bytes", held)
		}
	}
	if _, entries := c.Held(); entries == 0 {
		t.Fatal("holds nothing at all")
	}
	if got := get(t, c, "key99", "new", true); got == "new" {
		t.Error("the most recent entry was dropped")
	}
	if got := get(t, c, "key00", "new", true); got != "new" {
		t.Error("the oldest entry was kept")
	}
	get(t, c, "huge", strings.Repeat("x", 500), true)
	if got := get(t, c, "huge", "new", true); got != "new" {
		t.Error("an entry larger than the cache was kept")
	}
}

func TestARenderingLeavesEarlierOnesAlone(t *testing.T) {
	t.Parallel()
	c := New(10 * mostScratch)
	texts := []string{strings.Repeat("long ", 5000), "short", strings.Repeat("more than scratch holds ", mostScratch/20), "", "short too"}
	var bodies [][]byte
	for i, text := range texts {
		body, err := c.Bytes(t.Context(), fmt.Sprint(i), true, say(text))
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, body)
	}
	for i, text := range texts {
		if string(bodies[i]) != text {
			t.Errorf("rendering %d is of %d bytes now, not the %d that were written", i, len(bodies[i]), len(text))
		}
	}
}

func TestFailedRenderingIsNotKept(t *testing.T) {
	t.Parallel()
	c, broken := New(1000), errors.New("broken")
	_, err := c.Bytes(t.Context(), "key", true, func(context.Context, io.Writer) error { return broken })
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if got := get(t, c, "key", "whole", true); got != "whole" {
		t.Errorf("got %q", got)
	}
}

func TestManyWhoMissWaitForOneRendering(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := New(1000)
		var rendered atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				body, err := c.Bytes(t.Context(), "key", true, func(_ context.Context, w io.Writer) error {
					rendered.Add(1)
					time.Sleep(time.Second)
					_, err := io.WriteString(w, "page")
					return err
				})
				if err != nil || string(body) != "page" {
					t.Errorf("got %q, %v", body, err)
				}
			})
		}
		all.Wait()
		if n := rendered.Load(); n != 1 {
			t.Errorf("rendered %d times", n)
		}
	})
}
