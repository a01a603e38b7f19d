package patrol

import (
	"errors"
	"testing"
	"time"
)

func TestNextAfter(t *testing.T) {
	hourly, err := schedule("0 * * * *")
	if err != nil {
		t.Fatal(err)
	}
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 21, hour, minute, 0, 0, time.UTC) }
	for _, tt := range []struct {
		name string
		rec  record
		now  time.Time
		want time.Time
	}{
		{"never ran", record{}, at(9, 30), at(9, 30)},
		{"ran at this instant", record{LastSuccess: at(9, 0)}, at(9, 30), at(10, 0)},
		{"missed two", record{LastSuccess: at(7, 0)}, at(9, 30), at(8, 0)},
		{"ran between instants", record{LastSuccess: at(9, 10)}, at(9, 30), at(10, 0)},
		{"failed a moment ago", record{LastSuccess: at(8, 0), LastFailure: at(9, 30), Failures: 1}, at(9, 30), at(9, 30).Add(5 * time.Second)},
		{"failed often", record{LastFailure: at(9, 30), Failures: 50}, at(9, 30), at(9, 35)},
		{"the next instant is before the back-off ends", record{LastFailure: at(9, 58), Failures: 50}, at(9, 59), at(10, 0)},
		{"failed before an instant that was missed", record{LastFailure: at(7, 58), Failures: 50}, at(9, 30), at(8, 0)},
		{"success in the future", record{LastSuccess: at(12, 0)}, at(9, 30), at(10, 0)},
		{"failure in the future", record{LastFailure: at(12, 0), Failures: 3}, at(9, 30), at(10, 0)},
	} {
		if got := tt.rec.nextAfter(hourly, tt.now); !got.Equal(tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got.UTC(), tt.want)
		}
	}
}

func TestBackoffGrowsToItsCap(t *testing.T) {
	last := time.Duration(0)
	for failures := 1; failures < 200; failures++ {
		d := backoff(failures)
		if d < last || d > retryCap || d < retryBase {
			t.Fatalf("after %d failures: %v, before it %v", failures, d, last)
		}
		last = d
	}
	if last != retryCap {
		t.Errorf("it ends at %v", last)
	}
}

func TestARecordAddsUp(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	rec := record{}.after(result{window: Window{Now: now}, ended: now.Add(time.Second), n: 3, took: time.Second})
	rec = rec.after(result{window: Window{Now: now.Add(time.Hour)}, ended: now.Add(2 * time.Hour), err: errors.New("no"), panic: true})
	want := record{LastSuccess: now, LastCount: 3, LastFailure: now.Add(2 * time.Hour), LastError: "no", Failures: 1, Runs: 2, Panics: 1}
	if rec != want {
		t.Errorf("record = %+v, want %+v", rec, want)
	}
}
