package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"
	"text/tabwriter"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
)

// countReport tells a result to a person or to a program. Money is in the file's currency.
type countReport struct {
	file      *pabulib.File
	e         *budget.Election
	res       *budget.Result
	timesCost bool // worth was points times cost
}

type jsonRound struct {
	Round      int          `json:"round"`
	Phase      budget.Phase `json:"phase"`
	Project    string       `json:"project"`
	Bought     bool         `json:"bought"`
	Cost       json.Number  `json:"cost"`
	Votes      int          `json:"votes"`
	Score      int64        `json:"score"`
	Left       json.Number  `json:"left"`
	Effective  string       `json:"effective_votes,omitempty"` // exact, "a/b"
	Rho        string       `json:"rho,omitempty"`             // exact, currency for one unit of worth
	MaxPayment string       `json:"max_payment,omitempty"`     // exact, currency
	Payers     int          `json:"payers,omitempty"`
	Emptied    int          `json:"emptied,omitempty"`
}

type jsonLoser struct {
	Project string        `json:"project"`
	Reason  budget.Reason `json:"reason"`
	Cost    json.Number   `json:"cost"`
	Votes   int           `json:"votes"`
	Score   int64         `json:"score"`
	Had     string        `json:"had,omitempty"` // exact, currency
}

type jsonComparison struct {
	BetterShares int  `json:"better_under_equal_shares"`
	BetterGreedy int  `json:"better_under_greedy"`
	TookGreedy   bool `json:"took_greedy"`
}

type jsonCount struct {
	Rule       budget.Rule     `json:"rule"`
	Winners    []string        `json:"winners"`
	Spent      json.Number     `json:"spent"`
	Budget     json.Number     `json:"budget"`
	Voters     int             `json:"voters"`
	Endowment  string          `json:"endowment,omitempty"` // exact, currency, of each voter in the run kept
	Steps      int             `json:"steps"`
	Rounds     []jsonRound     `json:"rounds"`
	Losers     []jsonLoser     `json:"losers"`
	Comparison *jsonComparison `json:"comparison,omitempty"`
}

