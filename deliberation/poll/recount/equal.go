package recount

import (
	"math/big"
	"sort"

	"jushou/deliberation/poll/budget"
)

// closely is how many Add1 steps are all counted again. Where the result took more, its first and its last
// endowment and the one after it are, and so many between them.
const closely = 2000

// completed finds the run that is kept: the first one, or after Add1 the last that the money can pay. Claimed is how
// many steps the result took, or -1 if it does not say; one step beyond it settles the matter.
func (f *fund) completed(res *budget.Result, claimed int) (kept *bought, level []int) {
	step := f.Step
	if step == 0 {
		step = f.Unit
	}
	start := f.start()
	kept = f.run(start)
	res.Endowment = start
	if len(kept.level) > 0 || f.complete == "" || f.everything() <= f.Money || !f.payable() {
		return kept, kept.level
	}
	at := func(n int) *big.Rat {
		more := new(big.Rat).Mul(big.NewRat(step, 1), big.NewRat(int64(n), 1))
		return more.Add(more, start)
	}
	stride := 1
	if claimed > closely {
		stride = claimed / closely
	}
	for n := 0; (!f.StopWhenFull || !f.full(kept)) && (claimed < 0 || n <= claimed); {
		next := n + 1
		if claimed > closely && n+stride <= claimed {
			next = n + stride
		}
		tried := f.run(at(next))
		if len(tried.level) > 0 {
			return nil, tried.level
		}
		if tried.spent > f.Money {
			break
		}
		kept, n = tried, next
		res.Steps, res.Endowment = n, at(n)
	}
	return kept, nil
}

// start is what every voter holds first.
func (f *fund) start() *big.Rat {
	if f.Start == budget.StartExact || f.Start == budget.StartByRule && f.complete == "" {
		return big.NewRat(f.Money, f.voters)
	}
	whole := new(big.Int).Quo(big.NewInt(f.Money), big.NewInt(f.voters*f.Unit))
	return new(big.Rat).SetInt(whole.Mul(whole, big.NewInt(f.Unit)))
}

// payable reports whether any step could buy something that costs money and fits.
func (f *fund) payable() bool {
	for p, cost := range f.Costs {
		if f.takesPart(p) && cost > 0 && cost <= f.Money {
			return true
		}
	}
	return false
}

// full reports whether nothing left out would fit.
func (f *fund) full(b *bought) bool {
	for p, cost := range f.Costs {
		if !b.has(p) && cost <= f.Money-b.spent {
			return false
		}
	}
	return true
}

// hall is one run of equal shares: the purses hold one of a few amounts, and each kind has the number of its own.
type hall struct {
	*fund
	*bought
	holds   []int // by kind, into amounts
	amounts []*big.Rat
	number  map[string]int   // of an amount
	rho     map[int]*big.Rat // last known for each project still to be had; it never falls
}

// run shares the money out once.
func (f *fund) run(endowment *big.Rat) *bought {
	h := &hall{fund: f, bought: &bought{}, holds: make([]int, len(f.kinds)), number: map[string]int{}, rho: map[int]*big.Rat{}}
	first := h.amount(endowment)
	for k := range h.holds {
		h.holds[k] = first
	}
	for p := range f.Costs {
		switch {
		case !f.takesPart(p):
		case f.Costs[p] == 0:
			h.take(p, new(big.Rat))
		default:
			h.rho[p] = new(big.Rat)
		}
	}
	for len(h.level) == 0 && h.next() {
	}
	for k := range h.holds {
		h.purse = append(h.purse, h.amounts[h.holds[k]])
	}
	return h.bought
}

func (h *hall) amount(a *big.Rat) int {
	label := a.RatString()
	n, known := h.number[label]
	if !known {
		n = len(h.amounts)
		h.number[label] = n
		h.amounts = append(h.amounts, a)
	}
	return n
}

