package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
	_ "time/tzdata" // a zone must be found in a container without zone files, too

	"jushou/internal/fault"
)

var (
	// ErrBeyond means that a question reaches a date after the data's end: Args date and valid_through. An administrator
	// has to install a release with the next year; no visitor can do anything about it.
	ErrBeyond = fault.New(fault.Unavailable, "calendar.beyond_valid_through")
	// ErrBefore means that a question reaches a date before the data's first year: Args date and valid_from.
	ErrBefore = fault.New(fault.Invalid, "calendar.before_valid_from")
)

// Override replaces one date's hours by local decision: a typhoon day, a holiday duty. It wins over the statutory day.
type Override struct {
	Date   Date   `json:"date"`
	Hours  Hours  `json:"hours"` // none is a day off
	Name   string `json:"name"`
	Source string `json:"source"` // who decided it, where it was announced
}

// Options are what a community may set. The zero value is Asia/Shanghai with OfficeWeek.
type Options struct {
	Zone      string     `json:"zone"`   // IANA name; "" is Asia/Shanghai
	Week      *Week      `json:"week"`   // nil is OfficeWeek
	Makeup    Hours      `json:"makeup"` // of make-up days; none is the week's first working day's
	Overrides []Override `json:"overrides"`
}

// DefaultZone is where the residents are.
const DefaultZone = "Asia/Shanghai"

// Calendar answers questions about working days and hours. It does not change and is safe for concurrent use.
type Calendar struct {
	zone        *time.Location
	week        Week
	makeup      Hours
	named       map[Date]NamedDay
	overrides   map[Date]Override
	first, last Date
	version     string
}

// China returns the calendar of the statutory years this program carries, with our default hours.
func China() (*Calendar, error) { return ForCommunity(Options{}) }

// ForCommunity returns the calendar of the statutory years this program carries with a community's settings.
func ForCommunity(o Options) (*Calendar, error) {
	years, err := Statutory()
	if err != nil {
		return nil, err
	}
	return New(o, years)
}

// New builds a calendar from years that follow one another without a gap. It refuses malformed hours, an unknown zone
// and, above all, no years: nobody may have a calendar that knows no holidays.
func New(o Options, years []Year) (*Calendar, error) {
	if len(years) == 0 {
		return nil, fmt.Errorf("calendar: no statutory years")
	}
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return nil, fault.New(fault.Invalid, "calendar.bad_zone").With("zone", o.Zone).Because(err)
	}
	c := &Calendar{
		zone: zone, week: *o.Week, makeup: o.Makeup, named: map[Date]NamedDay{}, overrides: map[Date]Override{},
		first: Date{years[0].Year, 1, 1},
	}
	if err := c.addYears(years); err != nil {
		return nil, err
	}
	for _, x := range o.Overrides {
		c.overrides[x.Date] = x
	}
	c.version, err = version(o, years, c.last)
	return c, err
}

func (o Options) withDefaults() Options {
	if o.Zone == "" {
		o.Zone = DefaultZone
	}
	if o.Week == nil {
		week := OfficeWeek()
		o.Week = &week
	}
	if len(o.Makeup) == 0 {
		o.Makeup = o.Week.makeup()
	}
	return o
}

func (o Options) check() error {
	if err := o.Week.check(); err != nil {
		return err
	}
	if err := o.Makeup.check(); err != nil {
		return err
	}
	for _, x := range o.Overrides {
		if err := x.Hours.check(); err != nil {
			return fmt.Errorf("override of %v: %w", x.Date, err)
		}
	}
	return nil
}

// addYears takes the named days in; where two notices name a day, the later year's holds.
func (c *Calendar) addYears(years []Year) error {
	for i, y := range years {
		if err := y.check(); err != nil {
			return fmt.Errorf("calendar: %w", err)
		}
		if i > 0 && (y.Year != years[i-1].Year+1 || c.last != (Date{y.Year - 1, 12, 31})) {
			return fmt.Errorf("calendar: there is a gap before %d", y.Year)
		}
		for _, d := range y.Days {
			c.named[d.Date] = d
		}
		c.last = y.ValidThrough
	}
	return nil
}

// version names the data: its last day, and a hash of everything that decides an answer.
func version(o Options, years []Year, last Date) (string, error) {
	text, err := json.Marshal(struct {
		Options Options
		Years   []Year
	}{o, years})
	if err != nil {
		return "", fmt.Errorf("calendar: encode version: %w", err)
	}
	sum := sha256.Sum256(text)
	return last.String() + "-" + hex.EncodeToString(sum[:6]), nil
}

// Version identifies settings and data, for example "2026-12-31-5f3a09c1d2e4". It is stored with every deadline.
func (c *Calendar) Version() string { return c.version }

// Zone returns the calendar's zone.
func (c *Calendar) Zone() *time.Location { return c.zone }

// ValidThrough returns the last day the calendar answers for.
func (c *Calendar) ValidThrough() Date { return c.last }

// ExpiresWithin reports whether the data ends less than d after now. The operator is told 60 days ahead.
func (c *Calendar) ExpiresWithin(now time.Time, d time.Duration) bool {
	return c.last.At(EndOfDay, c.zone).Before(now.Add(d))
}

// DateAt returns the day that clocks in the calendar's zone show at t.
func (c *Calendar) DateAt(t time.Time) Date { return DateOf(t.In(c.zone)) }

// covers refuses dates outside the data.
func (c *Calendar) covers(d Date) error {
	switch {
	case c.last.Before(d):
		return ErrBeyond.With("date", d).With("valid_through", c.last)
	case d.Before(c.first):
		return ErrBefore.With("date", d).With("valid_from", c.first)
	}
	return nil
}
