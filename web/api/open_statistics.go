package api

import (
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
)

// defaultDays is the window of statistics unless the caller names one.
const defaultDays = 30

// ClockFigures describes one clock over the topics of a window.
type ClockFigures struct {
	Clock           string `json:"clock" doc:"response."`
	Topics          int    `json:"topics" doc:"An answer was promised."`
	Answered        int    `json:"answered"`
	Waiting         int    `json:"waiting" doc:"Unanswered with time left."`
	Never           int    `json:"never" doc:"Unanswered past their due time."`
	MeanSeconds     int64  `json:"mean_seconds"`
	MedianSeconds   int64  `json:"median_seconds"`
	P90Seconds      int64  `json:"p90_seconds"`
	Suppressed      bool   `json:"suppressed" doc:"Too few topics: every figure is zero."`
	TimesSuppressed bool   `json:"times_suppressed" doc:"Too few answers: the times are zero."`
}

// Statistics are a community's clocks over [from, to).
type Statistics struct {
	From   Instant        `json:"from"`
	To     Instant        `json:"to"`
	Clocks []ClockFigures `json:"clocks"`
}

// openStatistics returns how a community answers, in figures that name nobody and hide small cells.
func (a *Actions) openStatistics(c *Call) (Statistics, error) {
	node, err := a.community(c)
	if err != nil {
		return Statistics{}, err
	}
	to := c.Now.UTC()
	found, err := a.Topics.Stats(c.Context(), identity.System("api"), node.ID, deliberation.Window{From: to.AddDate(0, 0, -defaultDays), To: to})
	if err != nil {
		return Statistics{}, err
	}
	return showStatistics(found), nil
}

func showStatistics(s deliberation.Stats) Statistics {
	return Statistics{
		From: instant(s.Window.From), To: instant(s.Window.To),
		Clocks: each(s.Clocks, func(f deliberation.ClockStats) ClockFigures {
			return ClockFigures{
				Clock: f.Clock, Topics: f.Topics, Answered: f.Answered, Waiting: f.Waiting, Never: f.Never,
				MeanSeconds: seconds(f.Mean), MedianSeconds: seconds(f.Median), P90Seconds: seconds(f.P90),
				Suppressed: f.Suppressed, TimesSuppressed: f.TimesSuppressed,
			}
		}),
	}
}

// window reads the argument days: the window that ends now.
func window(c *Call) (deliberation.Window, error) {
	days, to := defaultDays, c.Now.UTC().Truncate(time.Millisecond)
	if text := c.Query("days"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return deliberation.Window{}, errNumber.On("days").With("field", "days").Because(err)
		}
		days = n
	}
	return deliberation.Window{From: to.AddDate(0, 0, -days), To: to}, nil
}
