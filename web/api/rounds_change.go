package api

import "jushou/internal/community"

// RoundTimes are when Rounds are held.
type RoundTimes struct {
	Times    []string `json:"times" doc:"Times of day in Asia/Shanghai, for example 09:00; none for the product's own."`
	Workdays bool     `json:"workdays_only"`
}

// changeRounds sets the Round times of a node.
func (a *Actions) changeRounds(c *Call, in RoundTimes) (RoundTimes, error) {
	s, err := a.People.ChangeRounds(c.Context(), c.Actor, nodeOf(c), in.Times, in.Workdays)
	return showRounds(s), err
}

func showRounds(s community.Settings) RoundTimes {
	return RoundTimes{Times: s.RoundTimes(), Workdays: s.RoundsOnWorkdays}
}
