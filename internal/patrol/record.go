package patrol

import (
	"time"

	"github.com/robfig/cron/v3"

	"jushou/internal/docstore"
)

// sweepKind is the Kind of the runner's records.
const sweepKind docstore.Kind = "sweep"

// Schema declares the runner's documents.
func Schema() docstore.Schema { return docstore.Schema{{Kind: sweepKind}} }

// record is what is remembered of a sweep over restarts. Instants are the application's.
type record struct {
	LastSuccess time.Time `json:"last_success,omitzero"` // Window.Now of the last run that succeeded
	LastCount   int       `json:"last_count"`            // what that run settled
	TookMS      int64     `json:"took_ms"`               // how long the last run took, real milliseconds
	LastFailure time.Time `json:"last_failure,omitzero"`
	LastError   string    `json:"last_error,omitempty"` // cut to 500 runes
	Failures    int       `json:"failures"`             // in a row since the last success
	Runs        int64     `json:"runs"`
	Panics      int64     `json:"panics"`
}

func records(s docstore.Store) docstore.Table[record] {
	return docstore.Table[record]{Store: s, Kind: sweepKind}
}

// Retry of a failed run.
const (
	retryBase = 5 * time.Second
	retryCap  = 5 * time.Minute
)

// nextAfter is when the sweep is to run after what rec says has happened, seen at now. It is never more than one
// period after now, whatever the record says, so a clock that was set back stalls nothing.
func (rec record) nextAfter(s cron.Schedule, now time.Time) time.Time {
	next := s.Next(now)
	if rec.Failures == 0 && rec.LastSuccess.IsZero() {
		return now
	}
	if rec.Failures > 0 && !rec.LastFailure.After(now) {
		next = earlier(next, earlier(s.Next(rec.LastFailure), rec.LastFailure.Add(backoff(rec.Failures))))
	}
	if rec.Failures == 0 && !rec.LastSuccess.After(now) {
		next = earlier(next, s.Next(rec.LastSuccess))
	}
	return next
}

func backoff(failures int) time.Duration {
	if failures > 6 {
		return retryCap
	}
	return min(retryBase<<(failures-1), retryCap)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// result is one finished run.
type result struct {
	window Window
	ended  time.Time // by the application's clock
	took   time.Duration
	n      int
	err    error
	panic  bool
}

// after returns the record with the result added.
func (rec record) after(r result) record {
	rec.Runs++
	rec.TookMS = r.took.Milliseconds()
	if r.panic {
		rec.Panics++
	}
	if r.err != nil {
		rec.Failures++
		rec.LastFailure, rec.LastError = r.ended, cut(r.err.Error(), 500)
		return rec
	}
	rec.Failures, rec.LastError = 0, ""
	rec.LastSuccess, rec.LastCount = r.window.Now, r.n
	return rec
}

func cut(s string, runes int) string {
	n := 0
	for i := range s {
		if n++; n > runes {
			return s[:i]
		}
	}
	return s
}
