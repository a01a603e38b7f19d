package tally

import (
	"encoding/json"
	"fmt"
	"math/big"
)

// Stake is what some owners have together: heads, heads with something besides parking, and both areas in 0.01 m².
type Stake struct {
	Heads   int64 `json:"heads"`
	Homes   int64 `json:"homes"`
	Home    int64 `json:"home"`
	Parking int64 `json:"parking"`
}

// Add adds others.
func (s *Stake) Add(o Stake) {
	s.Heads += o.Heads
	s.Homes += o.Homes
	s.Home += o.Home
	s.Parking += o.Parking
}

// Stakes are all owners of a roll by what they said. The silent are those who were served with every part of the proof.
type Stakes struct {
	Options                          []Stake
	Abstain, Spoilt, Silent, Missing Stake
}

// terms are what an owners' vote fixes, as voting-rules.md tells it.
type terms struct {
	Matter    int    `json:"matter"`
	Form      string `json:"form"`
	Parking   string `json:"parking"`
	NonReturn string `json:"nonReturn"`
}

// known reports whether every term is one that is counted here.
func (t terms) known() bool {
	return t.Matter >= 1 && t.Matter <= 9 && (t.Form == "yes-no" || t.Form == "single") && (t.Parking == counted || t.Parking == apart) &&
		(t.NonReturn == strict || t.NonReturn == majority || t.NonReturn == "participation-only")
}

// Weight is one reading of a stake.
type Weight struct {
	Heads int64 `json:"heads"`
	Area  int64 `json:"area"`
}

func (w Weight) plus(others ...Weight) Weight {
	for _, o := range others {
		w.Heads += o.Heads
		w.Area += o.Area
	}
	return w
}

// Sheet is an owners' vote under one reading of silence and of parking.
type Sheet struct {
	NonReturn     string   `json:"nonReturn"`
	Parking       string   `json:"parking"`
	Binding       bool     `json:"binding"`
	Total         Weight   `json:"total"`
	Returned      Weight   `json:"returned"`
	Abstain       Weight   `json:"abstain"`
	Spoilt        Weight   `json:"spoilt"`
	Silent        Weight   `json:"silent"`
	Missing       Weight   `json:"missing"`
	Participating Weight   `json:"participating"`
	Cast          []Weight `json:"cast"`
	Options       []Weight `json:"options"`
	Majority      int      `json:"majority"`
	MajorityNote  string   `json:"majorityNote"`
	Steps         []Step   `json:"steps"`
	Quorate       bool     `json:"quorate"`
	Passed        int      `json:"passed"`
}

const (
	counted  = "counted"
	apart    = "not-counted"
	strict   = "not-participating"
	majority = "majority"
)

// owners makes every sheet and decides by the binding one (民法典 Art. 278).
func (c *count) owners() (func(), error) {
	if c.Stakes == nil || len(c.Stakes.Options) != c.Options {
		return nil, fmt.Errorf("%w: owners' areas are not published", ErrBeyond)
	}
	var t terms
	if err := json.Unmarshal(c.Rule.Owners, &t); err != nil {
		return nil, fmt.Errorf("the owners' terms cannot be read: %w", err)
	}
	if !t.known() {
		return nil, fmt.Errorf("%w: terms of an owners' vote that this program does not know", ErrBeyond)
	}
	parkings := []string{t.Parking}
	if c.Stakes.parking() > 0 {
		other := counted
		if t.Parking == counted {
			other = apart
		}
		parkings = append(parkings, other)
	}
	silences := []string{strict}
	if t.NonReturn != strict {
		silences = append(silences, t.NonReturn)
	}
	for _, p := range parkings {
		for _, s := range silences {
			one := c.Stakes.sheet(p, s, c.Rule.Spoilt == "cast")
			one.Binding = p == t.Parking && s == t.NonReturn
			one.judge(t)
			c.res.Sheets = append(c.res.Sheets, one)
		}
	}
	return func() { c.decideOwners(t) }, nil
}

