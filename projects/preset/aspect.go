package preset

import (
	_ "embed"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"jushou/internal/fault"
)

// Aspect is one thing that residents judge with one to five stars.
type Aspect struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Hint string `json:"hint,omitempty"`
}

// Bounds of aspects, and the most stars.
const (
	MaxAspects = 6
	MaxStars   = 5
)

//go:embed aspects.json
var aspectsJSON []byte

// DefaultAspects are what residents judge where a preset does not say otherwise.
func DefaultAspects() []Aspect {
	var all []Aspect
	if err := json.Unmarshal(aspectsJSON, &all); err != nil {
		panic("preset: embedded aspects: " + err.Error())
	}
	return all
}

// Judged returns what residents judge about a project of the preset.
func (p Preset) Judged() []Aspect {
	if len(p.Aspects) > 0 {
		return p.Aspects
	}
	return DefaultAspects()
}

var errAspects = fault.New(fault.Invalid, "preset.bad_aspects").On("aspects")

func (p Preset) checkAspects() error {
	for i, a := range p.Aspects {
		twice := slices.ContainsFunc(p.Aspects[:i], func(b Aspect) bool { return b.Key == a.Key })
		if twice || !validKey(a.Key) || !named(a.Name, MaxNamed) || utf8.RuneCountInString(a.Hint) > MaxNamed {
			return errAspects.With("max", MaxAspects)
		}
	}
	return fault.When(len(p.Aspects) > MaxAspects, errAspects.With("max", MaxAspects))
}
