// Package recount is the second counter. A poll is published only if it finds what package rule found.
//
// It was written apart and shares with rule the types and nothing else: a test reads this package and fails if it
// calls a function or a method of rule. Where rule goes through the ballots, recount goes through the roll and puts
// equal ballots on one pile; where rule multiplies crosswise, recount divides big.Rats; strongest paths are found
// from each option by widening a frontier instead of by Floyd and Warshall; instant runoff moves piles as people at
// a table do; owners are added up unit by unit; equal shares keep the money of each kind of ballot. A mistake would
// have to be made twice, in two shapes, to pass.
package recount

import (
	"fmt"
	"reflect"

	"jushou/deliberation/poll/rule"
)

// Difference is the first thing on which the two counters disagree.
type Difference struct {
	What    string // "winners", "round 2: votes", …
	Counted string // what the result says
	Again   string // what the second count gives
}

func (d *Difference) Error() string {
	return fmt.Sprintf("the second count differs in %s: %s counted, %s counted again", d.What, d.Counted, d.Again)
}

// Compare counts the poll again and returns nil if the result says the same in every part, and a *Difference
// otherwise. The poll must be one that Rule.Count accepts; a ballot that it should not have accepted is a
// difference too.
func Compare(result rule.Result, r rule.Rule, options int, roll []rule.Voter, ballots []rule.Ballot) error {
	t := &table{rule: r, options: options, roll: roll, result: result}
	if t.receive(ballots); t.first == nil {
		t.count()
	}
	if t.first == nil {
		return nil
	}
	return t.first
}

// table is where one poll is counted again.
type table struct {
	rule    rule.Rule
	options int
	roll    []rule.Voter
	result  rule.Result // to be compared with
	first   *Difference

	hand  []*rule.Ballot // by voter; nil for those who did not vote
	piles map[string]*pile
	seen  rule.Turnout
}

// pile is a number of ballots that say the same.
type pile struct {
	n      int64
	choice rule.Choice
}

// verdict is what a method says, before the quorum is asked.
type verdict struct {
	outcome rule.Outcome
	winners []int
	tied    []int
	byLot   bool
}

// same records a difference, unless there was one already.
func (t *table) same(what string, counted, again any) {
	if t.first != nil || reflect.DeepEqual(counted, again) {
		return
	}
	if x, y := fmt.Sprint(counted), fmt.Sprint(again); x != y {
		t.first = &Difference{What: what, Counted: x, Again: y}
	}
}

// receive hands every ballot to its voter.
func (t *table) receive(ballots []rule.Ballot) {
	t.hand = make([]*rule.Ballot, len(t.roll))
	for i := range ballots {
		b := &ballots[i]
		if b.Voter < 0 || b.Voter >= len(t.roll) || t.hand[b.Voter] != nil {
			t.same(fmt.Sprintf("ballot %d: its voter", i+1), b.Voter, "nobody, or one who has voted")
			return
		}
		if flaw := t.flaw(b.Choice); flaw != "" || b.Choice.Spoilt != "" && !b.Paper {
			t.same(fmt.Sprintf("ballot %d", i+1), "accepted", "to be refused: "+flaw)
			return
		}
		t.hand[b.Voter] = b
	}
}

// count goes through the roll, and then through what the method adds.
func (t *table) count() {
	t.sortHands()
	t.same("method", t.result.Method, t.rule.Method)
	t.same("turnout", t.result.Turnout, t.seen)
	steps, enough := t.floor()
	var v verdict
	switch t.rule.Method {
	case rule.Score:
		v = t.scores()
	case rule.Schulze:
		v = t.paths()
	case rule.IRV:
		v = t.runoff()
	case rule.Owners:
		v = t.owners()
	case rule.Budget:
		v = t.funding()
	default:
		votes := t.named()
		t.same("votes", t.result.Votes, votes)
		v = t.byVotes(votes, &steps)
	}
	t.sameSteps(steps)
	switch {
	case t.rule.Method == rule.Owners:
	case t.seen.Cast == 0:
		v = verdict{outcome: rule.Empty}
	case !enough:
		v = verdict{outcome: rule.Short}
	}
	t.same("outcome", t.result.Outcome, v.outcome)
	t.same("winners", t.result.Winners, v.winners)
	t.same("tied options", t.result.Tied, v.tied)
	t.same("use of the lot", t.result.ByLot, v.byLot)
}
