package pabulib_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
)

const street = `META
key;value
description;A street and its money
num_projects;3
num_votes;4
budget;1000,50
vote_type;approval
rule;equalshares/add1-comparison
PROJECTS
project_id;cost;name
park;400.5;"Park; with ""old"" trees"
lib;300;Library
gone;999999999;Withdrawn
VOTES
voter_id;vote
1;park,lib
2;
3;lib, park
4;gone
`

func read(t *testing.T, text string) (*pabulib.File, *budget.Election) {
	t.Helper()
	f, err := pabulib.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	e, err := f.Election()
	if err != nil {
		t.Fatal(err)
	}
	return f, e
}

func TestReadsAnElection(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"as written":               street,
		"with CRLF and mark":       "\uFEFF" + strings.ReplaceAll(street, "\n", "\r\n"),
		"without newline at end":   strings.TrimRight(street, "\n"),
		"with empty lines":         strings.ReplaceAll(street, "VOTES", "\n\nVOTES"),
		"with sections lower case": strings.NewReplacer("META", "meta", "VOTES", "votes").Replace(street),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, e := read(t, text)
			if e.Unit != 10 || e.Budget != 10005 || e.Projects[0].Cost != 4005 || e.Projects[1].Cost != 3000 {
				t.Errorf("money: %+v", e)
			}
			if !e.Projects[2].Withdrawn || e.Projects[0].Withdrawn {
				t.Errorf("withdrawn: %+v", e.Projects)
			}
			want := []budget.Ballot{{{Project: 0, Points: 1}, {Project: 1, Points: 1}}, nil, {{Project: 1, Points: 1}, {Project: 0, Points: 1}}, {{Project: 2, Points: 1}}}
			if !slices.EqualFunc(e.Ballots, want, slices.Equal) {
				t.Errorf("ballots: %+v", e.Ballots)
			}
			if got := f.Projects.Rows[0].Fields[2]; got != `Park; with "old" trees` {
				t.Errorf("name: %q", got)
			}
		})
	}
}

func TestWritesWhatItReads(t *testing.T) {
	t.Parallel()
	f, _ := read(t, street)
	var first, second bytes.Buffer
	if err := pabulib.Write(&first, f); err != nil {
		t.Fatal(err)
	}
	again, _ := read(t, first.String())
	if err := pabulib.Write(&second, again); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() || !strings.Contains(first.String(), `"Park; with ""old"" trees"`) {
		t.Errorf("first\n%s\nsecond\n%s", &first, &second)
	}
	f.Meta[0].Value = "two\nlines"
	if err := pabulib.Write(&first, f); err == nil {
		t.Error("a value with a line break was written")
	}
}

// points builds a file of three projects with a ballot of that type.
func points(kind, meta, ballots string) string {
	return "META\nkey;value\nbudget;10\nvote_type;" + kind + "\n" + meta +
		"PROJECTS\nproject_id;cost\na;1\nb;1\nc;1\nVOTES\nvoter_id;vote;points\n" + ballots
}

func TestVoteTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []budget.Choice
	}{
		{"choose-1", points("choose-1", "", "1;b;\n"), []budget.Choice{{Project: 1, Points: 1}}},
		{"cumulative", points("cumulative", "max_sum_points;5\n", "1;b,a;3,2.0\n"), []budget.Choice{{Project: 1, Points: 3}, {Project: 0, Points: 2}}},
		{"scoring below zero", points("scoring", "", "1;b,a;-1,2\n"), []budget.Choice{{Project: 1, Points: -1}, {Project: 0, Points: 2}}},
		{"scoring with a default", points("scoring", "default_score;1\n", "1;b;4\n"), []budget.Choice{{Project: 1, Points: 4}, {Project: 0, Points: 1}, {Project: 2, Points: 1}}},
		{"ordinal by max_length", points("ordinal", "max_length;3\n", "1;c,a;\n"), []budget.Choice{{Project: 2, Points: 3}, {Project: 0, Points: 2}}},
		{"ordinal by the longest ballot", points("ordinal", "", "1;c;\n2;a,b;\n"), []budget.Choice{{Project: 2, Points: 2}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, e := read(t, c.text); !slices.Equal(e.Ballots[0], c.want) {
				t.Errorf("%+v, want %+v", e.Ballots[0], c.want)
			}
		})
	}
}

