package budget

import (
	"cmp"
	"math/big"
	"slices"
)

// run is one pass of equal shares from one endowment.
type run struct {
	*field
	*purses
	backers [][]backer // without those known to hold nothing
	open    []int      // projects not bought and not yet known to be out of reach
	least   []float64  // by project: a lower bound of its price for one unit of weight
	outcome outcome
	poor    []backer // scratch of quote
	rest    []backer
}

// outcome is what a run bought.
type outcome struct {
	bought []int
	spent  int64
	rounds []Round
}

// share runs equal shares with this endowment, in smallest parts, for every voter.
func (f *field) share(endowment *big.Rat) (*run, error) {
	r := &run{field: f, purses: newPurses(len(f.e.Ballots), endowment)}
	r.open, _ = f.parties()
	r.least = make([]float64, len(f.e.Projects))
	r.backers = make([][]backer, len(f.e.Projects))
	for _, p := range r.open {
		r.backers[p] = slices.Clone(f.backers[p])
		r.least[p] = float64(f.e.Projects[p].Cost) / float64(f.weight[p]) * (1 - rounding)
	}
	r.gifts()
	for {
		best, err := r.best()
		if err != nil || best == nil {
			return r, err
		}
		r.buy(best)
	}
}

// gifts buys what costs nothing, at once and without a lot: it changes nothing for others.
func (r *run) gifts() {
	for _, p := range slices.Clone(r.open) {
		if r.e.Projects[p].Cost == 0 {
			r.buy(&quote{project: p, offer: offer{num: new(big.Int), div: 1}, top: 1})
		}
	}
}

// quote is the least price at which the supporters of a project can pay for it.
type quote struct {
	project int
	offer
	top int32 // largest weight among those who can pay in full
}

// rho is near the price of one unit of worth.
func (r *run) rho(p int, price float64) float64 {
	if r.byCost {
		return price / float64(r.e.Projects[p].Cost)
	}
	return price
}

// best returns the project with the least rho, ties parted as stated, or nil when none is in reach.
func (r *run) best() (*quote, error) {
	slices.SortFunc(r.open, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.rho(a, r.least[a]), r.rho(b, r.least[b])), cmp.Compare(a, b))
	})
	var level []*quote
	var lost []int
	for _, p := range r.open {
		if len(level) > 0 && r.rho(p, r.least[p]) > r.worst(level[0]) {
			break
		}
		q, reach := r.quote(p, level)
		switch {
		case !reach:
			lost = append(lost, p)
		case q == nil:
		case len(level) == 0 || r.cheaper(q, level[0]) < 0:
			level = []*quote{q}
		case r.cheaper(q, level[0]) == 0:
			level = append(level, q)
		}
	}
	r.open = slices.DeleteFunc(r.open, func(p int) bool { return slices.Contains(lost, p) })
	return r.firstOf(level)
}

func (r *run) firstOf(level []*quote) (*quote, error) {
	if len(level) < 2 {
		if len(level) == 0 {
			return nil, nil
		}
		return level[0], nil
	}
	var projects []int
	for _, q := range level {
		projects = append(projects, q.project)
	}
	p, err := r.ties.first(projects)
	if err != nil {
		return nil, err
	}
	return level[slices.Index(projects, p)], nil
}

// worst is an upper bound of the rho of a quote.
func (r *run) worst(q *quote) float64 { return r.rho(q.project, q.near) * (1 + 4*rounding) }

// cheaper compares two quotes by exact rho.
func (r *run) cheaper(a, b *quote) int {
	left := new(big.Int).Mul(a.num, big.NewInt(b.div))
	right := new(big.Int).Mul(b.num, big.NewInt(a.div))
	if r.byCost {
		left.Mul(left, big.NewInt(r.e.Projects[b.project].Cost))
		right.Mul(right, big.NewInt(r.e.Projects[a.project].Cost))
	}
	return left.Cmp(right)
}

// quote finds the least price for one unit of weight. Starting from a price that cannot be too high, it sets
// aside those who cannot pay it, who give all they have, and divides the remaining cost among the others,
// until nobody more drops out. The price only rises on the way, so it gives up with nil, and a better lower
// bound, as soon as it is above that of a level quote. reach is false if all supporters together hold too little.
func (r *run) quote(p int, level []*quote) (q *quote, reach bool) {
	given := tally{}
	weight := r.sift(p)
	r.add(&given, r.poor)
	for len(r.rest) > 0 {
		num := new(big.Int).Mul(r.den, big.NewInt(r.e.Projects[p].Cost))
		at := r.offer(num.Sub(num, r.sum(&given)), weight)
		r.least[p] = max(r.least[p], at.near*(1-4*rounding))
		if len(level) > 0 && r.rho(p, r.least[p]) > r.worst(level[0]) {
			return nil, true
		}
		r.poor = r.poor[:0]
		kept := r.rest[:0]
		top := int32(0)
		for _, b := range r.rest {
			if r.compare(r.of[b.voter], b.weight, at) < 0 {
				r.poor = append(r.poor, b)
				weight -= int64(b.weight)
				continue
			}
			kept = append(kept, b)
			top = max(top, b.weight)
		}
		r.rest = kept
		if len(r.poor) == 0 {
			return &quote{project: p, offer: at, top: top}, true
		}
		r.add(&given, r.poor)
	}
	return nil, false
}

// sift parts the supporters of p who hold anything into poor, who certainly cannot pay the least price known,
// and rest. It returns the weight of rest.
func (r *run) sift(p int) (weight int64) {
	r.poor, r.rest = r.poor[:0], r.rest[:0]
	kept := r.backers[p][:0]
	for _, b := range r.backers[p] {
		id := r.of[b.voter]
		if id == emptyPurse {
			continue
		}
		kept = append(kept, b)
		if r.surelyBelow(id, r.least[p]*float64(b.weight)*(1-rounding)) {
			r.poor = append(r.poor, b)
			continue
		}
		r.rest = append(r.rest, b)
		weight += int64(b.weight)
	}
	r.backers[p] = kept
	return weight
}

func (r *run) buy(q *quote) {
	p := q.project
	cost := r.e.Projects[p].Cost
	r.outcome.bought = append(r.outcome.bought, p)
	r.outcome.spent += cost
	price := new(big.Rat).SetFrac(q.num, new(big.Int).Mul(r.den, big.NewInt(q.div)))
	round := Round{
		Phase: PhaseShares, Project: p, Bought: true, Cost: cost, Votes: r.got[p].votes, Score: r.got[p].score,
		Left: r.e.Budget - r.outcome.spent, Rho: new(big.Rat).Set(price),
		MaxPayment: new(big.Rat).Mul(price, new(big.Rat).SetInt64(int64(q.top))),
	}
	if cost > 0 {
		whole := new(big.Rat).SetInt64(cost)
		round.Effective = new(big.Rat).Quo(whole, round.MaxPayment)
		if r.byCost {
			round.Rho.Quo(round.Rho, whole)
		}
	}
	round.Payers, round.Emptied = r.pay(r.backers[p], q.offer)
	r.outcome.rounds = append(r.outcome.rounds, round)
	r.open = slices.DeleteFunc(r.open, func(o int) bool { return o == p })
}

// held returns what the supporters of p hold together, in smallest parts.
func (r *run) held(p int) *big.Rat {
	t := tally{}
	r.add(&t, r.backers[p])
	return r.rat(r.sum(&t))
}
