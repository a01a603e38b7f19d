package poll

import (
	"cmp"
	"encoding/json"
	"slices"

	"jushou/deliberation/poll/rule"
)

// Stake is what some owners have together. Areas are in 0.01 m². Whoever owns nothing but parking is a head only where parking counts.
type Stake struct {
	Heads   int64 `json:"heads"`
	Homes   int64 `json:"homes"` // heads with something besides parking
	Home    int64 `json:"home"`  // area of that
	Parking int64 `json:"parking"`
}

func (s *Stake) add(area areas) {
	s.Heads++
	s.Home += area.Home
	s.Parking += area.Parking
	if area.Home > 0 {
		s.Homes++
	}
}

// join adds several owners that are alike.
func (s *Stake) join(c Class) {
	for range c.Heads {
		s.add(c.areas)
	}
}

// areas are what one owner has, in 0.01 m².
type areas struct {
	Home    int64 `json:"home"`
	Parking int64 `json:"parking"`
}

func (s Seat) areas() (a areas) {
	for _, u := range s.Units {
		if u.Parking {
			a.Parking += u.Area
		} else {
			a.Home += u.Area
		}
	}
	return a
}

// Class are owners on a roll with the same areas.
type Class struct {
	areas
	Heads int `json:"heads"`
}

// Classes are the roll of a joint decision by what owners have, as its charter freezes them: the areas that many share, and the others together.
// They make both measures countable from outside while nobody's area tells who they are.
type Classes struct {
	Classes []Class `json:"classes"`
	Rest    Stake   `json:"rest"`
}

// LeastAlike is the least number of owners with the same areas who are told apart from the rest. Stacked flats are alike by the dozen; who owns two
// of them, or a shop, is alone.
const LeastAlike = 10

// classesOf sorts a roll. A rest of a few is made larger by the smallest classes, so that it is nobody's own area.
func classesOf(roll map[areas]int) *Classes {
	if len(roll) == 0 {
		return nil
	}
	c := &Classes{Classes: []Class{}}
	for area, heads := range roll {
		if heads < LeastAlike {
			c.Rest.join(Class{area, heads})
			continue
		}
		c.Classes = append(c.Classes, Class{area, heads})
	}
	slices.SortFunc(c.Classes, func(a, b Class) int {
		return cmp.Or(cmp.Compare(b.Heads, a.Heads), cmp.Compare(a.Home, b.Home), cmp.Compare(a.Parking, b.Parking))
	})
	for c.Rest.Heads > 0 && c.Rest.Heads < LeastAlike && len(c.Classes) > 0 {
		last := len(c.Classes) - 1
		c.Rest.join(c.Classes[last])
		c.Classes = c.Classes[:last]
	}
	return c
}

// said is what became of one line of a roll: an option, or one of those below.
type said int

const (
	saidAbstain said = -1 - iota
	saidSpoilt
	saidSilent // served, with every part of the proof
	saidMissing
)

// returned reports whether a ballot came.
func (s said) returned() bool { return s >= saidSpoilt }

// saidOf is what a line of the roll said; without a ballot, the rule's terms read its proof of service.
func saidOf(t *rule.OwnersTerms, choice *rule.Choice, proof *rule.Service) said {
	switch {
	case choice == nil && t.Served(proof):
		return saidSilent
	case choice == nil:
		return saidMissing
	case choice.Spoilt != "":
		return saidSpoilt
	case choice.Abstain:
		return saidAbstain
	}
	return said(choice.Picks[0])
}

// voice is one line of the roll when it is counted.
type voice struct {
	areas
	said   said
	commit string // of its ballot
}

// Shown are the stakes of a published joint decision: which ballots belong to which class, and what the rest said together. With the charter's classes
// and the published ballots they give every sum of the result.
type Shown struct {
	Format  string       `json:"format"` // "jushou stakes v1"
	Poll    ID           `json:"poll"`
	Charter string       `json:"charter"` // its hash
	Classes []ShownClass `json:"classes"`
	Rest    ShownRest    `json:"rest"`
}

// ShownClass is a class of the charter with the commitments of its ballots. Those of its heads that are neither here nor silent did not take part.
type ShownClass struct {
	areas
	Silent  int      `json:"silent"`
	Ballots []string `json:"ballots"`
}

// ShownRest is what all others said.
type ShownRest struct {
	Options []Stake `json:"options"`
	Abstain Stake   `json:"abstain"`
	Spoilt  Stake   `json:"spoilt"`
	Silent  Stake   `json:"silent"`
	Missing Stake   `json:"missing"`
}

const stakesFormat = "jushou stakes v1"

// show sorts what was said. A class goes into the rest where its ballots would tell on somebody: fewer than LeastAlike, or all the same. The rest is at
// least MinLines ballots: of fewer, the sum of their areas can be taken apart again into who said what.
func (c Classes) show(p Poll, all []voice) Shown {
	by := map[areas][]voice{}
	for _, v := range all {
		by[v.areas] = append(by[v.areas], v)
	}
	var shown []Class
	rest := slices.Clone(all)
	for _, class := range c.Classes {
		if tells(by[class.areas], LeastAlike) {
			continue
		}
		shown = append(shown, class)
		rest = slices.DeleteFunc(rest, func(v voice) bool { return v.areas == class.areas })
	}
	slices.SortStableFunc(shown, func(a, b Class) int { return cmp.Compare(len(by[b.areas]), len(by[a.areas])) })
	for len(shown) > 0 && returned(rest) > 0 && tells(rest, MinLines) {
		last := len(shown) - 1
		rest = append(rest, by[shown[last].areas]...)
		shown = shown[:last]
	}
	s := Shown{Format: stakesFormat, Poll: p.ID, Charter: p.CharterHash, Classes: []ShownClass{}, Rest: restOf(len(p.Options), rest)}
	for _, class := range shown {
		s.Classes = append(s.Classes, shownClass(class, by[class.areas]))
	}
	return s
}

// tells reports whether a group's ballots would tell on somebody.
func tells(group []voice, least int) bool {
	kinds := map[said]bool{}
	for _, v := range group {
		if v.said.returned() {
			kinds[v.said] = true
		}
	}
	return returned(group) < least || len(kinds) < 2
}

func returned(group []voice) (n int) {
	for _, v := range group {
		if v.said.returned() {
			n++
		}
	}
	return n
}

func shownClass(c Class, group []voice) ShownClass {
	s := ShownClass{areas: c.areas}
	for _, v := range group {
		switch {
		case v.said.returned():
			s.Ballots = append(s.Ballots, v.commit)
		case v.said == saidSilent:
			s.Silent++
		}
	}
	slices.Sort(s.Ballots)
	return s
}

func restOf(options int, rest []voice) ShownRest {
	r := ShownRest{Options: make([]Stake, options)}
	for _, v := range rest {
		switch v.said {
		case saidAbstain:
			r.Abstain.add(v.areas)
		case saidSpoilt:
			r.Spoilt.add(v.areas)
		case saidSilent:
			r.Silent.add(v.areas)
		case saidMissing:
			r.Missing.add(v.areas)
		default:
			r.Options[v.said].add(v.areas)
		}
	}
	return r
}

// text is what is published, and hashed.
func (s Shown) text() (string, error) {
	data, err := json.Marshal(s)
	return string(data), err
}