func TestMalformedFilesNameTheLine(t *testing.T) {
	t.Parallel()
	swap := func(old, new string) string {
		if !strings.Contains(street, old) {
			t.Fatalf("%q is not in the file", old)
		}
		return strings.Replace(street, old, new, 1)
	}
	for _, c := range []struct {
		name, text string
		line       int
		what       string
	}{
		{"empty file", "", 1, "without section META"},
		{"no META", "hello\n" + street, 1, "expected META"},
		{"wrong META header", swap("key;value", "name;value"), 2, "key;value"},
		{"key without value", swap("description;A street and its money", "description"), 3, "no value"},
		{"key twice", swap("num_votes", "num_projects"), 5, "line 4"},
		{"sections in another order", swap("META", "VOTES"), 1, "out of order"},
		{"no VOTES", street[:strings.Index(street, "VOTES")], 13, "without section VOTES"},
		{"no cost column", swap("project_id;cost;name", "project_id;price;name"), 10, `"cost" is missing`},
		{"column twice", swap("project_id;cost;name", "project_id;cost;cost"), 10, "twice"},
		{"field missing", swap("lib;300;Library", "lib;300"), 12, "2 fields"},
		{"open quotation mark", swap("trees\"", "trees"), 11, "not closed"},
		{"budget missing", swap("budget;", "budgets;"), 8, "no budget"},
		{"budget of words", swap("1000,50", "plenty"), 6, "not an amount"},
		{"budget with both marks", swap("1000,50", "1.000,50"), 6, "not an amount"},
		{"budget below zero", swap("1000,50", "-5"), 6, "not an amount"},
		{"budget too large", swap("1000,50", "999999999999999"), 6, "too large"},
		{"cost not a number", swap("lib;300", "lib;NaN"), 12, "not an amount"},
		{"cost missing", swap("lib;300", "lib;"), 12, "not an amount"},
		{"project twice", swap("lib;300", "park;300"), 12, "line 11"},
		{"project without id", swap("lib;300", ";300"), 12, "project id"},
		{"num_projects", swap("num_projects;3", "num_projects;4"), 4, "the file has 3"},
		{"num_votes", swap("num_votes;4", "num_votes;many"), 5, "whole number"},
		{"vote type", swap("approval", "guess"), 7, "not known"},
		{"vote type missing", swap("vote_type;approval", "votes;approval"), 8, "no vote_type"},
		{"project twice on a ballot", swap("1;park,lib", "1;park,park"), 16, "twice"},
		{"unknown project", swap("1;park,lib", "1;park,zoo"), 16, "zoo"},
		{"voter twice", swap("3;lib, park", "1;lib"), 18, "line 16"},
		{"voter without id", swap("3;lib, park", ";lib"), 18, "without voter_id"},
		{"not UTF-8", swap("4;gone", "4;\xff"), 19, "UTF-8"},
		{"choose-1 with two", points("choose-1", "", "1;a,b;\n"), 12, "chooses one"},
		{"too many projects", points("approval", "max_length;1\n", "1;a,b;\n"), 13, "max_length"},
		{"points missing", points("cumulative", "", "1;a,b;1\n"), 12, "1 points for 2"},
		{"points of words", points("cumulative", "", "1;a;x\n"), 12, "whole number"},
		{"points below zero", points("cumulative", "", "1;a;-1\n"), 12, "below zero"},
		{"too many points", points("cumulative", "max_points;2\n", "1;a;3\n"), 13, "max_points"},
		{"too many points together", points("cumulative", "max_sum_points;2\n", "1;a,b;2,1\n"), 13, "max_sum_points"},
		{"no points column", strings.Replace(points("scoring", "", "1;a\n"), ";points", "", 1), 11, `"points" is missing`},
		{"line without end", swap("A street", strings.Repeat("x", pabulib.MaxLine)), 3, "longer than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, err := pabulib.Read(strings.NewReader(c.text))
			if err == nil {
				_, err = f.Election()
			}
			bad := new(pabulib.Malformed)
			if !errors.As(err, &bad) {
				t.Fatalf("err = %v, want a malformed file", err)
			}
			if got := bad.Faults[0]; got.Line != c.line || !strings.Contains(got.What, c.what) {
				t.Errorf("%s; want line %d: …%s…", got, c.line, c.what)
			}
		})
	}
}

func TestRuleOfTheFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, meta string
		want       budget.Rule
		compare    bool
	}{
		{"approval", "rule;greedy\n", budget.Greedy, false},
		{"approval", "rule;greedy-threshold\nmin_project_score_threshold;3\n", budget.GreedyThreshold, false},
		{"approval", "rule;equalshares\n", budget.MESCost, false},
		{"approval", "rule;equalshares/add1\n", budget.MESCostAdd1, false},
		{"approval", "rule;equalshares/add1-comparison\n", budget.MESCostAdd1, true},
		{"cumulative", "rule;equalshares/add1u\n", budget.MESPointsAdd1U, false},
		{"approval", "rule;mes-card\n", budget.MESCard, false},
		{"approval", "rule;greedy-threshold\n", "", false},
		{"approval", "rule;greedy-custom\n", "", false},
		{"approval", "", "", false},
	} {
		f, _ := read(t, points(c.kind, c.meta, ""))
		rule, o, err := f.Rule()
		if rule != c.want || o.Compare != c.compare || (err == nil) != (c.want != "") {
			t.Errorf("%s %q: %s %+v %v", c.kind, c.meta, rule, o, err)
		}
	}
}

func TestMoneyIsWrittenAsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"0": "0", "7": "7", "007.50": "7.5", "0,05": "0.05", "12.00": "12"} {
		if parts, ok := pabulib.ParseMoney(text, 100); !ok || pabulib.FormatMoney(parts, 100) != want {
			t.Errorf("%s is %d, written %s", text, parts, pabulib.FormatMoney(parts, 100))
		}
	}
	for _, text := range []string{"", ".", "1e9", "+1", "0.001", "1 000", "１"} {
		if parts, ok := pabulib.ParseMoney(text, 100); ok {
			t.Errorf("%q was read as %d", text, parts)
		}
	}
}

// FuzzRead feeds the parser anything: it answers with a file that can be counted and written, or with lines
// that lie in the input.
func FuzzRead(f *testing.F) {
	f.Add(street)
	f.Add(points("cumulative", "max_sum_points;5\n", "1;b,a;3,2.0\n"))
	f.Add(points("scoring", "default_score;1\n", "1;b;4\n"))
	f.Add("META\nkey;value\nPROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := pabulib.Read(strings.NewReader(text))
		var e *budget.Election
		if err == nil {
			e, err = file.Election()
		}
		if err != nil {
			checkFaults(t, text, err)
			return
		}
		if err := e.Check(); err != nil {
			t.Fatalf("an election that cannot be counted: %v", err)
		}
		var out bytes.Buffer
		if err := pabulib.Write(&out, file); err != nil {
			t.Fatalf("cannot be written: %v", err)
		}
		back, err := pabulib.Read(&out)
		if err != nil {
			t.Fatalf("cannot be read back: %v", err)
		}
		if again, err := back.Election(); err != nil || again.Budget != e.Budget || !slices.Equal(again.Projects, e.Projects) ||
			!slices.EqualFunc(again.Ballots, e.Ballots, slices.Equal) {
			t.Fatalf("another election read back: %v\n%+v\n%+v", err, e, again)
		}
	})
}

func checkFaults(t *testing.T, text string, err error) {
	bad := new(pabulib.Malformed)
	if !errors.As(err, &bad) {
		t.Fatalf("err = %v, want a malformed file", err)
	}
	for _, f := range bad.Faults {
		if f.Line < 1 || f.Line > 1+strings.Count(text, "\n") || f.What == "" {
			t.Fatalf("fault %s is not in a file of %d lines", f, 1+strings.Count(text, "\n"))
		}
	}
}
