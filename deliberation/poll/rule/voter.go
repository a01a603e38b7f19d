package rule

import (
	"slices"
	"time"

	"jushou/internal/fault"
)

// MaxArea bounds the area of a whole roll, in 0.01 m²: 10,000 km².
const MaxArea int64 = 1_000_000_000_000

// Voter is one line of a roll: one voice. Keys are opaque here; nothing in this package says who somebody is.
type Voter struct {
	Key       string   `json:"key"`                 // there once in a roll
	Household string   `json:"household,omitempty"` // one voice each under Households
	Units     []Unit   `json:"units,omitempty"`     // what the owner votes with under Owners
	Present   bool     `json:"present,omitempty"`   // on the attendance list, under Council
	Service   *Service `json:"service,omitempty"`   // proof that the ballot reached an owner
}

// Unit is one 专有部分 with its registered area in 0.01 m².
type Unit struct {
	Key     string `json:"key"` // there once in a roll, whoever owns it
	Area    int64  `json:"area"`
	Parking bool   `json:"parking,omitempty"` // a registered parking space
}

// Service is the proof that a ballot, the topics and the warning what silence means reached an owner.
type Service struct {
	Method    string    `json:"method"`    // one that the rule names
	At        time.Time `json:"at"`        // when it reached the owner
	Recipient string    `json:"recipient"` // who took it; opaque here
	Warning   string    `json:"warning"`   // version of the warning that was on it
}

// Ballot is the last choice of one voter.
type Ballot struct {
	Voter  int    `json:"voter"` // index into the roll
	Choice Choice `json:"choice"`
	Paper  bool   `json:"paper,omitempty"`
}

// CheckRoll refuses a roll that the rule cannot count by: nobody on it, a voice, a household or a unit that is
// there twice, an owner without a unit, a unit without area, and more area than MaxArea.
func (r Rule) CheckRoll(roll []Voter) error {
	switch {
	case len(roll) == 0:
		return fault.New(fault.Invalid, "count.roll_empty").On("roll")
	case len(roll) > MaxVoters:
		return fault.New(fault.TooLarge, "count.roll_too_large").On("roll").With("max", MaxVoters)
	}
	return r.lawful(roll)
}

// lawful is CheckRoll for a roll of any length, an empty one too.
func (r Rule) lawful(roll []Voter) error {
	seen := make(map[string]int, len(roll))
	for i, v := range roll {
		key := v.Key
		if r.Franchise == Households {
			key = v.Household
		}
		if key == "" {
			return fault.New(fault.Invalid, "count.voter_without_key").On("roll").With("line", i+1)
		}
		if first, twice := seen[key]; twice {
			return fault.New(fault.Invalid, "count.voter_twice").On("roll").With("line", i+1).With("first", first+1)
		}
		seen[key] = i
	}
	if r.Method != Owners {
		return nil
	}
	return lawfulUnits(roll)
}

func lawfulUnits(roll []Voter) error {
	owned, area := map[string]int{}, int64(0)
	for i, v := range roll {
		if len(v.Units) == 0 {
			return fault.New(fault.Invalid, "count.owner_without_unit").On("roll").With("line", i+1)
		}
		for _, u := range v.Units {
			first, twice := owned[u.Key]
			switch {
			case u.Key == "":
				return fault.New(fault.Invalid, "count.unit_without_key").On("roll").With("line", i+1)
			case twice:
				return fault.New(fault.Invalid, "count.unit_twice").On("roll").With("line", i+1).With("first", first+1)
			case u.Area <= 0:
				return fault.New(fault.Invalid, "count.unit_without_area").On("roll").With("line", i+1)
			case u.Area > MaxArea || area > MaxArea-u.Area:
				return fault.New(fault.TooLarge, "count.area_too_large").On("roll").With("line", i+1)
			}
			owned[u.Key] = i
			area += u.Area
		}
	}
	return nil
}

// checkBallots refuses ballots that no poll could have taken in. Such a poll has a fault that has to be found
// before anything is published, so nothing is counted around it.
func (r Rule) checkBallots(options int, roll []Voter, ballots []Ballot) error {
	voted := make([]bool, len(roll))
	for i, b := range ballots {
		switch {
		case b.Voter < 0 || b.Voter >= len(roll):
			return fault.New(fault.Invalid, "count.ballot_of_nobody").On("ballots").With("ballot", i+1)
		case voted[b.Voter]:
			return fault.New(fault.Invalid, "count.ballot_twice").On("ballots").With("ballot", i+1)
		case b.Choice.Spoilt != "" && !b.Paper:
			return fault.New(fault.Invalid, "count.spoilt_online").On("ballots").With("ballot", i+1)
		}
		if err := r.Accept(b.Choice, options); err != nil {
			return fault.New(fault.Invalid, "count.ballot").On("ballots").With("ballot", i+1).Because(err)
		}
		voted[b.Voter] = true
	}
	return nil
}

// Served reports whether the proof is one that the terms accept, in every part.
func (t *OwnersTerms) Served(s *Service) bool {
	return s != nil && !s.At.IsZero() && s.Recipient != "" && s.Warning == t.Warning &&
		slices.Contains(t.ServiceMethods, s.Method)
}
