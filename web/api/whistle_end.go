package api

import "jushou/deliberation/whistle"

// WhistleWords are the solution, or why a call is taken back.
type WhistleWords struct {
	Words string `json:"words"`
}

// WhistleVerdict says whether the solution helped.
type WhistleVerdict struct {
	Verdict whistle.Verdict `json:"verdict"`
	Words   string          `json:"words,omitempty"`
}

// concludeWhistle writes down the joint solution.
func (a *Actions) concludeWhistle(c *Call, in WhistleWords) (Whistle, error) {
	return stepped(a.Whistles.ConcludeWhistle(c.Context(), c.Actor, whistle.ID(c.Param("whistle")), in.Words))
}

// evaluateWhistle says whether the solution helped.
func (a *Actions) evaluateWhistle(c *Call, in WhistleVerdict) (Whistle, error) {
	return stepped(a.Whistles.EvaluateWhistle(c.Context(), c.Actor, whistle.ID(c.Param("whistle")), in.Verdict, in.Words))
}

// cancelWhistle takes a call back.
func (a *Actions) cancelWhistle(c *Call, in WhistleWords) (Whistle, error) {
	return stepped(a.Whistles.CancelWhistle(c.Context(), c.Actor, whistle.ID(c.Param("whistle")), in.Words))
}
