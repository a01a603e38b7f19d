package sqlite

import "time"

const (
	// crowded is how many Puts in one transaction mean that many are on their way: the next one then waits up to gatherFor
	// for more, because a commit costs more than ten rows. A lone Put never waits. (PostgreSQL's commit_delay and
	// commit_siblings do the same.)
	crowded   = 8
	gatherFor = 2 * time.Millisecond
	// mostGathered bounds what a transaction waits for; what is there already it takes all the same.
	mostGathered = 32
	// content is how many transactions do not try for more after one waited in vain.
	content = 8
)

// gather decides how many Puts the next transaction waits for. Where requests come as fast as they are answered, every wait for as
// many as the last time leaves it at that, so it tries for half as many again until they do not come: then as many as came
// are all there are, and waiting for more would only make them late.
type gather struct {
	goal int // how many to wait for; 0 is none
	rest int // how many transactions not to try for more
}

// learn takes note of a transaction that had n Puts.
func (g *gather) learn(n int) {
	inVain := n < g.goal
	switch {
	case n < crowded:
		*g = gather{}
	case inVain:
		*g = gather{goal: n, rest: content}
	case g.rest > 0:
		*g = gather{goal: min(n, mostGathered), rest: g.rest - 1}
	default:
		g.goal = min(n+n/2, mostGathered)
	}
}
