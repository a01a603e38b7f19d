package apptest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
	"jushou/deliberation/poll/rule"
	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/ids"
	"jushou/internal/money"
)

// TestAServedElectionIsCountedByTheCommand: what the program serves of finished budget rounds is counted by the program that anybody can run, by the rule
// that the file names and by the flags that it states, with the same winners, money and rounds.
func TestAServedElectionIsCountedByTheCommand(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	people := newcomers(t, h, 34)
	ties := []budget.Criterion{budget.LowestCost, budget.MostVotes}
	rounds := map[string]rule.BudgetTerms{
		"most votes":   {Rule: budget.Greedy, Ties: ties},
		"equal shares": {Rule: budget.MESCostAdd1U, Ties: ties},
		"points":       {Rule: "mes-points", Ties: ties, Points: 5, Total: 8},
	}
	var held []poll.Poll
	for _, name := range []string{"most votes", "equal shares", "points"} {
		terms := rounds[name]
		terms.Money, terms.Unit, terms.Costs = 500_00, 100, []int64{300_00, 310_50, 200_00, 90_00}
		held = append(held, budgetRound(t, h, name, terms))
	}
	h.Clock.Set(held[0].OpensAt.Add(time.Second))
	sweep(t, h)
	for _, p := range held {
		for i, who := range people {
			choice := rule.Choice{Picks: [][]int{{0, 1}, {0, 3}, {2}, {1, 2, 3}, {0}}[i%5]}
			for n := range choice.Picks {
				if p.Rule.Budget.Points > 0 {
					choice.Scores = append(choice.Scores, 1+(i+n)%2)
				}
			}
			_, err := h.Polls.CastBallot(t.Context(), who, poll.Cast{Poll: p.ID, Nonce: poll.NewNonce(), Choice: choice})
			must(t, err)
		}
	}
	h.Clock.Set(held[0].ClosesAt.Add(time.Second))
	for range 3 {
		sweep(t, h)
	}
	for _, p := range held {
		out, err := h.Polls.Result(t.Context(), p.ID)
		must(t, err)
		served := h.Browser().Get("/open/polls/"+string(p.ID)+"/election.pb").Want(200, "PROJECTS")
		recounted(t, out, served.Body)
	}
}

// budgetRound drafts a round of four wishes and publishes its roll.
func budgetRound(t *testing.T, h *apptest.House, name string, terms rule.BudgetTerms) poll.Poll {
	t.Helper()
	now := h.Clock.Now()
	p, err := h.Polls.DraftPoll(t.Context(), h.Actor("chen"), poll.Draft{
		ID: poll.ID(ids.New(now)), Community: demo.HomeCommunity, Label: poll.Ranking, Question: "自治金先做哪几件？" + name,
		Options: []poll.Option{{Text: "凉亭", Cost: terms.Costs[0]}, {Text: "车棚", Cost: terms.Costs[1]}, {Text: "沙池", Cost: terms.Costs[2]}, {Text: "长椅", Cost: terms.Costs[3]}},
		Rule:    rule.Rule{Method: rule.Budget, Budget: &terms}, OpensAt: now.Add(time.Hour), ClosesAt: now.Add(48 * time.Hour),
	})
	must(t, err)
	_, err = h.Polls.ListRoll(t.Context(), h.Actor("chen"), p.ID)
	must(t, err)
	sweep(t, h)
	return p
}

// recounted runs the command on a served file and compares what it says with what was published.
func recounted(t *testing.T, out poll.Announced, served []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "election.pb")
	must(t, os.WriteFile(path, served, 0o600))
	file, err := pabulib.Read(bytes.NewReader(served))
	must(t, err)
	election, err := file.Election()
	must(t, err)
	stated, named := strings.CutPrefix(file.Get("comment"), "jushou count ")
	if !named {
		t.Fatalf("the file says %q and not how it was counted", file.Get("comment"))
	}
	for _, flags := range [][]string{{"--rule", "file"}, strings.Fields(stated)} {
		text, err := exec.CommandContext(t.Context(), built(t), append([]string{"count", path, "--json"}, flags...)...).Output()
		if err != nil {
			t.Fatalf("count %v: %v", flags, err)
		}
		var got struct {
			Rule          string
			Winners       []string
			Spent, Budget json.Number
			Rounds        []struct {
				Project    string
				Bought     bool
				Cost, Left json.Number
			}
		}
		must(t, json.Unmarshal(text, &got))
		var winners []string
		for _, o := range out.Count.Winners {
			winners = append(winners, election.Projects[o].ID)
		}
		want := out.Count.Funding
		if got.Rule != string(out.Poll.Rule.Budget.Rule) || !slices.Equal(got.Winners, winners) || len(winners) == 0 || fen(t, got.Spent) != want.Spent || fen(t, got.Budget) != want.Budget {
			t.Errorf("count %v says %+v; published are %v for %d", flags, got, winners, want.Spent)
		}
		if len(got.Rounds) != len(want.Rounds) {
			t.Fatalf("count %v has %d rounds; published are %d", flags, len(got.Rounds), len(want.Rounds))
		}
		for i, r := range want.Rounds {
			if g := got.Rounds[i]; g.Project != election.Projects[r.Project].ID || g.Bought != r.Bought || fen(t, g.Cost) != r.Cost || fen(t, g.Left) != r.Left {
				t.Errorf("round %d of %v is %+v; published is %+v", i+1, flags, g, r)
			}
		}
	}
}

func fen(t *testing.T, n json.Number) int64 {
	t.Helper()
	sum, err := money.Parse(n.String())
	must(t, err)
	return int64(sum)
}
