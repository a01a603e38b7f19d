package recount

import (
	"fmt"
	"sort"

	"jushou/deliberation/poll/rule"
)

// list is a pile as an order: groups of options, the best first, without those that are not ranked.
type list struct {
	n      int64
	groups [][]int
}

func (t *table) lists() []list {
	var lists []list
	for _, p := range t.piles {
		by := map[int][]int{}
		var ranks []int
		for o, rank := range p.choice.Ranks {
			if rank == 0 {
				continue
			}
			if by[rank] == nil {
				ranks = append(ranks, rank)
			}
			by[rank] = append(by[rank], o)
		}
		sort.Ints(ranks)
		l := list{n: p.n}
		for _, rank := range ranks {
			l.groups = append(l.groups, by[rank])
		}
		lists = append(lists, l)
	}
	return lists
}

// firsts counts who stands alone on the first rank.
func firsts(lists []list, options int) []int64 {
	votes := make([]int64, options)
	for _, l := range lists {
		if len(l.groups[0]) == 1 {
			votes[l.groups[0][0]] += l.n
		}
	}
	return votes
}

// paths is the Schulze method again.
func (t *table) paths() verdict {
	lists := t.lists()
	t.same("first preferences", t.result.Votes, firsts(lists, t.options))
	prefer := t.pairs(lists)
	path := make([][]int64, t.options)
	for a := range path {
		path[a] = widest(prefer, a)
	}
	var best []int
	for a := range path {
		beaten := false
		for b := range path {
			beaten = beaten || path[b][a] > path[a][b]
		}
		if !beaten {
			best = append(best, a)
		}
	}
	if p := t.result.Pairs; p == nil {
		t.same("pairs", "none", "there")
	} else {
		t.same("pairs", p.Prefer, prefer)
		t.same("strongest paths", p.Path, path)
		t.same("unbeaten options", p.Best, best)
	}
	switch {
	case len(lists) == 0:
		return verdict{outcome: rule.Nobody}
	case len(best) == 1:
		return verdict{outcome: rule.Won, winners: best}
	}
	return t.settle(verdict{tied: best}, 1)
}

// pairs takes each list apart: a group is above every later group and above all that are not ranked.
func (t *table) pairs(lists []list) [][]int64 {
	prefer := make([][]int64, t.options)
	for a := range prefer {
		prefer[a] = make([]int64, t.options)
	}
	for _, l := range lists {
		below := map[int]bool{}
		for o := range t.options {
			below[o] = true
		}
		for _, group := range l.groups {
			for _, o := range group {
				delete(below, o)
			}
			for _, a := range group {
				for b := range below {
					prefer[a][b] += l.n
				}
			}
		}
	}
	return prefer
}

// widest finds the strength of the strongest path from one option to every other: like Dijkstra's shortest paths,
// always going on from the option that is reached best.
func widest(prefer [][]int64, from int) []int64 {
	reach, done := make([]int64, len(prefer)), make([]bool, len(prefer))
	at, strength := from, int64(-1)
	for at >= 0 {
		done[at] = true
		for b := range prefer {
			link := prefer[at][b]
			if done[b] || link <= prefer[b][at] {
				continue
			}
			if strength >= 0 {
				link = min(link, strength)
			}
			reach[b] = max(reach[b], link)
		}
		at = -1
		for b := range prefer {
			if !done[b] && reach[b] > 0 && (at < 0 || reach[b] > reach[at]) {
				at, strength = b, reach[b]
			}
		}
	}
	return reach
}

