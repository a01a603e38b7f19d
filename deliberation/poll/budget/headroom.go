package budget

import "math/big"

// mostVotersAhead bounds the elections that look ahead: with many voters the shares are small, the steps few,
// and looking ahead costs more than it saves.
const mostVotersAhead = 1000

// ahead decides when to look ahead: at once, and after looks in vain ever more rarely.
type ahead struct{ wait, pause int }

// steps returns how many Add1 steps from this run certainly leave its outcome as it is; 0 means none is known.
func (a *ahead) steps(kept *run, endowment, step *big.Rat) int {
	if a.wait > 0 {
		a.wait--
		return 0
	}
	const longest = 64
	a.pause = min(2*a.pause+1, longest)
	a.wait = a.pause
	room := kept.headroom(endowment)
	if room == nil {
		return 0
	}
	quo := new(big.Rat).Quo(room, step)
	whole := new(big.Int).Quo(quo.Num(), quo.Denom())
	if quo.IsInt() {
		whole.Sub(whole, big.NewInt(1))
	}
	if !whole.IsInt64() || whole.Sign() <= 0 {
		return 0
	}
	a.pause, a.wait = 0, 0
	return int(min(whole.Int64(), mostSteps))
}

// headroom returns an amount such that giving every voter any less than it changes no purchase of the run, or
// nil if none is known. It is known where every supporter paid the full price of every purchase: then prices
// stay as they are and every purse has exactly the extra amount more. A project p that lost a round to a price
// rho wins it only once the sum over supporters of min(purse, rho × worth) reaches its cost, and that sum
// grows by at most the extra amount for each supporter who is short of rho × worth; one that is out of reach
// at the end comes into reach only once its supporters hold its cost.
func (r *run) headroom(endowment *big.Rat) *big.Rat {
	if len(r.e.Ballots) > mostVotersAhead {
		return nil
	}
	l := lookout{run: r, holds: make([]*big.Rat, len(r.e.Ballots)), bought: make([]bool, len(r.e.Projects))}
	for v := range l.holds {
		l.holds[v] = endowment
	}
	for _, round := range r.outcome.rounds {
		l.bought[round.Project] = true
		if round.Cost > 0 && !(l.losers(round.Rho) && l.pay(round)) {
			return nil
		}
	}
	if !l.losers(nil) {
		return nil
	}
	return l.room
}

type lookout struct {
	*run
	holds  []*big.Rat
	bought []bool
	room   *big.Rat // least found so far; nil is no limit yet
}

// price is what rho asks of one unit of weight for a project.
func (l *lookout) price(p int, rho *big.Rat) *big.Rat {
	if l.byCost {
		return new(big.Rat).Mul(rho, new(big.Rat).SetInt64(l.e.Projects[p].Cost))
	}
	return rho
}

// losers narrows the room by all projects not bought yet; rho is nil when no price bounds a payment.
func (l *lookout) losers(rho *big.Rat) bool {
	parties, _ := l.parties()
	for _, p := range parties {
		if l.bought[p] {
			continue
		}
		short := int64(0)
		missing := new(big.Rat).SetInt64(l.e.Projects[p].Cost)
		for _, b := range l.field.backers[p] {
			pays := l.holds[b.voter]
			if rho != nil {
				if full := l.full(p, rho, b); full.Cmp(pays) <= 0 {
					missing.Sub(missing, full)
					continue
				}
			}
			missing.Sub(missing, pays)
			short++
		}
		if short == 0 {
			continue
		}
		if missing.Sign() <= 0 {
			return false
		}
		if missing.Quo(missing, new(big.Rat).SetInt64(short)); l.room == nil || missing.Cmp(l.room) < 0 {
			l.room = missing
		}
	}
	return true
}

func (l *lookout) full(p int, rho *big.Rat, b backer) *big.Rat {
	return new(big.Rat).Mul(l.price(p, rho), new(big.Rat).SetInt64(int64(b.weight)))
}

// pay repeats a purchase; it is false if a supporter could not pay the full price.
func (l *lookout) pay(round Round) bool {
	for _, b := range l.field.backers[round.Project] {
		left := new(big.Rat).Sub(l.holds[b.voter], l.full(round.Project, round.Rho, b))
		if left.Sign() < 0 {
			return false
		}
		l.holds[b.voter] = left
	}
	return true
}
