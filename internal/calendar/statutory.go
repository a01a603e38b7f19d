package calendar

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
)

//go:embed data/*.json
var files embed.FS

// Paper is an official notice.
type Paper struct {
	Title     string `json:"title"`
	Number    string `json:"number"`
	Published Date   `json:"published"`
	URL       string `json:"url"`
}

// NamedDay is a date that a notice names: off, or worked although it would be off.
type NamedDay struct {
	Date Date   `json:"date"`
	Off  bool   `json:"off"`
	Name string `json:"name"` // the holiday it belongs to: 春节
}

// Year is the statutory calendar of one year.
type Year struct {
	Year         int  `json:"year"`
	ValidThrough Date `json:"valid_through"`
	// Reviewed means that two independent sources agree on every date; Note names them, or says what is missing.
	Reviewed bool    `json:"reviewed"`
	Note     string  `json:"note"`
	Papers   []Paper `json:"papers"`
	// Days may begin in December of the year before.
	Days []NamedDay `json:"days"`
}

// Statutory returns the State Council's calendars that this program carries, in order of years.
func Statutory() ([]Year, error) {
	entries, err := files.ReadDir("data")
	if err != nil {
		return nil, fmt.Errorf("calendar: list years: %w", err)
	}
	var years []Year
	for _, entry := range entries {
		text, err := files.ReadFile("data/" + entry.Name())
		if err != nil {
			return nil, fmt.Errorf("calendar: %w", err)
		}
		y, err := ParseYear(text)
		if err != nil {
			return nil, fmt.Errorf("calendar: %s: %w", entry.Name(), err)
		}
		years = append(years, y)
	}
	slices.SortFunc(years, func(a, b Year) int { return a.Year - b.Year })
	return years, nil
}

// ParseYear reads one file of data/ and checks it.
func ParseYear(text []byte) (Year, error) {
	var y Year
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&y); err != nil {
		return y, fmt.Errorf("read year: %w", err)
	}
	return y, y.check()
}

// check refuses a year without a source, and days that are out of range, unnamed, out of order or given twice.
func (y Year) check() error {
	first, last := Date{y.Year, 1, 1}, Date{y.Year, 12, 31}
	if y.ValidThrough.Before(first) || last.Before(y.ValidThrough) {
		return fmt.Errorf("year %d: valid_through %v is not in the year", y.Year, y.ValidThrough)
	}
	if len(y.Papers) == 0 || len(y.Days) == 0 || y.Note == "" {
		return fmt.Errorf("year %d: papers, days or note are missing", y.Year)
	}
	for _, p := range y.Papers {
		if p.Title == "" || p.Number == "" || p.URL == "" {
			return fmt.Errorf("year %d: a paper lacks title, number or url", y.Year)
		}
	}
	before := Date{y.Year - 1, 11, 30}
	for _, d := range y.Days {
		if !before.Before(d.Date) || y.ValidThrough.Before(d.Date) || d.Name == "" {
			return fmt.Errorf("year %d: day %v is out of order, out of range or has no name", y.Year, d.Date)
		}
		before = d.Date
	}
	return nil
}