func (r countReport) json(out io.Writer) error {
	doc := jsonCount{
		Rule: r.res.Rule, Winners: []string{}, Spent: r.number(r.res.Spent), Budget: r.number(r.res.Budget),
		Voters: r.res.Voters, Endowment: r.fraction(r.res.Endowment), Steps: r.res.Steps,
		Rounds: []jsonRound{}, Losers: []jsonLoser{},
	}
	for _, p := range r.res.Winners {
		doc.Winners = append(doc.Winners, r.e.Projects[p].ID)
	}
	for i, round := range r.res.Rounds {
		doc.Rounds = append(doc.Rounds, r.round(i, round))
	}
	for _, l := range r.res.Losers {
		doc.Losers = append(doc.Losers, jsonLoser{
			Project: r.e.Projects[l.Project].ID, Reason: l.Reason, Cost: r.number(l.Cost),
			Votes: l.Votes, Score: l.Score, Had: r.fraction(l.Had),
		})
	}
	if c := r.res.Compared; c != nil {
		doc.Comparison = &jsonComparison{c.BetterShares, c.BetterGreedy, c.TookGreedy}
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func (r countReport) round(i int, from budget.Round) jsonRound {
	to := jsonRound{
		Round: i + 1, Phase: from.Phase, Project: r.e.Projects[from.Project].ID, Bought: from.Bought,
		Cost: r.number(from.Cost), Votes: from.Votes, Score: from.Score, Left: r.number(from.Left),
		MaxPayment: r.fraction(from.MaxPayment), Payers: from.Payers, Emptied: from.Emptied,
	}
	if from.Effective != nil {
		to.Effective = from.Effective.RatString()
	}
	if from.Rho != nil {
		to.Rho = r.rho(from.Rho).RatString()
	}
	return to
}

// rho is a price for one unit of worth. Where worth is an amount of money rho is a bare number; else it is money.
func (r countReport) rho(rho *big.Rat) *big.Rat {
	if r.timesCost || strings.HasPrefix(string(r.res.Rule), string(budget.MESCost)) {
		return rho
	}
	return r.whole(rho)
}

func (r countReport) number(parts int64) json.Number {
	return json.Number(pabulib.FormatMoney(parts, r.e.Unit))
}

func (r countReport) whole(parts *big.Rat) *big.Rat {
	return new(big.Rat).Quo(parts, new(big.Rat).SetInt64(r.e.Unit))
}

func (r countReport) fraction(parts *big.Rat) string {
	if parts == nil {
		return ""
	}
	return r.whole(parts).RatString()
}

// near writes money or a count for reading, cut to two decimals where it is not whole.
func (r countReport) near(x *big.Rat) string {
	if x == nil {
		return ""
	}
	if x.IsInt() {
		return x.Num().String()
	}
	return x.FloatString(2)
}

func (r countReport) text(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	currency := r.file.Get("currency")
	fmt.Fprintf(t, "rule\t%s\nbudget\t%s %s\nspent\t%s %s\nprojects\t%d of %d\nvoters\t%d\n", r.res.Rule,
		r.number(r.res.Budget), currency, r.number(r.res.Spent), currency, len(r.res.Winners), len(r.e.Projects), r.res.Voters)
	if r.res.Endowment != nil {
		fmt.Fprintf(t, "each voter held\t%s %s, after %d steps\n", r.near(r.whole(r.res.Endowment)), currency, r.res.Steps)
	}
	if c := r.res.Compared; c != nil {
		fmt.Fprintf(t, "compared\t%d voters better off under equal shares, %d under greedy\n", c.BetterShares, c.BetterGreedy)
	}
	fmt.Fprint(t, "\nround\tproject\tcost\tvotes\tscore\teffective votes\tpaid by\tempty now\tat most\tleft\t\n")
	for i, round := range r.res.Rounds {
		r.line(t, i, round)
	}
	if len(r.res.Losers) > 0 {
		fmt.Fprint(t, "\nnot bought\tcost\tvotes\tscore\twhy\n")
	}
	for _, l := range r.res.Losers {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%s\n", r.e.Projects[l.Project].ID, r.number(l.Cost), l.Votes, l.Score, r.why(l))
	}
	return t.Flush()
}

func (r countReport) line(t io.Writer, i int, round budget.Round) {
	id := r.e.Projects[round.Project].ID
	if !round.Bought {
		id += " (does not fit)"
	}
	fmt.Fprintf(t, "%d\t%s\t%s\t%d\t%d", i+1, id, r.number(round.Cost), round.Votes, round.Score)
	if round.Phase == budget.PhaseShares {
		fmt.Fprintf(t, "\t%s\t%d\t%d\t%s", r.near(round.Effective), round.Payers, round.Emptied, r.near(r.whole(round.MaxPayment)))
	} else {
		fmt.Fprintf(t, "\t\t%s\t\t", round.Phase)
	}
	fmt.Fprintf(t, "\t%s\t\n", r.number(round.Left))
}

func (r countReport) why(l budget.Loser) string {
	had := ""
	if l.Had != nil {
		had = r.near(r.whole(l.Had))
	}
	switch l.Reason {
	case budget.ReasonPoor:
		return "its supporters together have " + had + " left"
	case budget.ReasonDidNotFit:
		return had + " was left when its turn came"
	case budget.ReasonAfterStop:
		return "counting had stopped before its turn"
	case budget.ReasonThreshold:
		return "score below the threshold"
	case budget.ReasonTooDear:
		return "costs more than the whole budget"
	case budget.ReasonNoVotes:
		return "nobody supports it"
	case budget.ReasonNoWorth:
		return "costs nothing, and worth is cost under this rule"
	case budget.ReasonWithdrawn:
		return "withdrawn"
	case budget.ReasonNoBallots:
		return "there was no voter"
	}
	return string(l.Reason)
}
