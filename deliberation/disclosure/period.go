package disclosure

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/fault"
)

// Cadence says how often a kind has to be published.
type Cadence string

// Cadences.
const (
	Monthly   Cadence = "monthly"
	Quarterly Cadence = "quarterly"
	AtOnce    Cadence = "at_once"
)

// Period is a month, "2026-09", or a quarter, "2026-Q3".
type Period string

var errPeriod = fault.New(fault.Invalid, "affairs.bad_period").On("period")

// ParsePeriod refuses what is neither a month nor a quarter.
func ParsePeriod(text string) (Period, error) {
	p := Period(text)
	if _, _, err := p.parts(); err != nil {
		return "", err
	}
	return p, nil
}

// PeriodOf returns the period that holds a day.
func PeriodOf(d calendar.Date, c Cadence) Period {
	if c == Quarterly {
		return Period(fmt.Sprintf("%04d-Q%d", d.Year, (int(d.Month)+2)/3))
	}
	return Period(fmt.Sprintf("%04d-%02d", d.Year, int(d.Month)))
}

// parts returns the period's first day and how many months it has.
func (p Period) parts() (calendar.Date, int, error) {
	year, rest, _ := strings.Cut(string(p), "-")
	y, err := strconv.Atoi(year)
	quarter, isQuarter := strings.CutPrefix(rest, "Q")
	n, bad := strconv.Atoi(quarter)
	first, months := calendar.Date{Year: y, Month: time.Month(n), Day: 1}, 1
	if isQuarter {
		first.Month, months = time.Month(3*n-2), 3
	}
	if err != nil || bad != nil || y < 2000 || y > 2999 || n < 1 || isQuarter && n > 4 || n > 12 ||
		string(PeriodOf(first, p.Cadence())) != string(p) {
		return calendar.Date{}, 0, errPeriod.With("period", string(p))
	}
	return first, months, nil
}

// Cadence is how often a period like this comes.
func (p Period) Cadence() Cadence {
	if strings.Contains(string(p), "Q") {
		return Quarterly
	}
	return Monthly
}

// First is the period's first day; the zero Date if p is none.
func (p Period) First() calendar.Date {
	first, _, _ := p.parts()
	return first
}

// Last is the period's last day.
func (p Period) Last() calendar.Date { return p.Next().First().AddDays(-1) }

// Next is the period after it; "" if p is none.
func (p Period) Next() Period { return p.months(1) }

// Before is the period before it.
func (p Period) Before() Period { return p.months(-1) }

func (p Period) months(times int) Period {
	first, months, err := p.parts()
	if err != nil {
		return ""
	}
	at := time.Date(first.Year, first.Month, 1, 0, 0, 0, 0, time.UTC).AddDate(0, times*months, 0)
	return PeriodOf(calendar.DateOf(at), p.Cadence())
}
