// Package budget counts participatory budgets: a sum of money, projects that cost money, and ballots that
// name projects. It knows greedy rules and the Method of Equal Shares with its completions; docs/budget-rules.md
// tells each in plain words with a worked example.
//
// A count is a pure function of the election, the rule and the stated options. It never rounds: money is an
// integer in the smallest part that the election uses, and what a voter holds is an integer over one common
// denominator that grows with every purchase (big.Int, so it may). Floating point only decides which exact
// comparisons can be left out, always with a proven error bound; where the bound does not decide, the
// integers do. Two projects that are level are therefore level, and are parted by the stated tie order or not
// at all: when only a lot could part them and none was stated, the count stops with *TieError.
//
// # How equal shares stay fast
//
// Every voter who has paid for the same projects at the same prices holds the same money, so voters point to
// a purse and a purchase makes new purses out of old ones. The money of any set of voters is then
//
//	|set| × start − Σ over bought projects: price × (weights in the set that paid this price)
//
// which needs counting and one multiplication a project, and no fraction a voter. The price of a project only
// rises while purses only shrink, so its last known price is a lower bound: projects are asked in that order,
// and the round ends when the next bound lies above the best price found.
package budget
