package view

import (
	"context"
	"strconv"
	"time"

	"jushou/web/words"
)

// shanghai is the time zone of every page: UTC+8 without daylight saving since 1991.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Local returns the instant in the time zone of the pages.
func Local(t time.Time) time.Time { return t.In(shanghai) }

// When says an instant as a neighbour would: 今天 14:00, 昨天 09:30, 明天 09:00, 11月21日, 2025年3月2日.
func When(ctx context.Context, at time.Time) string {
	return when(frame(ctx).Words, frame(ctx).Now, at)
}

// Until says an instant at which something ends; midnight is 24:00 of the day that is over then.
func Until(ctx context.Context, at time.Time) string {
	clock, day := Local(at).Format("15:04"), Local(at)
	if clock == "00:00" {
		clock, day = "24:00", day.Add(-time.Minute)
	}
	return T(ctx, "when.until", "month", strconv.Itoa(int(day.Month())), "day", strconv.Itoa(day.Day()), "clock", clock)
}

// WhenSaid is When for text that is not on a page.
func WhenSaid(w *words.Catalogue, now, at time.Time) string { return when(w, now, at) }

func when(w *words.Catalogue, now, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	now, at = Local(now), Local(at)
	clock := at.Format("15:04")
	switch days(now, at) {
	case 0:
		return w.T("when.today", "time", clock)
	case -1:
		return w.T("when.yesterday", "time", clock)
	case 1:
		return w.T("when.tomorrow", "time", clock)
	}
	month, day := strconv.Itoa(int(at.Month())), strconv.Itoa(at.Day())
	if at.Year() == now.Year() {
		return w.T("when.day", "month", month, "day", day)
	}
	return w.T("when.date", "year", strconv.Itoa(at.Year()), "month", month, "day", day)
}

// days counts midnights from now to at, both in the zone of the pages.
func days(now, at time.Time) int {
	return dayNumber(at) - dayNumber(now)
}

func dayNumber(t time.Time) int {
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset)
	day := seconds / 86400
	if seconds%86400 < 0 {
		day--
	}
	return int(day)
}

// Exact says an instant in full for titles and for those who need it: 2026年11月21日 14:00:05.
func Exact(ctx context.Context, at time.Time) string { return exact(frame(ctx).Words, at) }

func exact(w *words.Catalogue, at time.Time) string {
	at = Local(at)
	return w.T("when.exact", "year", strconv.Itoa(at.Year()), "month", strconv.Itoa(int(at.Month())),
		"day", strconv.Itoa(at.Day()), "time", at.Format("15:04:05"))
}

// Stamp is the machine's form of an instant, for <time datetime>.
func Stamp(at time.Time) string { return Local(at).Format(time.RFC3339) }

// Period says a length of time in its largest unit, rounded down: 20 分钟, 3 小时, 2 天.
func Period(ctx context.Context, d time.Duration) string { return period(frame(ctx).Words, d) }

func period(w *words.Catalogue, d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return w.T("period.moment")
	case d < time.Hour:
		return w.T("period.minutes", "n", strconv.Itoa(int(d/time.Minute)))
	case d < day:
		return w.T("period.hours", "n", strconv.Itoa(int(d/time.Hour)))
	}
	return w.T("period.days", "n", strconv.Itoa(int(d/day)))
}
