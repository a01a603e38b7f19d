package budget

import (
	"math"
	"math/big"
)

// purse is the money of every voter with one history of payments. The exact amount follows from the chain of
// payments; value is near it, never further away than slack.
type purse struct {
	value, slack float64
	parent       int32 // purse before the last payment
	bought       int32 // which purchase that was
	weight       int32
}

// Purses 0 and 1 are there from the beginning.
const (
	emptyPurse = 0
	fullPurse  = 1
)

// rounding is the relative error allowed for a handful of float operations, with room to spare.
const rounding = 1.0 / (1 << 48)

// purses hold the money of all voters of one run, exactly: integers over one denominator.
type purses struct {
	den   *big.Int
	start *big.Int   // what everybody began with, times den
	price []*big.Int // of one unit of weight in each purchase, times den
	all   []purse
	of    []int32 // voter to purse

	made   []int32 // scratch of pay: purse to the purse made from it in this purchase
	madeBy []int32 // and for which weight
	other  map[[2]int32]int32
	counts []int32 // scratch of tally
	hit    []int32
}

func newPurses(voters int, start *big.Rat) *purses {
	value, exact := start.Float64()
	slack := 0.0
	if !exact {
		slack = value * rounding
	}
	s := &purses{
		den: new(big.Int).Set(start.Denom()), start: new(big.Int).Set(start.Num()),
		all: []purse{{}, {value: value, slack: slack}}, of: make([]int32, voters),
	}
	for v := range s.of {
		s.of[v] = fullPurse
	}
	return s
}

// exact returns what the purse holds, times den.
func (s *purses) exact(id int32) *big.Int {
	if id == emptyPurse {
		return new(big.Int)
	}
	held := new(big.Int).Set(s.start)
	part := new(big.Int)
	for ; id != fullPurse; id = s.all[id].parent {
		paid := s.all[id]
		held.Sub(held, part.Mul(s.price[paid.bought], big.NewInt(int64(paid.weight))))
	}
	return held
}

// offer is a price for one unit of weight: num / (den × div), with near beside it.
type offer struct {
	num  *big.Int
	div  int64
	near float64 // relative error below rounding
}

func (s *purses) offer(num *big.Int, div int64) offer {
	return offer{num: num, div: div, near: s.near(num) / float64(div)}
}

// near returns x / den as a float with a relative error below rounding.
func (s *purses) near(x *big.Int) float64 {
	const bits = 64
	top := new(big.Float).SetPrec(bits).SetInt(x)
	f, _ := top.Quo(top, new(big.Float).SetPrec(bits).SetInt(s.den)).Float64()
	return f
}

// compare says whether the purse holds less (-1), the same (0) or more (1) than weight units at the offer.
func (s *purses) compare(id, weight int32, at offer) int {
	asked := at.near * float64(weight)
	if by := s.all[id].value - asked; math.Abs(by) > s.all[id].slack+asked*4*rounding {
		if by < 0 {
			return -1
		}
		return 1
	}
	held := s.exact(id)
	held.Mul(held, big.NewInt(at.div))
	return held.Cmp(new(big.Int).Mul(at.num, big.NewInt(int64(weight))))
}

// surelyBelow reports whether the purse certainly holds less than asked.
func (s *purses) surelyBelow(id int32, asked float64) bool {
	return s.all[id].value+s.all[id].slack < asked
}

// tally adds up purses without adding fractions: how many there are, and how much weight paid each price.
type tally struct {
	purses int64
	paid   []int64 // by purchase
}

// add counts the purses of these backers in.
func (s *purses) add(t *tally, who []backer) {
	for len(t.paid) < len(s.price) {
		t.paid = append(t.paid, 0)
	}
	for len(s.counts) < len(s.all) {
		s.counts = append(s.counts, 0)
	}
	for _, b := range who {
		id := s.of[b.voter]
		if s.counts[id] == 0 {
			s.hit = append(s.hit, id)
		}
		s.counts[id]++
	}
	for _, id := range s.hit {
		n := int64(s.counts[id])
		s.counts[id] = 0
		if id == emptyPurse {
			continue
		}
		t.purses += n
		for ; id != fullPurse; id = s.all[id].parent {
			t.paid[s.all[id].bought] += n * int64(s.all[id].weight)
		}
	}
	s.hit = s.hit[:0]
}

// sum returns the money of a tally, times den.
func (s *purses) sum(t *tally) *big.Int {
	total := new(big.Int).Mul(s.start, big.NewInt(t.purses))
	part := new(big.Int)
	for i, paid := range t.paid {
		if paid != 0 {
			total.Sub(total, part.Mul(s.price[i], big.NewInt(paid)))
		}
	}
	return total
}

// pay takes weight × price from each backer, or all that is left of a purse which holds no more than that.
// It returns how many paid and how many of them are empty now.
func (s *purses) pay(who []backer, at offer) (payers, emptied int) {
	free := at.num.Sign() == 0
	var gone []int32
	s.startPaying()
	for _, b := range who {
		id := s.of[b.voter]
		switch {
		case id == emptyPurse || free:
			continue
		case s.compare(id, b.weight, at) <= 0:
			gone = append(gone, b.voter)
			emptied++
		default:
			s.of[b.voter] = s.after(id, b.weight, at)
		}
		payers++
	}
	for _, v := range gone {
		s.of[v] = emptyPurse
	}
	s.settle(at)
	return payers, emptied
}

func (s *purses) startPaying() {
	for len(s.made) < len(s.all) {
		s.made = append(s.made, 0)
		s.madeBy = append(s.madeBy, 0)
	}
	clear(s.made)
	s.other = nil
}

// after returns the purse that id becomes by paying. Nearly always all who share a purse pay alike, so the
// first weight has a slot of its own and others a map.
func (s *purses) after(id, weight int32, at offer) int32 {
	if s.made[id] != 0 && s.madeBy[id] == weight {
		return s.made[id]
	}
	if made, known := s.other[[2]int32{id, weight}]; known {
		return made
	}
	asked := at.near * float64(weight)
	held := s.all[id]
	value := held.value - asked
	s.all = append(s.all, purse{
		value: value, slack: held.slack + (asked*4+math.Abs(value))*rounding,
		parent: id, bought: int32(len(s.price)), weight: weight,
	})
	made := int32(len(s.all) - 1)
	if s.made[id] == 0 {
		s.made[id], s.madeBy[id] = made, weight
		return made
	}
	if s.other == nil {
		s.other = map[[2]int32]int32{}
	}
	s.other[[2]int32{id, weight}] = made
	return made
}

// settle appends the price of this purchase and brings everything over the new common denominator.
func (s *purses) settle(at offer) {
	price := new(big.Rat).SetFrac(at.num, new(big.Int).Mul(s.den, big.NewInt(at.div)))
	common := new(big.Int).GCD(nil, nil, s.den, price.Denom())
	grow := new(big.Int).Quo(price.Denom(), common)
	fit := new(big.Int).Quo(s.den, common)
	s.den.Mul(s.den, grow)
	s.start.Mul(s.start, grow)
	for _, p := range s.price {
		p.Mul(p, grow)
	}
	s.price = append(s.price, fit.Mul(fit, price.Num()))
}

// rat returns x / den.
func (s *purses) rat(x *big.Int) *big.Rat { return new(big.Rat).SetFrac(x, s.den) }
