package view

import (
	"testing"
	"time"

	"jushou/web/words"
)

func catalogue(t *testing.T) *words.Catalogue {
	t.Helper()
	c, err := words.Load(words.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation("2006-01-02 15:04:05", text, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return instant.UTC()
}

func TestWhen(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, x := range []struct{ now, at, want string }{
		{"2026-11-21 10:00:00", "2026-11-21 14:00:00", "今天 14:00"},
		{"2026-11-21 10:00:00", "2026-11-21 00:00:00", "今天 00:00"},
		{"2026-11-21 00:00:01", "2026-11-20 23:59:59", "昨天 23:59"},
		{"2026-11-21 23:59:59", "2026-11-22 00:00:00", "明天 00:00"},
		{"2026-11-21 10:00:00", "2026-11-19 09:30:00", "11月19日"},
		{"2026-03-01 08:00:00", "2026-02-28 09:30:00", "昨天 09:30"},
		{"2026-01-01 08:00:00", "2025-12-31 09:30:00", "昨天 09:30"},
		{"2026-11-21 10:00:00", "2025-03-02 09:30:00", "2025年3月2日"},
		{"2026-11-21 10:00:00", "2027-01-05 09:30:00", "2027年1月5日"},
	} {
		if got := when(c, at(t, x.now), at(t, x.at)); got != x.want {
			t.Errorf("%s seen at %s: got %q, want %q", x.at, x.now, got, x.want)
		}
	}
	if got := when(c, at(t, "2026-11-21 10:00:00"), time.Time{}); got != "" {
		t.Errorf("no instant: got %q", got)
	}
}

func TestPeriodAndExact(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for d, want := range map[time.Duration]string{
		3*time.Hour + 59*time.Minute: "3 小时", 59 * time.Minute: "59 分钟", 30 * time.Second: "不到 1 分钟", 0: "不到 1 分钟", 49 * time.Hour: "2 天",
	} {
		if got := period(c, d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
	if got, want := exact(c, at(t, "2026-11-21 14:00:05")), "2026年11月21日 14:00:05"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := Stamp(at(t, "2026-11-21 14:00:05")), "2026-11-21T14:00:05+08:00"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClockShare(t *testing.T) {
	t.Parallel()
	start := at(t, "2026-11-21 10:00:00")
	c := Clock{Start: start, Due: start.Add(4 * time.Hour)}
	for after, want := range map[time.Duration]int{-time.Hour: 0, 0: 0, time.Hour: 25, 4 * time.Hour: 100, 9 * time.Hour: 100} {
		if got := c.Share(start.Add(after)); got != want {
			t.Errorf("after %s: got %d, want %d", after, got, want)
		}
	}
}
