package publiclog_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/verify"
)

// killDir and killRound tell the test binary that it is the child of TestKilledWhileAppending.
const (
	killDir   = "JUSHOU_TEST_LOG_KILL_DIR"
	killRound = "JUSHOU_TEST_LOG_KILL_ROUND"
)

const killRounds = 5

// TestKilledWhileAppending kills a process that appends and signs, at random moments. What it leaves must verify from its first
// entry on, begin with every checkpoint that was told to anybody, and hold each event once.
func TestKilledWhileAppending(t *testing.T) {
	if dir := os.Getenv(killDir); dir != "" {
		t.Fatal(appendForEver(t, dir))
	}
	dir := t.TempDir()
	var told []string
	for round := range killRounds {
		told = append(told, killOnce(t, dir, round, 5+rand.IntN(40))...)
		inspect(t, dir, told)
	}
}

// inspect opens what the killed process left, lets it catch up, and checks it from outside.
func inspect(t *testing.T, dir string, told []string) {
	t.Helper()
	s, err := openStore(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	l, err := publiclog.New(config(s, clock.Standing(noon)))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: s, clock: clock.Standing(noon), log: l}
	site, err := verify.Open(w.serve())
	if err != nil {
		t.Fatal(err)
	}
	for _, before := range []bool{true, false} { // as it was left, and caught up
		if !before {
			w.follow()
		}
		for _, note := range []string{told[0], told[len(told)/2], told[len(told)-1]} {
			if _, err := verify.Log(t.Context(), site, verify.Options{Since: []byte(note)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	done := 0
	for _, e := range w.events() {
		if e.Type == "thing.done" {
			done++
		}
	}
	if list := entries(t, l); len(list) != done || done == 0 {
		t.Errorf("%d entries of %d events", len(list), done)
	}
}

// killOnce starts the child, kills it after n checkpoints, and returns those it told of.
func killOnce(t *testing.T, dir string, round, n int) (told []string) {
	t.Helper()
	r, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var output strings.Builder
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	child.Env = append(os.Environ(), killDir+"="+dir, fmt.Sprintf("%s=%d", killRound, round))
	child.Stdout, child.Stderr, child.ExtraFiles = &output, &output, []*os.File{pipe}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	pipe.Close()
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break // what follows the last line end was cut off and tells nothing
		}
		var note string
		if err := json.Unmarshal(line, &note); err != nil {
			t.Fatalf("told %q: %v", line, err)
		}
		if told = append(told, note); len(told) == n {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); len(told) < n {
		t.Fatalf("the child ended after %d of %d checkpoints: %v\n%s", len(told), n, err, output.String())
	}
	return told
}

// appendForEver writes events, has two logs follow them at once, signs, and tells each checkpoint on the pipe.
func appendForEver(t *testing.T, dir string) error {
	s, err := openStore(t.Context(), dir)
	if err != nil {
		return err
	}
	one, err := publiclog.New(config(s, clock.Standing(noon)))
	if err != nil {
		return err
	}
	two, err := publiclog.New(config(s, clock.Standing(noon)))
	if err != nil {
		return err
	}
	pipe := json.NewEncoder(os.NewFile(3, "checkpoints"))
	for n := 0; ; n++ {
		for i := range 1 + rand.IntN(30) {
			id := fmt.Sprintf("r%s-%d-%d", os.Getenv(killRound), n, i)
			if err := write(t.Context(), s, id, "thing.done", `{}`, fmt.Sprintf(`{"thing":%q}`, id)); err != nil {
				return err
			}
		}
		if err := together(t, s, one, two); err != nil {
			return err
		}
		c, err := one.Latest(t.Context())
		if err != nil {
			return err
		}
		if err := pipe.Encode(c.Note); err != nil {
			return err
		}
	}
}

// together lets logs follow to the end of the feed at once; the one that is too late tries again.
func together(t *testing.T, s docstore.Store, logs ...*publiclog.Log) error {
	head, err := s.Head(t.Context(), "")
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	faults := make([]error, len(logs))
	for i, l := range logs {
		all.Go(func() {
			for {
				if err := l.Follow(t.Context(), docstore.Event{Seq: head}); err == nil {
					break
				} else if !errors.Is(err, docstore.ErrConflict) {
					faults[i] = err
					return
				}
			}
			_, faults[i] = l.Publish(t.Context())
		})
	}
	all.Wait()
	return errors.Join(faults...)
}
