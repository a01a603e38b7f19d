package docstoretest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"

	"jushou/internal/docstore"
)

// crashDir and crashRound tell the test binary that it is the child of Crash.
const (
	crashDir   = "JUSHOU_TEST_CRASH_DIR"
	crashRound = "JUSHOU_TEST_CRASH_ROUND"
)

const (
	crashRounds    = 6
	crashWriters   = 16
	eventsPerWrite = 2
)

// Crash kills a writing process at random moments and looks at what it left. The test that calls it
// must do nothing else: the test binary is started again with only that test, and there Crash
// writes and acknowledges each write on a pipe until it is killed. open opens the store that
// belongs to dir, in both processes; writes is about how many writes each of the processes makes.
//
// What must hold: every acknowledged write is there, with its claim, a document and its events agree, and the
// indexes agree with the documents.
func Crash(t *testing.T, writes int, open func(ctx context.Context, dir string) (docstore.Store, error)) {
	if dir := os.Getenv(crashDir); dir != "" {
		s, err := open(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Fatal(writeForEver(t.Context(), s, os.Getenv(crashRound), os.NewFile(3, "acknowledgements")))
	}
	dir := t.TempDir()
	acknowledged, total := map[string]int64{}, 0
	for round := range crashRounds {
		total += crashOnce(t, dir, round, writes/2+rand.IntN(writes), acknowledged)
		s, err := open(t.Context(), dir)
		if err != nil {
			t.Fatalf("open after crash %d: %v", round, err)
		}
		inspect(t, s, acknowledged)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if total < crashRounds*(writes/2) {
		t.Fatalf("only %d writes were acknowledged", total)
	}
	t.Logf("%d writes acknowledged over %d crashes", total, crashRounds)
}

// crashOnce starts the child, kills it once it has acknowledged n writes, and records all it acknowledged.
func crashOnce(t *testing.T, dir string, round, n int, acknowledged map[string]int64) int {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var output strings.Builder
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	child.Env = append(os.Environ(), crashDir+"="+dir, crashRound+"="+strconv.Itoa(round))
	child.Stdout, child.Stderr = &output, &output
	child.ExtraFiles = []*os.File{w}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	lines, seen := bufio.NewReader(r), 0
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // what follows the last line end was cut off by the kill and promises nothing
		}
		id, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		v, err := strconv.ParseInt(version, 10, 64)
		if err != nil {
			t.Fatalf("acknowledgement %q: %v", line, err)
		}
		acknowledged[id] = max(acknowledged[id], v)
		if seen++; seen == n {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); seen < n {
		t.Fatalf("the child ended after %d of %d writes: %v\n%s", seen, n, err, output.String())
	}
	return seen
}

// writeForEver lets several writers each create and change documents of their own, one write at a
// time, and acknowledges each write as "id version".
func writeForEver(ctx context.Context, s docstore.Store, round string, ack io.Writer) error {
	var mu sync.Mutex
	return errors.Join(together(crashWriters, func(writer int) error {
		for n := 0; ; n++ {
			id := fmt.Sprintf("%s.%d.%d", round, writer, n)
			for v := range int64(1 + rand.IntN(4)) {
				list := make([]docstore.Event, eventsPerWrite)
				for i := range list {
					list[i] = event(fmt.Sprintf("%s@%d.%d", id, v+1, i))
				}
				w := write(id, docstore.Want(v), v+1)
				w.Fields = fields{"group": "crash", "due": v + 1}
				w.Claims = []docstore.Claim{claim(claimed(id, v+1), id)}
				version, err := s.Put(ctx, w, list...)
				if err != nil {
					return err
				}
				mu.Lock()
				_, err = fmt.Fprintf(ack, "%s %d\n", id, version)
				mu.Unlock()
				if err != nil {
					return err
				}
			}
		}
	})...)
}

// claimed is what the write of a version claims.
func claimed(id string, version int64) string { return fmt.Sprintf("%s@%d", id, version) }

// inspect compares what was acknowledged with what is there. A write that was on its way when the process
// died may be there or not; it is there whole or not at all.
func inspect(t *testing.T, s docstore.Store, acknowledged map[string]int64) {
	t.Helper()
	versions := map[string]int64{}
	q := docstore.Query{Kind: "thing", Index: "group_due", Equal: []any{"crash"}, Limit: docstore.MaxLimit}
	for more := true; more; more = q.After != "" {
		page, err := s.Find(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range page.Docs {
			versions[doc.ID] = doc.Version
			wantBody(t, doc.Body, body(doc.Version))
		}
		q.After = page.Next
	}
	total := 0
	for id, v := range versions {
		if was := acknowledged[id]; v < was || v > was+1 {
			t.Errorf("%s is at version %d, acknowledged %d", id, v, was)
		}
		acknowledged[id] = v
		total += int(v) * eventsPerWrite
	}
	for id, v := range acknowledged {
		for n := range v {
			if doc, err := s.Get(t.Context(), docstore.Key{Kind: "other", ID: claimed(id, n+1)}); err != nil {
				t.Errorf("the claim of %s, version %d: %v", id, n+1, err)
			} else {
				wantBody(t, doc.Body, body(id))
			}
		}
		if versions[id] == 0 {
			t.Errorf("%s is gone, acknowledged %d", id, v)
		}
	}
	told := map[string]int64{}
	for _, e := range feed(t, s, total) {
		if place := told[e.Doc.ID]; e.Ver != place/eventsPerWrite+1 {
			t.Errorf("event %s of version %d in place %d of its document", e.ID, e.Ver, place)
		}
		told[e.Doc.ID]++
	}
}
