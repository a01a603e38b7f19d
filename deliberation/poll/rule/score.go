package rule

import (
	"cmp"
	"math/big"

	"jushou/internal/fault"
)

// ScoreBy says which number of a score vote decides.
type ScoreBy string

const (
	BySum  ScoreBy = "sum"
	ByMean ScoreBy = "mean" // of the ballots that score the option
)

// Range is what a score vote asks for.
type Range struct {
	Min     int     `json:"min"`
	Max     int     `json:"max"`
	By      ScoreBy `json:"by"`
	Partial bool    `json:"partial,omitempty"` // whether a ballot may leave options out
}

func (g *Range) check() error {
	switch {
	case g.Min < -MaxScore || g.Max > MaxScore || g.Min >= g.Max:
		return fault.New(fault.Invalid, "rule.range").On("range").With("max", MaxScore)
	case g.By != BySum && g.By != ByMean:
		return fault.New(fault.Invalid, "rule.score_by").On("range")
	}
	return nil
}

func (g *Range) accept(c Choice, options int) error {
	switch {
	case len(c.Scores) != len(c.Picks):
		return fault.New(fault.Invalid, "choice.malformed").On("choice")
	case len(c.Picks) < options && !g.Partial:
		return fault.New(fault.Invalid, "choice.score_missing").On("choice")
	}
	for _, s := range c.Scores {
		if s < g.Min || s > g.Max {
			return fault.New(fault.Invalid, "choice.score_range").On("choice").With("min", g.Min).With("max", g.Max)
		}
	}
	return nil
}

// OptionScore is what one option drew. Its mean is Sum/Ballots, in lowest terms MeanNum/MeanDen, or 0/1 if
// nobody scored it.
type OptionScore struct {
	Sum     int64   `json:"sum"`
	Ballots int64   `json:"ballots"`
	MeanNum int64   `json:"meanNum"`
	MeanDen int64   `json:"meanDen"`
	Spread  []int64 `json:"spread"` // ballots by score, from Range.Min to Range.Max
}

// tallyScores adds up. An option that nobody scored wins nothing.
func (c *count) tallyScores() func() {
	got := make([]OptionScore, c.options)
	for o := range got {
		got[o].Spread = make([]int64, c.Range.Max-c.Range.Min+1)
	}
	for _, choice := range c.valid {
		for i, o := range choice.Picks {
			got[o].Sum += int64(choice.Scores[i])
			got[o].Ballots++
			got[o].Spread[choice.Scores[i]-c.Range.Min]++
		}
	}
	var able []int
	for o := range got {
		got[o].MeanDen = 1
		if got[o].Ballots > 0 {
			able = append(able, o)
			mean := big.NewRat(got[o].Sum, got[o].Ballots)
			got[o].MeanNum, got[o].MeanDen = mean.Num().Int64(), mean.Denom().Int64()
		}
	}
	c.res.Scores = got
	return func() { c.elect(able, c.betterScore) }
}

// betterScore is negative if option a goes before b. A sum is at most MaxScore × MaxVoters = 10^9, so the cross
// product of two means stays below 10^16.
func (c *count) betterScore(a, b int) int {
	x, y := c.res.Scores[a], c.res.Scores[b]
	if c.Range.By == BySum {
		return cmp.Compare(y.Sum, x.Sum)
	}
	return cmp.Compare(y.Sum*x.Ballots, x.Sum*y.Ballots)
}
