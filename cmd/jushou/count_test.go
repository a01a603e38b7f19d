package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const street = "testdata/street.pb"

// count runs the command and returns the exit status and both streams.
func count(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	p := &program{out: &o, err: &e}
	code = p.run(t.Context(), append([]string{"count"}, args...))
	return code, o.String(), e.String()
}

func TestCountPrintsJSON(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		rule string
		want []string
	}{
		{[]string{street, "--rule", "greedy", "--json"}, "greedy", []string{"park", "library", "trees"}},
		{[]string{"--json", "--rule", "mes-cost-add1u", street}, "mes-cost-add1u", []string{"park", "bikes", "trees"}},
		{[]string{"--rule=file", street, "--json", "--lot", "file"}, "mes-cost-add1", []string{"park", "bikes"}},
		{[]string{street, "--json", "--rule", "greedy-threshold", "--threshold", "6"}, "greedy-threshold", []string{"park"}},
	} {
		code, out, errs := count(t, c.args...)
		if code != 0 || errs != "" {
			t.Fatalf("%v: exit %d, %s", c.args, code, errs)
		}
		var got struct {
			Rule          string
			Winners       []string
			Spent, Budget int
			Rounds        []struct {
				Project string
				Bought  bool
				Left    int
			}
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%v: %v in %s", c.args, err, out)
		}
		if got.Rule != c.rule || !slices.Equal(got.Winners, c.want) || got.Budget != 1000 {
			t.Errorf("%v: %+v", c.args, got)
		}
		if last := got.Rounds[len(got.Rounds)-1]; last.Left != got.Budget-got.Spent {
			t.Errorf("%v: %d spent, %d left", c.args, got.Spent, last.Left)
		}
	}
}

// TestCountWritesWhatOthersCheck counts the written file by the rule that it names.
func TestCountWritesWhatOthersCheck(t *testing.T) {
	t.Parallel()
	to := filepath.Join(t.TempDir(), "counted.pb")
	if code, _, errs := count(t, street, "--rule", "mes-cost-add1u", "--out", to); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	text, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"rule;mes-cost-add1u", "park;400;6;Benches for the park;1", "library;300;5;A shelf of books;0"} {
		if !strings.Contains(string(text), line) {
			t.Errorf("%q is not in\n%s", line, text)
		}
	}
	if code, out, errs := count(t, to, "--rule", "mes-cost-add1u"); code != 0 || !strings.Contains(out, "bikes") {
		t.Errorf("exit %d: %s %s", code, errs, out)
	}
	if code, _, _ := count(t, street, "--rule", "greedy", "--out", to); code != 1 {
		t.Errorf("a file was replaced: exit %d", code)
	}
}

func TestCountTellsTheRounds(t *testing.T) {
	t.Parallel()
	code, out, _ := count(t, street, "--rule", "mes-cost")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, out)
	}
	for _, want := range []string{"66.67", "87.50", "its supporters together have 166.67 left", "750 CNY"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestCountRefusesWithStatus(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(street)
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.pb")
	if err := os.WriteFile(broken, bytes.Replace(whole, []byte("7;bikes,trees"), []byte("7;bikes,bikes"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	level := filepath.Join(t.TempDir(), "level.pb")
	if err := os.WriteFile(level, []byte("META\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\na;6\nb;6\nVOTES\nvoter_id;vote\n1;a,b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"a malformed file", []string{broken, "--rule", "greedy"}, 2, `line 29: the vote names project "bikes" twice`},
		{"an unknown rule", []string{street, "--rule", "lottery"}, 2, "lottery"},
		{"a rule missing", []string{street}, 2, "--rule is missing"},
		{"a file that names no rule", []string{level, "--rule", "file"}, 2, "line 1"},
		{"two files", []string{street, street, "--rule", "greedy"}, 2, "one FILE.pb"},
		{"an unknown flag", []string{street, "--rule", "greedy", "--fast"}, 2, "fast"},
		{"a start value", []string{street, "--rule", "mes-cost", "--start", "half"}, 2, "half"},
		{"a step of nothing", []string{street, "--rule", "mes-cost", "--step", "0"}, 2, "--step"},
		{"a step finer than the money", []string{street, "--rule", "mes-cost", "--step", "0.5"}, 2, "--step"},
		{"no such file", []string{"none.pb", "--rule", "greedy"}, 1, "none.pb"},
		{"a lot that was not drawn", []string{level, "--rule", "greedy"}, 1, "a, b are level"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := count(t, c.args...)
			if code != c.code || !strings.Contains(errs, c.says) || out != "" {
				t.Errorf("exit %d, want %d; said %q, want %q; printed %q", code, c.code, errs, c.says, out)
			}
		})
	}
}
