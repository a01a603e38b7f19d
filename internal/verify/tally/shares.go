package tally

import (
	"fmt"
	"math/big"
	"slices"
	"sort"
)

// Bounds of the work that Add1 may make.
const (
	// samples is how many steps are run again where a result took more: the first, the last, the one after, and the others spread between.
	samples = 300
	// patience is after how many steps a count without a claim is given up.
	patience = 20_000
)

// shares counts by equal shares, with what the rule says is to be done with the rest. claimed is how many steps the result says Add1 took.
func (f *fund) shares(out *Funding, claimed int) (cart, error) {
	kept, err := f.complete(out, claimed)
	if err != nil || len(kept.level) > 0 {
		return kept, err
	}
	end := cart{bought: slices.Clone(kept.bought), spent: kept.spent, deals: slices.Clone(kept.deals)}
	if f.completion() != "" && f.wanted() <= f.Money {
		for p := range f.Costs {
			if f.takesPart(p) && !slices.Contains(end.bought, p) {
				end.bought = append(end.bought, p)
				end.spent += f.Costs[p]
				end.deals = append(end.deals, f.deal("everything-fits", p, true, end.spent))
			}
		}
	}
	if f.completion() == "add1u" {
		end = f.greedy("greedy", end)
	}
	if !f.Compare || len(end.level) > 0 {
		return end, nil
	}
	return f.compare(out, end), nil
}

// compare takes the greedy outcome if more voters have more of it.
func (f *fund) compare(out *Funding, end cart) cart {
	other := f.greedy("greedy", cart{})
	if len(other.level) > 0 {
		return other
	}
	out.Compared = &Comparison{}
	for _, k := range f.crowds {
		by := 0
		for _, p := range k.picks {
			if slices.Contains(end.bought, p) {
				by++
			}
			if slices.Contains(other.bought, p) {
				by--
			}
		}
		switch {
		case by > 0:
			out.Compared.BetterShares += k.n
		case by < 0:
			out.Compared.BetterGreedy += k.n
		}
	}
	if out.Compared.BetterGreedy <= out.Compared.BetterShares {
		return end
	}
	out.Compared.TookGreedy, out.Endowment, out.Steps = true, nil, 0
	return other
}

// takesPart reports whether supporters can buy a project: what is free is worth nothing where worth is cost.
func (f *fund) takesPart(p int) bool { return f.votes[p] > 0 && (f.Costs[p] > 0 || !f.byCost()) }

// wanted is what everything that takes part costs.
func (f *fund) wanted() (cost int64) {
	for p := range f.Costs {
		if f.takesPart(p) {
			cost += f.Costs[p]
		}
	}
	return cost
}

// complete finds the run that is kept: the first, or the last one before Add1 overspends.
func (f *fund) complete(out *Funding, claimed int) (cart, error) {
	start := f.start()
	kept := f.run(start)
	out.Endowment = start
	if len(kept.level) > 0 || f.completion() == "" || f.wanted() <= f.Money || !f.reachable() {
		return kept, nil
	}
	step := f.Step
	if step == 0 {
		step = f.Unit
	}
	stride := 1 + max(0, claimed)/samples
	for n := 0; !f.StopWhenFull || !f.full(kept); {
		next := n + 1
		if n+stride <= claimed {
			next = n + stride
		}
		if claimed < 0 && next > patience {
			return cart{}, fmt.Errorf("%w: more than %d steps of Add1", ErrBeyond, patience)
		}
		raised := new(big.Rat).Add(start, new(big.Rat).Mul(big.NewRat(step, 1), big.NewRat(int64(next), 1)))
		tried := f.run(raised)
		if len(tried.level) > 0 {
			return tried, nil
		}
		if tried.spent > f.Money {
			break
		}
		kept, n = tried, next
		out.Steps, out.Endowment = n, raised
		if claimed >= 0 && n > claimed {
			return kept, nil // the result stopped too early: the comparison will say so
		}
	}
	return kept, nil
}

// start is what each voter holds first.
func (f *fund) start() *big.Rat {
	if f.Start == "exact" || f.Start == "" && f.completion() == "" {
		return big.NewRat(f.Money, f.voters)
	}
	return big.NewRat(f.Money/f.voters/f.Unit*f.Unit, 1)
}

// reachable reports whether anything that costs money could be bought within the budget at all.
func (f *fund) reachable() bool {
	for p, cost := range f.Costs {
		if f.takesPart(p) && cost > 0 && cost <= f.Money {
			return true
		}
	}
	return false
}

