package deliberation

import (
	"testing"
	"time"
)

func TestPublishedWindowsAreTheSameAllDayAndDoNotOverlap(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("CST", 8*60*60)
	midnight := time.Date(2026, 11, 21, 0, 0, 0, 0, zone)
	for _, now := range []time.Time{midnight, midnight.Add(24*time.Hour - time.Millisecond), midnight.Add(time.Hour).UTC()} {
		windows := publishedWindows(now, zone)
		if len(windows) != PublishedPeriods || !windows[0].To.Equal(midnight) {
			t.Fatalf("at %v: %v", now, windows)
		}
		for i, w := range windows {
			if w.To.Sub(w.From) != PublishedDays*24*time.Hour || i > 0 && !w.To.Equal(windows[i-1].From) {
				t.Errorf("at %v: window %d is %v to %v", now, i, w.From, w.To)
			}
		}
	}
}