// next buys the project whose supporters pay least for its worth, asking only those that could be it.
func (h *hall) next() bool {
	var line []int
	for p := range h.rho {
		line = append(line, p)
	}
	sort.Slice(line, func(i, j int) bool {
		if by := h.rho[line[i]].Cmp(h.rho[line[j]]); by != 0 {
			return by < 0
		}
		return line[i] < line[j]
	})
	var best []int
	var least *big.Rat
	prices := map[int]*big.Rat{}
	for _, p := range line {
		if least != nil && h.rho[p].Cmp(least) > 0 {
			break
		}
		price := h.price(p)
		if price == nil {
			delete(h.rho, p)
			continue
		}
		prices[p] = price
		if h.rho[p] = h.perWorth(p, price); least == nil || h.rho[p].Cmp(least) < 0 {
			least, best = h.rho[p], nil
		}
		if h.rho[p].Cmp(least) == 0 {
			best = append(best, p)
		}
	}
	if len(best) == 0 {
		return false
	}
	p, ok := h.first(best)
	if !ok {
		sort.Ints(best)
		h.level = h.bestOf(best)
		return false
	}
	h.take(p, prices[p])
	delete(h.rho, p)
	return true
}

// perWorth is what one unit of worth costs at a price; what is free has no cost to divide by.
func (h *hall) perWorth(p int, price *big.Rat) *big.Rat {
	if h.perCost && h.Costs[p] > 0 {
		return new(big.Rat).Quo(price, big.NewRat(h.Costs[p], 1))
	}
	return price
}

// crowd are voters who hold the same and weigh the same.
type crowd struct {
	amount int
	weight int64
	n      int64
	limit  *big.Rat // what they can pay for one unit of weight
}

// crowds are the supporters of a project, the poorest for their weight first.
func (h *hall) crowds(p int) []crowd {
	type look struct {
		amount int
		weight int64
	}
	n := map[look]int64{}
	for _, b := range h.backing[p] {
		n[look{h.holds[b.kind], b.weight}] += h.kinds[b.kind].n
	}
	crowds := make([]crowd, 0, len(n))
	for l, count := range n {
		crowds = append(crowds, crowd{l.amount, l.weight, count, new(big.Rat).Quo(h.amounts[l.amount], big.NewRat(l.weight, 1))})
	}
	sort.Slice(crowds, func(i, j int) bool { return crowds[i].limit.Cmp(crowds[j].limit) < 0 })
	return crowds
}

// price is what one unit of weight pays, or nil if the supporters cannot pay for the project.
func (h *hall) price(p int) *big.Rat {
	crowds := h.crowds(p)
	weight := int64(0)
	for _, c := range crowds {
		weight += c.n * c.weight
	}
	due := big.NewRat(h.Costs[p], 1)
	for _, c := range crowds {
		price := new(big.Rat).Quo(due, big.NewRat(weight, 1))
		if price.Cmp(c.limit) <= 0 {
			return price
		}
		due.Sub(due, new(big.Rat).Mul(h.amounts[c.amount], big.NewRat(c.n, 1)))
		weight -= c.n * c.weight
	}
	return nil
}

// take buys: everybody behind the project pays the price for their weight, or all they have.
func (h *hall) take(p int, price *big.Rat) {
	h.projects = append(h.projects, p)
	h.spent += h.Costs[p]
	r := h.plain(budget.PhaseShares, p, true, h.spent)
	most := new(big.Rat)
	left := map[[2]int64]int{}
	for _, b := range h.backing[p] {
		had, share := h.amounts[h.holds[b.kind]], new(big.Rat).Mul(price, big.NewRat(b.weight, 1))
		if share.Cmp(had) <= 0 && share.Cmp(most) > 0 {
			most = share
		}
		if pays := share.Cmp(had); price.Sign() > 0 && had.Sign() > 0 {
			r.Payers += int(h.kinds[b.kind].n)
			if pays >= 0 {
				r.Emptied += int(h.kinds[b.kind].n)
			}
		}
		h.holds[b.kind] = h.after(left, h.holds[b.kind], b.weight, had, share)
	}
	r.MaxPayment, r.Rho = most, h.perWorth(p, price)
	if h.Costs[p] > 0 {
		r.Effective = new(big.Rat).Quo(big.NewRat(h.Costs[p], 1), most)
	}
	h.rounds = append(h.rounds, r)
}

// after is the amount that is left, worked out once for each amount and weight.
func (h *hall) after(left map[[2]int64]int, amount int, weight int64, had, share *big.Rat) int {
	at := [2]int64{int64(amount), weight}
	n, known := left[at]
	if !known {
		rest := new(big.Rat)
		if share.Cmp(had) < 0 {
			rest.Sub(had, share)
		}
		n = h.amount(rest)
		left[at] = n
	}
	return n
}
