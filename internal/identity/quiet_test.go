package identity_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/internal/identity"
)

var shanghai = time.FixedZone("CST", 8*60*60)

func TestQuietHours(t *testing.T) {
	t.Parallel()
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, shanghai) }
	for _, tt := range []struct {
		name     string
		from, to string
		now      time.Time
		want     time.Time // zero: not quiet
	}{
		{"the evening before is not quiet", "", "", at(18, 21, 59), time.Time{}},
		{"ten at night is", "", "", at(18, 22, 0), at(19, 7, 0)},
		{"and so is the night after midnight", "", "", at(19, 3, 0), at(19, 7, 0)},
		{"seven is not any more", "", "", at(19, 7, 0), time.Time{}},
		{"a nap within one day", "12:00", "14:00", at(18, 13, 0), at(18, 14, 0)},
		{"after the nap", "12:00", "14:00", at(18, 14, 0), time.Time{}},
		{"no quiet at all", "00:00", "00:00", at(18, 3, 0), time.Time{}},
		{"the last day of a month", "22:30", "06:30", at(30, 23, 0), time.Date(2026, 12, 1, 6, 30, 0, 0, shanghai)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, err := identity.NewQuiet(tt.from, tt.to)
			if err != nil {
				t.Fatal(err)
			}
			if end, ok := q.Until(tt.now, shanghai); ok == tt.want.IsZero() || ok && !end.Equal(tt.want) {
				t.Errorf("quiet until %v (%v), want %v", end, ok, tt.want)
			}
		})
	}
	for _, bad := range []string{"24:00", "7:00", "seven", "07:00:00"} {
		if _, err := identity.NewQuiet(bad, "07:00"); err == nil {
			t.Errorf("%q passes for a time of day", bad)
		}
	}
}

// TestQuietHoursEnd holds for every choice and every instant: who waits, waits less than a day, and at the end of the
// wait nothing is quiet any more.
func TestQuietHoursEnd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		minute := rapid.IntRange(0, 24*60-1)
		clock := func(m int) string { return time.Time{}.Add(time.Duration(m) * time.Minute).Format("15:04") }
		q, err := identity.NewQuiet(clock(minute.Draw(t, "from")), clock(minute.Draw(t, "to")))
		if err != nil {
			t.Fatal(err)
		}
		now := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "now"), 0)
		end, ok := q.Until(now, shanghai)
		if !ok {
			return
		}
		if wait := end.Sub(now); wait <= 0 || wait > 24*time.Hour {
			t.Fatalf("waits %v", wait)
		}
		if _, still := q.Until(end, shanghai); still {
			t.Fatalf("still quiet at the end, %v", end)
		}
	})
}