// parking is the area of all spaces on the roll.
func (s Stakes) parking() int64 {
	all := s.Abstain.Parking + s.Spoilt.Parking + s.Silent.Parking + s.Missing.Parking
	for _, o := range s.Options {
		all += o.Parking
	}
	return all
}

// sheet adds up under one reading.
func (s Stakes) sheet(parking, silence string, spoiltCast bool) Sheet {
	weigh := func(x Stake) Weight {
		if parking == apart {
			return Weight{x.Homes, x.Home}
		}
		return Weight{x.Heads, x.Home + x.Parking}
	}
	r := Sheet{NonReturn: silence, Parking: parking, Majority: -1, Passed: -1, Abstain: weigh(s.Abstain), Spoilt: weigh(s.Spoilt), Silent: weigh(s.Silent), Missing: weigh(s.Missing)}
	if silence == strict {
		r.Missing, r.Silent = r.Missing.plus(r.Silent), Weight{}
	}
	for _, o := range s.Options {
		r.Cast = append(r.Cast, weigh(o))
	}
	r.Returned = r.Abstain.plus(r.Cast...)
	r.Total = r.Returned.plus(r.Spoilt, r.Silent, r.Missing)
	r.Participating = r.Returned.plus(r.Silent)
	if spoiltCast {
		r.Participating = r.Participating.plus(r.Spoilt)
	}
	r.Options = append(r.Options, r.Cast...)
	if silence == majority {
		r.follow()
	}
	return r
}

// follow adds the silent to the option that leads by heads and by area, if one does.
func (s *Sheet) follow() {
	heads, area, voted := -1, -1, int64(0)
	for o, w := range s.Cast {
		voted += w.Heads
		leadsHeads, leadsArea := true, true
		for p, x := range s.Cast {
			leadsHeads = leadsHeads && (p == o || w.Heads > x.Heads)
			leadsArea = leadsArea && (p == o || w.Area > x.Area)
		}
		if leadsHeads {
			heads = o
		}
		if leadsArea {
			area = o
		}
	}
	switch {
	case voted == 0:
		s.MajorityNote = "nobody"
	case heads < 0 || area < 0:
		s.MajorityNote = "level"
	case heads != area:
		s.MajorityNote = "split"
	default:
		s.MajorityNote, s.Majority = "added", heads
		s.Options[heads] = s.Options[heads].plus(s.Silent)
	}
}

// judge compares with the shares of the Code, by area and by heads.
func (s *Sheet) judge(t terms) {
	both := func(what string, option int, part, whole Weight, of Share) bool {
		area := stepOf(what+"-area", option, part.Area, whole.Area, of)
		heads := stepOf(what+"-heads", option, part.Heads, whole.Heads, of)
		s.Steps = append(s.Steps, area, heads)
		return area.Holds && heads.Holds
	}
	s.Quorate = both("participation", -1, s.Participating, s.Total, Share{"roll", ">=", 2, 3})
	need := Share{"cast", ">", 1, 2}
	if t.Matter >= 6 && t.Matter <= 8 {
		need = Share{"cast", ">=", 3, 4}
	}
	asked := s.Options
	if t.Form == "yes-no" {
		asked = asked[:1]
	}
	for o, w := range asked {
		if both("approval", o, w, s.Participating, need) && s.Quorate {
			s.Passed = o
		}
	}
}

func (c *count) decideOwners(t terms) {
	var s Sheet
	for _, one := range c.res.Sheets {
		if one.Binding {
			s = one
		}
	}
	yesNo := t.Form == "yes-no"
	switch {
	case !s.Quorate:
		c.res.Outcome = "short"
	case s.Passed >= 0 && yesNo:
		c.res.Outcome, c.res.Winners = "passed", []int{0}
	case s.Passed >= 0:
		c.res.Outcome, c.res.Winners = "won", []int{s.Passed}
	case yesNo:
		c.res.Outcome = "failed"
	default:
		c.res.Outcome = "nobody"
	}
}

// SquareMetres writes an area.
func SquareMetres(area int64) string { return big.NewRat(area, 100).FloatString(2) + " m²" }
