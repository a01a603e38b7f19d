package tally

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Rule is a rule of a vote as the charter has it; docs/voting-rules.md tells its fields.
type Rule struct {
	Method    string          `json:"method"`
	Franchise string          `json:"franchise"`
	Min       int             `json:"min"`
	Max       int             `json:"max"`
	Seats     int             `json:"seats"`
	Abstain   bool            `json:"abstain"`
	Equal     bool            `json:"equal"`
	Spoilt    string          `json:"spoilt"`
	Tie       string          `json:"tie"`
	Lot       []int           `json:"lot"`
	Presence  *Share          `json:"presence"`
	Quorum    *Share          `json:"quorum"`
	Threshold *Share          `json:"threshold"`
	Range     *Range          `json:"range"`
	Owners    json.RawMessage `json:"owners"`
	Budget    *Budget         `json:"budget"`
}

// Share is a part of a whole that something has to reach.
type Share struct {
	Of  string `json:"of"`
	Op  string `json:"op"`
	Num int64  `json:"num"`
	Den int64  `json:"den"`
}

// Range is what a score may be.
type Range struct {
	Min     int    `json:"min"`
	Max     int    `json:"max"`
	By      string `json:"by"`
	Partial bool   `json:"partial"`
}

// Budget is a sum of money and what the options cost.
type Budget struct {
	Rule            string   `json:"rule"`
	Money           int64    `json:"money"`
	Unit            int64    `json:"unit"`
	Costs           []int64  `json:"costs"`
	Points          int      `json:"points"`
	Total           int      `json:"total"`
	Start           string   `json:"start"`
	Ties            []string `json:"ties"`
	Step            int64    `json:"step"`
	Threshold       int64    `json:"threshold"`
	StopWhenFull    bool     `json:"stopWhenFull"`
	Compare         bool     `json:"compare"`
	PointsTimesCost bool     `json:"pointsTimesCost"`
	NeedVotes       bool     `json:"needVotes"`
}

// ParseRule reads a rule. A field that is not known here is refused: a rule that is half understood cannot be counted by.
func ParseRule(text []byte) (Rule, error) {
	var r Rule
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return r, fmt.Errorf("the rule cannot be read: %w", err)
	}
	return r, nil
}

// Choice is what one ballot says.
type Choice struct {
	Picks   []int  `json:"picks"`
	Scores  []int  `json:"scores"`
	Ranks   []int  `json:"ranks"`
	Abstain bool   `json:"abstain"`
	Spoilt  string `json:"spoilt"`
}

// Ballot is a published ballot.
type Ballot struct {
	Choice
	Paper bool
}

// flaw says why no poll with this rule may have taken the ballot in, "" if it may.
func (r Rule) flaw(b Ballot, options int) string {
	said := len(b.Picks)+len(b.Scores)+len(b.Ranks) > 0
	switch {
	case b.Spoilt != "" && (!b.Paper || said || b.Abstain):
		return "it is invalid and not on paper, or says something all the same"
	case b.Spoilt != "":
		return ""
	case b.Abstain && (said || !r.Abstain):
		return "it abstains where that is not offered, or says something all the same"
	case b.Abstain:
		return ""
	case r.ranked():
		return r.flawOfRanks(b, options)
	}
	return r.flawOfPicks(b, options)
}

func (r Rule) ranked() bool { return r.Method == "schulze" || r.Method == "irv" }

// bounds are the least and the most options that a ballot names.
func (r Rule) bounds(options int) (least, most int) {
	most = options
	if r.Max > 0 {
		most = r.Max
	}
	switch r.Method {
	case "single", "yes-no", "owners":
		return 1, 1
	case "budget":
		return r.Min, most
	}
	return max(1, r.Min), most
}

func (r Rule) flawOfPicks(b Ballot, options int) string {
	least, most := r.bounds(options)
	if len(b.Ranks) > 0 || len(b.Picks) < least || len(b.Picks) > most {
		return fmt.Sprintf("it names %d options, and the rule allows %d to %d", len(b.Picks), least, most)
	}
	for i, o := range b.Picks {
		if o < 0 || o >= options || slices.Contains(b.Picks[:i], o) {
			return fmt.Sprintf("option %d is unknown or named twice", o)
		}
	}
	from, to := 0, -1 // no scores
	switch {
	case r.Method == "score":
		from, to = r.Range.Min, r.Range.Max
		if len(b.Picks) < options && !r.Range.Partial {
			return "it leaves an option without a score"
		}
	case r.Method == "budget" && r.Budget.Points > 0:
		from, to = 1, r.Budget.Points
	}
	if to < from && len(b.Scores) > 0 || to >= from && len(b.Scores) != len(b.Picks) {
		return "it has scores where there are none, or not one for each option"
	}
	sum := 0
	for _, s := range b.Scores {
		if sum += s; s < from || s > to {
			return fmt.Sprintf("the score %d is not between %d and %d", s, from, to)
		}
	}
	if r.Budget != nil && r.Budget.Total > 0 && sum > r.Budget.Total {
		return fmt.Sprintf("it gives %d points of %d", sum, r.Budget.Total)
	}
	return ""
}

// flawOfRanks wants ranks 1, 2, 3 … without a gap.
func (r Rule) flawOfRanks(b Ballot, options int) string {
	if len(b.Picks)+len(b.Scores) > 0 || len(b.Ranks) != options {
		return "it does not rank each option"
	}
	var given []int
	for _, rank := range b.Ranks {
		if rank != 0 {
			given = append(given, rank)
		}
	}
	slices.Sort(given)
	if least, most := r.bounds(options); len(given) < least || len(given) > most {
		return fmt.Sprintf("it ranks %d options, and the rule allows %d to %d", len(given), least, most)
	}
	for i, rank := range given {
		below := 0
		if i > 0 {
			below = given[i-1]
		}
		if rank != below+1 && (rank != below || !r.Equal) {
			return fmt.Sprintf("rank %d comes after rank %d", rank, below)
		}
	}
	return ""
}
