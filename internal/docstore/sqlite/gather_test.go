package sqlite

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// TestACrowdIsWaitedFor plays a number of clients each of which sends its next Put when the last was answered: some are waiting when
// the writer comes back, the rest come if they are waited for.
func TestACrowdIsWaitedFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ clients, waiting, want int }{
		{clients: 1, waiting: 1, want: 1},
		{clients: 7, waiting: 7, want: 7},
		{clients: 16, waiting: 9, want: 16},
		{clients: 64, waiting: 10, want: mostGathered},
		{clients: 200, waiting: 100, want: 100}, // what is there is taken
	} {
		t.Run(fmt.Sprint(tt.clients), func(t *testing.T) {
			t.Parallel()
			var g gather
			inVain, last := 0, 0
			const rounds = 100
			for range rounds {
				last = max(tt.waiting, min(g.goal, tt.clients))
				if g.goal > last {
					inVain++
				}
				g.learn(last)
			}
			if last != tt.want {
				t.Errorf("transactions of %d, want %d", last, tt.want)
			}
			if most := rounds/content + 1; inVain > most {
				t.Errorf("waited in vain %d times of %d, want at most %d", inVain, rounds, most)
			}
		})
	}
}

// TestNobodyIsWaitedForLong holds for every sequence of transactions: few Puts end the waiting, the goal is bounded, and a wait in vain
// is not followed by another one for more than came.
func TestNobodyIsWaitedForLong(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var g gather
		for range rapid.IntRange(1, 60).Draw(t, "transactions") {
			goal, n := g.goal, rapid.IntRange(1, maxBatch).Draw(t, "puts")
			switch g.learn(n); {
			case g.goal > mostGathered || g.goal < 0:
				t.Fatalf("waits for %d", g.goal)
			case n < crowded && g.goal != 0:
				t.Fatalf("waits for %d after %d", g.goal, n)
			case n < goal && g.goal > n:
				t.Fatalf("waits for %d after %d of %d had come", g.goal, n, goal)
			}
		}
	})
}

// TestTheWriterWaitsForItsGoal lets two more Puts come a while after the first one, on a clock that stands still but for waiting.
func TestTheWriterWaitsForItsGoal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name       string
		goal, want int
		waited     time.Duration
	}{
		{"a lone Put", 0, 1, 0},
		{"as many as come", 3, 3, gatherFor / 2},
		{"more than come", 4, 3, gatherFor},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWriter(nil, nil)
				go func() {
					time.Sleep(gatherFor / 2)
					w.queue <- &request{}
					w.queue <- &request{}
				}()
				began := time.Now()
				batch := w.fill(nil, &request{}, tt.goal)
				if waited := time.Since(began); len(batch) != tt.want || waited != tt.waited {
					t.Errorf("took %d after %v, want %d after %v", len(batch), waited, tt.want, tt.waited)
				}
				time.Sleep(gatherFor) // the others come, whoever waited
			})
		})
	}
}