// full reports whether nothing that is left out would fit.
func (f *fund) full(got cart) bool {
	for p, cost := range f.Costs {
		if !slices.Contains(got.bought, p) && got.spent+cost <= f.Money {
			return false
		}
	}
	return true
}

// purses are what the crowds hold during a run. Equal amounts have one number, so that backers who hold the same are added up together.
type purses struct {
	holds   []int // by crowd, into amounts
	amounts []*big.Rat
	number  map[string]int
}

func (s *purses) put(crowd int, a *big.Rat) {
	label := a.RatString()
	n, known := s.number[label]
	if !known {
		n = len(s.amounts)
		s.number[label] = n
		s.amounts = append(s.amounts, a)
	}
	s.holds[crowd] = n
}

// run shares the money out once, from an endowment for each voter.
func (f *fund) run(endowment *big.Rat) cart {
	var got cart
	s := &purses{holds: make([]int, len(f.crowds)), number: map[string]int{}}
	for k := range f.crowds {
		s.put(k, endowment)
	}
	var open []int
	for p := range f.Costs {
		switch {
		case !f.takesPart(p):
		case f.Costs[p] == 0:
			got.bought = append(got.bought, p)
			got.deals = append(got.deals, f.deal("equal-shares", p, true, got.spent))
		default:
			open = append(open, p)
		}
	}
	for {
		var best []int
		var least *big.Rat
		prices := map[int]*big.Rat{}
		for _, p := range open {
			price := f.price(s, p)
			if price == nil {
				continue
			}
			rho := price
			if prices[p] = price; f.byCost() {
				rho = new(big.Rat).Quo(price, big.NewRat(f.Costs[p], 1))
			}
			if least == nil || rho.Cmp(least) < 0 {
				best, least = nil, rho
			}
			if rho.Cmp(least) == 0 {
				best = append(best, p)
			}
		}
		if len(best) == 0 {
			return got
		}
		p, ok := f.foremost(best)
		if !ok {
			return cart{level: best}
		}
		f.pay(s, p, prices[p])
		got.bought = append(got.bought, p)
		got.spent += f.Costs[p]
		got.deals = append(got.deals, f.deal("equal-shares", p, true, got.spent))
		open = slices.DeleteFunc(open, func(o int) bool { return o == p })
	}
}

// foremost is the one of level projects that goes first.
func (f *fund) foremost(level []int) (int, bool) {
	top := slices.MinFunc(level, f.stated)
	still := slices.DeleteFunc(slices.Clone(level), func(p int) bool { return f.stated(p, top) != 0 })
	if len(still) == 1 {
		return top, true
	}
	if !f.drawn(still) {
		return 0, false
	}
	return still[0], true
}

// price is what one unit of weight pays if backers who have less give all they have; nil if they cannot pay for it together.
func (f *fund) price(s *purses, p int) *big.Rat {
	type purse struct {
		amount int
		weight int64
	}
	together := map[purse]int64{}
	weight := int64(0)
	for _, b := range f.backers[p] {
		n := f.crowds[b.crowd].n
		together[purse{s.holds[b.crowd], b.weight}] += n
		weight += n * b.weight
	}
	type group struct {
		purse
		n     int64
		limit *big.Rat // the most that each can pay for one unit of weight
	}
	var line []group
	for k, n := range together {
		line = append(line, group{k, n, new(big.Rat).Quo(s.amounts[k.amount], big.NewRat(k.weight, 1))})
	}
	sort.Slice(line, func(i, j int) bool { return line[i].limit.Cmp(line[j].limit) < 0 })
	due := big.NewRat(f.Costs[p], 1)
	for _, g := range line {
		if price := new(big.Rat).Quo(due, big.NewRat(weight, 1)); price.Cmp(g.limit) <= 0 {
			return price
		}
		due.Sub(due, new(big.Rat).Mul(s.amounts[g.amount], big.NewRat(g.n, 1)))
		weight -= g.n * g.weight
	}
	return nil
}

// pay takes the price from every backer, or all that is there.
func (f *fund) pay(s *purses, p int, price *big.Rat) {
	type purse struct {
		amount int
		weight int64
	}
	after := map[purse]*big.Rat{}
	for _, b := range f.backers[p] {
		k := purse{s.holds[b.crowd], b.weight}
		left, known := after[k]
		if !known {
			left = new(big.Rat).Sub(s.amounts[k.amount], new(big.Rat).Mul(price, big.NewRat(b.weight, 1)))
			if left.Sign() < 0 {
				left.SetInt64(0)
			}
			after[k] = left
		}
		s.put(b.crowd, left)
	}
}
