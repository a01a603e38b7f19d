package poll_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"jushou/deliberation/poll"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// impatient is how many ballots one voter sends at once, from as many devices.
const impatient = 10_000

// TestOneVoterAtOnce lets one voter cast 10^4 different ballots at the same moment. What is acknowledged is a ballot, the last of them is the
// only one that counts, and everything else is refused in words: there were too many, or another one of the voter's was quicker.
func TestOneVoterAtOnce(t *testing.T) {
	t.Parallel()
	g := setup(t, 4)
	p := g.opened(g.draft())
	receipts := make([]poll.Receipt, impatient)
	refused := make([]error, impatient)
	var all sync.WaitGroup
	for i := range impatient {
		all.Go(func() {
			receipts[i], refused[i] = g.CastBallot(t.Context(), g.p(0), poll.Cast{Poll: p.ID, Choice: pick(i % 3), Tag: poll.TagOf(fmt.Sprint("at once ", i))})
		})
	}
	all.Wait()
	last, taken := -1, map[int]int{}
	for i, err := range refused {
		switch {
		case err == nil:
			taken[receipts[i].Count]++
			if last < 0 || receipts[i].Count > receipts[last].Count {
				last = i
			}
		case fault.CodeOf(err) != "poll.too_many_casts" && !errors.Is(err, docstore.ErrConflict):
			t.Fatalf("ballot %d: %v", i, err)
		}
	}
	if len(taken) == 0 || len(taken) > poll.MaxCasts {
		t.Fatalf("%d ballots were acknowledged", len(taken))
	}
	for n := 1; n <= len(taken); n++ {
		if taken[n] != 1 {
			t.Errorf("%d ballots are number %d of this voter", taken[n], n)
		}
	}
	t.Logf("%d of %d were taken", len(taken), impatient)

	out := g.closed(p)
	if c := out.Count; c.Turnout.Ballots != 1 || len(c.Winners) != 1 || c.Winners[0] != last%3 || out.Poll.Closing.Commitments != len(taken) {
		t.Errorf("the last ballot is for %d; counted were %+v for %v of %d commitments", last%3, c.Turnout, c.Winners, out.Poll.Closing.Commitments)
	}
	for i, err := range refused {
		if err != nil {
			continue
		}
		if found, err := g.CheckReceipt(t.Context(), p.ID, receipts[i].Commit); err != nil || !found.Released {
			t.Errorf("the acknowledged ballot %d is not among the released: %v", i, err)
		}
	}
}
