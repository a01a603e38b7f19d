package budget

import (
	"errors"
	"fmt"
	"math/big"
)

// Limits that keep every sum inside 63 bits. They are far above any election we know of.
const (
	MaxMoney    = 100_000_000_000_000 // smallest parts; 10^12 with two decimals
	MaxProjects = 10_000
	MaxPoints   = 1_000_000 // either sign, one choice
	MaxBallots  = 10_000_000
)

// Project is something that money can buy once.
type Project struct {
	ID        string
	Cost      int64 // in smallest parts, see Election.Unit
	Withdrawn bool  // takes no part: nobody can pay for it and it stops no rule
}

// Choice is one project on a ballot. An approval has 1 point. Points of 0 or below support nothing: they
// count in a score, and pay for nothing in equal shares.
type Choice struct {
	Project int // index into Election.Projects
	Points  int64
}

// Ballot is what one voter named, each project at most once. An empty ballot counts as a voter.
type Ballot []Choice

// Election is everything that a count reads.
type Election struct {
	Budget   int64 // in smallest parts
	Unit     int64 // how many smallest parts make one whole of the currency: 1, or 100 for cents
	Projects []Project
	Ballots  []Ballot
}

// ErrElection means that an election breaks a rule that every count relies on.
var ErrElection = errors.New("not a countable election")

// Check reports the first thing that makes the election uncountable, as an error that is ErrElection.
func (e *Election) Check() error {
	if e.Unit < 1 || e.Budget < 0 || e.Budget > MaxMoney {
		return fmt.Errorf("%w: budget %d in parts of 1/%d", ErrElection, e.Budget, e.Unit)
	}
	if len(e.Projects) > MaxProjects || len(e.Ballots) > MaxBallots {
		return fmt.Errorf("%w: %d projects, %d ballots", ErrElection, len(e.Projects), len(e.Ballots))
	}
	ids := make(map[string]bool, len(e.Projects))
	for _, p := range e.Projects {
		if p.ID == "" || ids[p.ID] {
			return fmt.Errorf("%w: project id %q is empty or there twice", ErrElection, p.ID)
		}
		if p.Cost < 0 || p.Cost > MaxMoney {
			return fmt.Errorf("%w: project %q costs %d", ErrElection, p.ID, p.Cost)
		}
		ids[p.ID] = true
	}
	return e.checkBallots()
}

func (e *Election) checkBallots() error {
	seen := make([]int, len(e.Projects))
	for i, b := range e.Ballots {
		for _, c := range b {
			if c.Project < 0 || c.Project >= len(e.Projects) {
				return fmt.Errorf("%w: ballot %d names project %d of %d", ErrElection, i, c.Project, len(e.Projects))
			}
			if seen[c.Project] == i+1 {
				return fmt.Errorf("%w: ballot %d names project %q twice", ErrElection, i, e.Projects[c.Project].ID)
			}
			if c.Points > MaxPoints || c.Points < -MaxPoints {
				return fmt.Errorf("%w: ballot %d gives %d points", ErrElection, i, c.Points)
			}
			seen[c.Project] = i + 1
		}
	}
	return nil
}

// Whole returns an amount of smallest parts in whole units of the currency.
func (e *Election) Whole(parts int64) *big.Rat { return big.NewRat(parts, e.Unit) }

// standing is what a project drew from the ballots.
type standing struct {
	votes int   // ballots that give it more than 0 points
	score int64 // sum of all points
}

func (e *Election) standings() []standing {
	got := make([]standing, len(e.Projects))
	for _, b := range e.Ballots {
		for _, c := range b {
			got[c.Project].score += c.Points
			if c.Points > 0 {
				got[c.Project].votes++
			}
		}
	}
	return got
}
