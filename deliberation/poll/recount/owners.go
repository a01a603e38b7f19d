package recount

import (
	"fmt"
	"time"

	"jushou/deliberation/poll/rule"
)

// stack is a group of owners: how many they are, and what their units measure together. Owners come one after the
// other, so a second unit of the last one is no other head.
type stack struct {
	heads int64
	last  int
	area  int64
}

func (s *stack) put(voter int, u rule.Unit) {
	if s.last != voter {
		s.heads++
		s.last = voter
	}
	s.area += u.Area
}

func (s *stack) weight() rule.Weight {
	if s == nil {
		return rule.Weight{}
	}
	return rule.Weight{Heads: s.heads, Area: s.area}
}

func sum(weights ...rule.Weight) (all rule.Weight) {
	for _, w := range weights {
		all.Heads += w.Heads
		all.Area += w.Area
	}
	return all
}

// The stacks besides those of the options, which have their numbers.
const (
	abstained = -1 - iota
	unusable
	silent
	missing
)

// owners makes every sheet again and decides by the binding one.
func (t *table) owners() verdict {
	t.same("votes", t.result.Votes, []int64(nil))
	readings := t.readings()
	t.same("number of sheets", len(t.result.Sheets), len(readings))
	v := verdict{}
	for i, s := range readings {
		t.fill(&s)
		if i < len(t.result.Sheets) {
			t.sameSheet(t.result.Sheets[i], s)
		}
		if s.Binding {
			v = t.decide(s)
		}
	}
	return v
}

// readings are the sheets that there have to be, still blank: the strict one first, the rule's parking first.
func (t *table) readings() (sheets []rule.Sheet) {
	terms := t.rule.Owners
	parkings := []rule.Parking{terms.Parking}
	if t.anyParking() {
		other := map[rule.Parking]rule.Parking{rule.ParkingCounts: rule.ParkingApart, rule.ParkingApart: rule.ParkingCounts}
		parkings = append(parkings, other[terms.Parking])
	}
	for i, parking := range parkings {
		first := rule.Sheet{NonReturn: rule.NotParticipating, Parking: parking}
		if terms.NonReturn == rule.NotParticipating {
			first.Binding = i == 0
			sheets = append(sheets, first)
			continue
		}
		sheets = append(sheets, first, rule.Sheet{NonReturn: terms.NonReturn, Parking: parking, Binding: i == 0})
	}
	return sheets
}

func (t *table) anyParking() bool {
	for _, v := range t.roll {
		for _, u := range v.Units {
			if u.Parking {
				return true
			}
		}
	}
	return false
}

// stackOf says where an owner belongs under a reading.
func (t *table) stackOf(voter int, reading rule.NonReturn) int {
	if b := t.hand[voter]; b != nil {
		switch {
		case b.Choice.Abstain:
			return abstained
		case b.Choice.Spoilt != "":
			return unusable
		}
		return b.Choice.Picks[0]
	}
	s := t.roll[voter].Service
	if reading == rule.NotParticipating || s == nil || s.At.Equal(time.Time{}) || len(s.Recipient) == 0 {
		return missing
	}
	for _, way := range t.rule.Owners.ServiceMethods {
		if way == s.Method && s.Warning == t.rule.Owners.Warning {
			return silent
		}
	}
	return missing
}

// fill adds up unit by unit.
func (t *table) fill(s *rule.Sheet) {
	stacks := map[int]*stack{}
	for voter := range t.roll {
		name := t.stackOf(voter, s.NonReturn)
		for _, u := range t.roll[voter].Units {
			if s.Parking == rule.ParkingApart && u.Parking {
				continue
			}
			if stacks[name] == nil {
				stacks[name] = &stack{last: -1}
			}
			stacks[name].put(voter, u)
		}
	}
	for o := range t.options {
		s.Cast = append(s.Cast, stacks[o].weight())
	}
	s.Abstain, s.Spoilt = stacks[abstained].weight(), stacks[unusable].weight()
	s.Silent, s.Missing = stacks[silent].weight(), stacks[missing].weight()
	s.Returned = sum(append([]rule.Weight{s.Abstain}, s.Cast...)...)
	s.Total = sum(s.Returned, s.Spoilt, s.Silent, s.Missing)
	s.Participating = sum(s.Returned, s.Silent)
	if t.rule.Spoilt == rule.SpoiltCast {
		s.Participating = sum(s.Participating, s.Spoilt)
	}
	s.Options = append(s.Options, s.Cast...)
	s.Majority, s.MajorityNote = join(*s)
	if s.Majority >= 0 {
		s.Options[s.Majority] = sum(s.Options[s.Majority], s.Silent)
	}
}