// runoff is instant runoff with piles on a table: each option has the lists that are with it now, and when it
// drops out they are moved on.
func (t *table) runoff() verdict {
	lists := t.lists()
	t.same("first preferences", t.result.Votes, firsts(lists, t.options))
	if len(lists) == 0 {
		t.same("rounds", len(t.result.Rounds), 0)
		return verdict{outcome: rule.Nobody}
	}
	r := &runoff{table: t, with: map[int][]list{}, votes: map[int]int64{}}
	for o := range t.options {
		r.votes[o] = 0
	}
	r.hand(lists)
	v := verdict{}
	for n := 0; v.outcome == ""; n++ {
		round := r.round(&v)
		if n >= len(t.result.Rounds) {
			t.same("rounds", n, "more")
			return v
		}
		t.sameRound(fmt.Sprintf("round %d", n+1), t.result.Rounds[n], round)
		t.same("rounds", v.outcome != "" && n+1 < len(t.result.Rounds), false)
	}
	return v
}

// runoff is the table during a count: votes has an entry for each option in the race.
type runoff struct {
	*table
	with  map[int][]list
	votes map[int]int64
	spent int64 // ballots without anybody in the race
}

// hand gives each list to the first on it who is in the race.
func (r *runoff) hand(lists []list) {
	for _, l := range lists {
		to := -1
		for _, group := range l.groups {
			if _, in := r.votes[group[0]]; in {
				to = group[0]
				break
			}
		}
		if to < 0 {
			r.spent += l.n
			continue
		}
		r.with[to] = append(r.with[to], l)
		r.votes[to] += l.n
	}
}

// seenRound is a round as this counter sees it.
type seenRound struct {
	race  []int
	votes []int64
	spent int64
	major finding
	out   []int
	level []int
	byLot bool
}

func (r *runoff) round(v *verdict) seenRound {
	s := seenRound{spent: r.spent}
	lead, live := -1, int64(0)
	for o := range r.options {
		n, in := r.votes[o]
		if !in {
			continue
		}
		s.race, s.votes = append(s.race, o), append(s.votes, n)
		if live += n; lead < 0 || n > r.votes[lead] {
			lead = o
		}
	}
	s.major = find("majority", lead, r.votes[lead], live, rule.Bar{Of: rule.OfDecided, Op: rule.More, Num: 1, Den: 2})
	if s.major.holds {
		v.outcome, v.winners = rule.Won, []int{lead}
		return s
	}
	r.leave(&s, v)
	return s
}

// leave decides who drops out and moves their lists.
func (r *runoff) leave(s *seenRound, v *verdict) {
	low, next := r.lowest()
	switch {
	case len(low) == 1 || next >= 0 && int64(len(low))*r.votes[low[0]] < next:
		s.out = low
	case r.rule.Tie == rule.TieByLot:
		s.level, s.byLot = low, true
		v.tied, v.byLot = low, true
		s.out = []int{r.drawnLast(low)}
	default:
		s.level = low
		v.outcome, v.tied, v.byLot = rule.Tied, low, false
		return
	}
	var moved []list
	for _, o := range s.out {
		moved = append(moved, r.with[o]...)
		delete(r.with, o)
		delete(r.votes, o)
	}
	r.hand(moved)
}

// lowest are the options with the fewest votes, and the fewest votes that another has, or -1.
func (r *runoff) lowest() (low []int, next int64) {
	least := int64(-1)
	for _, n := range r.votes {
		if least < 0 || n < least {
			least = n
		}
	}
	next = -1
	for o := range r.options {
		n, in := r.votes[o]
		switch {
		case in && n == least:
			low = append(low, o)
		case in && (next < 0 || n < next):
			next = n
		}
	}
	return low, next
}

func (r *runoff) drawnLast(options []int) int {
	last := -1
	for _, o := range r.rule.Lot {
		for _, p := range options {
			if p == o {
				last = o
			}
		}
	}
	return last
}

func (t *table) sameRound(what string, counted rule.Round, again seenRound) {
	t.same(what+": options in the race", counted.Race, again.race)
	t.same(what+": votes", counted.Votes, again.votes)
	t.same(what+": exhausted ballots", counted.Exhausted, again.spent)
	t.same(what+": majority", counted.Majority, again.major.step())
	t.same(what+": who drops out", counted.Out, again.out)
	t.same(what+": level for the last place", counted.Level, again.level)
	t.same(what+": lot", counted.ByLot, again.byLot)
}
