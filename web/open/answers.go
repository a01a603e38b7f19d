package open

import (
	"context"
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/web/view"
)

// answersView is how a community answers, over a few periods, the latest first.
type answersView struct {
	Periods []period
	At      time.Time // when it was added up
}

// period is one window of whole days.
type period struct {
	From, Last time.Time // the first and the last day
	// Shown is unset for too few topics, Times for too few answers.
	Shown, Times                     bool
	Topics, Answered, Waiting, Never int
	Mean, Median, P90                time.Duration
}

func answersOf(f figure) answersView {
	a := answersView{At: f.at}
	for _, st := range f.periods {
		one := period{From: st.Window.From, Last: st.Window.To.Add(-time.Second)}
		for _, c := range st.Clocks {
			if c.Clock == "response" {
				one.fill(c)
			}
		}
		a.Periods = append(a.Periods, one)
	}
	return a
}

func (p *period) fill(c deliberation.ClockStats) {
	p.Shown, p.Times = !c.Suppressed, !c.TimesSuppressed
	p.Topics, p.Answered, p.Waiting, p.Never = c.Topics, c.Answered, c.Waiting, c.Never
	p.Mean, p.Median, p.P90 = c.Mean, c.Median, c.P90
}

// drawn returns the periods whose times may be shown.
func (a answersView) drawn() []period {
	var some []period
	for _, p := range a.Periods {
		if p.Times {
			some = append(some, p)
		}
	}
	return some
}

// anything reports whether there is a figure at all.
func (a answersView) anything() bool {
	for _, p := range a.Periods {
		if p.Shown {
			return true
		}
	}
	return false
}

// longest is what a bar across the whole width stands for.
func (a answersView) longest() time.Duration {
	longest := time.Duration(1)
	for _, p := range a.drawn() {
		longest = max(longest, p.P90)
	}
	return longest
}

// share returns the length of a bar out of 1000; even a moment is seen.
func share(d, longest time.Duration) string {
	return strconv.Itoa(max(8, int(1000*d/longest)))
}

// twoDays is from when on a time is said in days: "26 小时" says more than "1 天".
const twoDays = 48 * time.Hour

func took(ctx context.Context, d time.Duration) string {
	if d >= time.Hour && d < twoDays {
		return view.T(ctx, "period.hours", "n", strconv.Itoa(int(d/time.Hour)))
	}
	return view.Period(ctx, d)
}

// day says a day without its time: 11月21日.
func day(ctx context.Context, at time.Time) string {
	at = view.Local(at)
	return view.T(ctx, "when.day", "month", strconv.Itoa(int(at.Month())), "day", strconv.Itoa(at.Day()))
}

func districtTitle(ctx context.Context, name string) string {
	if name == "" {
		return view.T(ctx, "open.home")
	}
	return view.T(ctx, "open.title", "name", name)
}

// promise says what a board promises.
func promise(d duty) string {
	switch {
	case d.Alone:
		return "open.promise.alone"
	case d.Promised:
		return "open.promise.round"
	}
	return "open.promise.none"
}

// publishedDays is the length of a period, for sentences.
const publishedDays = deliberation.PublishedDays

// barWords says what a bar shows, for those who do not see it.
func barWords(ctx context.Context, p period) string {
	return view.T(ctx, "open.half", "time", took(ctx, p.Median)) + view.T(ctx, "list.comma") + view.T(ctx, "open.most", "time", took(ctx, p.P90))
}
