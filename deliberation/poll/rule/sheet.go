package rule

// Weight is what owners bring: heads, and area in 0.01 m².
type Weight struct {
	Heads int64 `json:"heads"`
	Area  int64 `json:"area"`
}

func (w *Weight) add(o Weight) {
	w.Heads += o.Heads
	w.Area += o.Area
}

// MajorityNote says why the silent were, or were not, added to an option.
type MajorityNote string

const (
	MajorityNotAsked MajorityNote = ""       // the reading does not add them to anything
	MajorityAdded    MajorityNote = "added"  // to Majority
	MajorityLevel    MajorityNote = "level"  // no option leads: they only take part
	MajoritySplit    MajorityNote = "split"  // one leads by heads and another by area: they only take part
	MajorityNobody   MajorityNote = "nobody" // nobody voted for any option
)

// Sheet is an owners' vote counted under one reading of silence and of parking. The strict reading, that silence
// is no participation, is always there, and both readings of parking are if anybody owns a registered space.
//
// Total = Returned + Silent + Spoilt + Missing, and Returned = the options as cast + Abstain.
type Sheet struct {
	NonReturn NonReturn `json:"nonReturn"`
	Parking   Parking   `json:"parking"`
	Binding   bool      `json:"binding,omitempty"` // the reading that the rule fixed

	Total    Weight `json:"total"`
	Returned Weight `json:"returned"` // valid ballots, abstentions among them
	Abstain  Weight `json:"abstain"`
	Spoilt   Weight `json:"spoilt"`
	Silent   Weight `json:"silent"`  // served with full proof, not returned, and taking part under this reading
	Missing  Weight `json:"missing"` // no ballot, and no participation

	Participating Weight       `json:"participating"`
	Cast          []Weight     `json:"cast"`     // by option, as cast
	Options       []Weight     `json:"options"`  // by option, with the silent where this reading adds them
	Majority      int          `json:"majority"` // the option that they were added to, or -1
	MajorityNote  MajorityNote `json:"majorityNote,omitempty"`

	Steps   []Step `json:"steps"`
	Quorate bool   `json:"quorate"` // both measures of participation hold
	Passed  int    `json:"passed"`  // the option that carries both measures, or -1
}

// tallyOwners makes every sheet; the binding one decides.
func (c *count) tallyOwners() func() {
	cast := make([]*Choice, len(c.roll))
	for i := range c.all {
		cast[c.all[i].Voter] = &c.all[i].Choice
	}
	for _, parking := range c.parkings() {
		for _, silence := range c.silences() {
			s := c.sheet(cast, silence, parking)
			s.Binding = silence == c.Owners.NonReturn && parking == c.Owners.Parking
			c.res.Sheets = append(c.res.Sheets, s)
		}
	}
	return c.decideOwners
}

func (c *count) silences() []NonReturn {
	if c.Owners.NonReturn == NotParticipating {
		return []NonReturn{NotParticipating}
	}
	return []NonReturn{NotParticipating, c.Owners.NonReturn}
}

// parkings is the rule's reading, and the other one too if it could make a difference.
func (c *count) parkings() []Parking {
	for _, v := range c.roll {
		for _, u := range v.Units {
			if u.Parking && c.Owners.Parking == ParkingCounts {
				return []Parking{ParkingCounts, ParkingApart}
			}
			if u.Parking {
				return []Parking{ParkingApart, ParkingCounts}
			}
		}
	}
	return []Parking{c.Owners.Parking}
}

// weigh is what an owner brings: one head however many units, and their areas together.
func (v Voter) weigh(parking Parking) Weight {
	var w Weight
	for _, u := range v.Units {
		if u.Parking && parking == ParkingApart {
			continue
		}
		w.Heads = 1
		w.Area += u.Area
	}
	return w
}

func (c *count) sheet(cast []*Choice, silence NonReturn, parking Parking) Sheet {
	s := Sheet{NonReturn: silence, Parking: parking, Majority: -1, Passed: -1, Cast: make([]Weight, c.options)}
	for i, v := range c.roll {
		w, choice := v.weigh(parking), cast[i]
		s.Total.add(w)
		switch {
		case choice == nil && silence != NotParticipating && c.Owners.Served(v.Service):
			s.Silent.add(w)
		case choice == nil:
			s.Missing.add(w)
		case choice.Spoilt != "":
			s.Spoilt.add(w)
		default:
			s.put(*choice, w)
		}
	}
	s.Participating = s.Returned
	s.Participating.add(s.Silent)
	if c.Spoilt == SpoiltCast {
		s.Participating.add(s.Spoilt)
	}
	s.follow()
	s.judge(c.Owners, c.isYesNo())
	return s
}

func (s *Sheet) put(choice Choice, w Weight) {
	s.Returned.add(w)
	if choice.Abstain {
		s.Abstain.add(w)
		return
	}
	s.Cast[choice.Picks[0]].add(w)
}

// follow adds the silent to the majority of those who voted, if the reading says so and there is one: the option
// that leads by heads and by area. Abstaining is not an opinion that they could join.
func (s *Sheet) follow() {
	s.Options = append([]Weight{}, s.Cast...)
	if s.NonReturn != WithMajority {
		return
	}
	heads := leader(s.Cast, func(w Weight) int64 { return w.Heads })
	area := leader(s.Cast, func(w Weight) int64 { return w.Area })
	switch {
	case s.Returned.Heads == s.Abstain.Heads:
		s.MajorityNote = MajorityNobody
	case heads < 0 || area < 0:
		s.MajorityNote = MajorityLevel
	case heads != area:
		s.MajorityNote = MajoritySplit
	default:
		s.MajorityNote, s.Majority = MajorityAdded, heads
		s.Options[heads].add(s.Silent)
	}
}

// leader is the option with more than any other, or -1.
func leader(options []Weight, of func(Weight) int64) int {
	best, alone := 0, true
	for o := 1; o < len(options); o++ {
		switch {
		case of(options[o]) > of(options[best]):
			best, alone = o, true
		case of(options[o]) == of(options[best]):
			alone = false
		}
	}
	if !alone {
		return -1
	}
	return best
}

// judge makes the comparisons of Art. 278.
func (s *Sheet) judge(t *OwnersTerms, yesNo bool) {
	s.Quorate = s.both(t.Participation(), StepTurnoutArea, StepTurnoutHead, -1, s.Participating, s.Total)
	for o, w := range s.Options {
		if yesNo && o != Yes {
			continue
		}
		if s.both(t.Approval(), StepApproveArea, StepApproveHead, o, w, s.Participating) && s.Quorate {
			s.Passed = o
		}
	}
}

// both compares by area and by heads and records both.
func (s *Sheet) both(b Bar, area, heads Code, option int, part, whole Weight) bool {
	first := b.step(area, option, part.Area, whole.Area)
	second := b.step(heads, option, part.Heads, whole.Heads)
	s.Steps = append(s.Steps, first, second)
	return first.Holds && second.Holds
}

func (c *count) decideOwners() {
	s := c.res.Binding()
	yesNo := c.isYesNo()
	switch {
	case c.res.Turnout.Ballots == 0:
		c.res.Outcome = Empty
	case !s.Quorate:
		c.res.Outcome = Short
	case s.Passed >= 0 && yesNo:
		c.res.Outcome, c.res.Winners = Passed, []int{Yes}
	case s.Passed >= 0:
		c.res.Outcome, c.res.Winners = Won, []int{s.Passed}
	case yesNo:
		c.res.Outcome = Failed
	default:
		c.res.Outcome = Nobody
	}
}
