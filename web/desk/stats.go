package desk

import (
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/web/page"
	"jushou/web/view"
)

// statsView is how fast a community was answered. It says nothing about any person.
type statsView struct {
	Windows []view.Chip
	Days    int
	Clocks  []clockView
}

// clockView is one clock with its pictures.
type clockView struct {
	deliberation.ClockStats
	Times  []bar // median, p90, mean
	Shares []bar // answered, waiting, never
}

// word returns the key of a clock's own words; those of the first answer are the plain ones.
func (c clockView) word(key string) string {
	if c.Clock == deliberation.ClockResponse {
		return "desk_stats." + key
	}
	return "desk_stats." + c.Clock + "_" + key
}

// bar is one labelled bar; Width is in hundredths of the longest.
type bar struct {
	Key   string
	Took  time.Duration
	Count int
	Width int
	Grey  bool
}

// Stats shows the response times of a window.
func (p *Pages) Stats(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	shown := statsView{Days: 30}
	for _, days := range []int{30, 90, 365} {
		n := strconv.Itoa(days)
		current := v.Query("days") == n || v.Query("days") == "" && days == shown.Days
		if current {
			shown.Days = days
		}
		shown.Windows = append(shown.Windows, view.Chip{Text: v.T("desk_stats.days", "n", n), Href: r.Path("/stats?days=" + n), Current: current})
	}
	stats, err := p.Topics.Stats(v.Context(), v.Actor, r.Node.ID, deliberation.Window{From: v.Now.AddDate(0, 0, -shown.Days), To: v.Now})
	if err != nil {
		return err
	}
	for _, c := range stats.Clocks {
		shown.Clocks = append(shown.Clocks, drawn(c))
	}
	d, err := p.Desk(v, r, "stats")
	if err != nil {
		return err
	}
	return v.Show(StatsPage(d, shown))
}

func drawn(c deliberation.ClockStats) clockView {
	shown := clockView{ClockStats: c}
	if c.Suppressed {
		return shown
	}
	shown.Shares = []bar{
		{Key: shown.word("answered"), Count: c.Answered, Width: share(c.Answered, c.Topics)},
		{Key: "desk_stats.waiting", Count: c.Waiting, Width: share(c.Waiting, c.Topics), Grey: true},
		{Key: shown.word("never"), Count: c.Never, Width: share(c.Never, c.Topics), Grey: true},
	}
	if c.TimesSuppressed {
		return shown
	}
	longest := max(c.P90, c.Mean, c.Median)
	shown.Times = []bar{
		{Key: "desk_stats.median", Took: c.Median, Width: share(int(c.Median), int(longest))},
		{Key: "desk_stats.p90", Took: c.P90, Width: share(int(c.P90), int(longest))},
		{Key: "desk_stats.mean", Took: c.Mean, Width: share(int(c.Mean), int(longest)), Grey: true},
	}
	return shown
}

// share returns part of whole in hundredths, at least 1 for what is not nothing.
func share(part, whole int) int {
	if part <= 0 || whole <= 0 {
		return 0
	}
	return max(1, int(float64(part)/float64(whole)*100))
}