// join finds the option that has more heads than every other, and more area than every other.
func join(s rule.Sheet) (int, rule.MajorityNote) {
	if s.NonReturn != rule.WithMajority {
		return -1, rule.MajorityNotAsked
	}
	if sum(s.Cast...).Heads == 0 {
		return -1, rule.MajorityNobody
	}
	byHeads, byArea := -1, -1
	for o, w := range s.Cast {
		mostHeads, mostArea := true, true
		for p, x := range s.Cast {
			if p != o {
				mostHeads = mostHeads && w.Heads > x.Heads
				mostArea = mostArea && w.Area > x.Area
			}
		}
		if mostHeads {
			byHeads = o
		}
		if mostArea {
			byArea = o
		}
	}
	switch {
	case byHeads == -1 || byArea == -1:
		return -1, rule.MajorityLevel
	case byHeads != byArea:
		return -1, rule.MajoritySplit
	}
	return byHeads, rule.MajorityAdded
}

// law is Civil Code Art. 278: what has to take part, and what has to agree.
func (t *table) law() (turnout, approval rule.Bar) {
	turnout = rule.Bar{Of: rule.OfRoll, Op: rule.AtLeast, Num: 2, Den: 3}
	approval = rule.Bar{Of: rule.OfCast, Op: rule.More, Num: 1, Den: 2}
	switch t.rule.Owners.Matter {
	case 6, 7, 8:
		approval = rule.Bar{Of: rule.OfCast, Op: rule.AtLeast, Num: 3, Den: 4}
	}
	return turnout, approval
}

// judged makes the comparisons of a sheet again.
func (t *table) judged(s rule.Sheet) (steps []finding, quorate bool, passed int) {
	turnout, approval := t.law()
	steps = []finding{
		find("participation-area", -1, s.Participating.Area, s.Total.Area, turnout),
		find("participation-heads", -1, s.Participating.Heads, s.Total.Heads, turnout),
	}
	quorate, passed = steps[0].holds && steps[1].holds, -1
	asked := t.options
	if t.rule.Owners.Form == rule.YesNo {
		asked = 1
	}
	for o := range asked {
		area := find("approval-area", o, s.Options[o].Area, s.Participating.Area, approval)
		heads := find("approval-heads", o, s.Options[o].Heads, s.Participating.Heads, approval)
		if steps = append(steps, area, heads); quorate && area.holds && heads.holds {
			passed = o
		}
	}
	return steps, quorate, passed
}

func (t *table) sameSheet(counted, again rule.Sheet) {
	what := fmt.Sprintf("sheet (%s, parking %s)", again.NonReturn, again.Parking)
	steps, quorate, passed := t.judged(again)
	t.sameList(what+": step", counted.Steps, steps)
	again.Quorate, again.Passed = quorate, passed
	counted.Steps = nil
	t.same(what, counted, again)
}

func (t *table) decide(s rule.Sheet) verdict {
	_, quorate, passed := t.judged(s)
	yesNo := t.rule.Owners.Form == rule.YesNo
	switch {
	case t.seen.Ballots == 0:
		return verdict{outcome: rule.Empty}
	case !quorate:
		return verdict{outcome: rule.Short}
	case passed < 0 && yesNo:
		return verdict{outcome: rule.Failed}
	case passed < 0:
		return verdict{outcome: rule.Nobody}
	case yesNo:
		return verdict{outcome: rule.Passed, winners: []int{passed}}
	}
	return verdict{outcome: rule.Won, winners: []int{passed}}
}
