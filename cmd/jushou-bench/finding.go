package main

import (
	"fmt"
	"time"
)

// finding is one number held against its target.
type finding struct {
	Item    string  `json:"item"` // of numbers.md: "N1"
	What    string  `json:"what"`
	Value   float64 `json:"value"`
	Target  float64 `json:"target"`
	Stretch float64 `json:"stretch,omitempty"`
	Unit    string  `json:"unit"`   // "S", "× p99 of S", "ms", "MiB"
	Detail  string  `json:"detail"` // how the value came about
	// More is set where a larger value is better. Told is set where there is no target.
	More bool `json:"more"`
	Told bool `json:"told,omitempty"`
}

// holds reports whether the target is met.
func (f finding) holds() bool { return f.Told || f.reaches(f.Target) }

func (f finding) reaches(bound float64) bool {
	if f.More {
		return f.Value >= bound
	}
	return f.Value <= bound
}

// verdict is the word of a table.
func (f finding) verdict() string {
	switch {
	case f.Told:
		return "—"
	case f.Stretch != 0 && f.reaches(f.Stretch):
		return "stretch"
	case f.holds():
		return "holds"
	}
	return "**misses**"
}

func (f finding) amount(v float64) string {
	switch {
	case v == 0 && f.Unit != "refusals":
		return "–"
	case f.Unit == "S" || f.Unit == "R":
		return fmt.Sprintf("%.3g %s", v, f.Unit)
	case v >= 100 || v == float64(int(v)):
		return fmt.Sprintf("%.0f %s", v, f.Unit)
	}
	return fmt.Sprintf("%.2f %s", v, f.Unit)
}

// bound is a target in words.
func (f finding) bound(v float64) string {
	if f.Told || v == 0 && f.Unit != "refusals" {
		return ""
	}
	sign := "≤ "
	if f.More {
		sign = "≥ "
	}
	return sign + f.amount(v)
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func mib(bytes int64) float64 { return float64(bytes) / (1 << 20) }
