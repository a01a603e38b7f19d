package api

import (
	"time"

	"jushou/deliberation/whistle"
)

// UnitStep is one step of one unit.
type UnitStep struct {
	Unit  int          `json:"unit"`
	Step  whistle.Step `json:"step"`
	Words string       `json:"words,omitempty" doc:"Of a refusal, a report, of insisting."`
	At    string       `json:"at,omitempty" format:"date-time" doc:"When an accepting unit comes, or when it was there."`
}

// stepUnit takes the step.
func (a *Actions) stepUnit(c *Call, in UnitStep) (Whistle, error) {
	var at time.Time
	if in.At != "" {
		var err error
		if at, err = parseInstant("at", in.At); err != nil {
			return Whistle{}, err
		}
	}
	return stepped(a.Whistles.StepUnit(c.Context(), c.Actor, whistle.StepUnit{
		Whistle: whistle.ID(c.Param("whistle")), Unit: in.Unit, Step: in.Step, Words: in.Words, At: at,
	}))
}
