package wechat

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the printed tables of docs/wechat.md")

// TestTheDocsPrintTheTables keeps docs/wechat.md at what the code does.
func TestTheDocsPrintTheTables(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "docs", "wechat.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := printed(t, printed(t, string(text), "policies", policyTable()), "fields", fieldTable())
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatal("docs/wechat.md differs from the code; run go test ./wechat -run Docs -update")
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func printed(t *testing.T, text, name, table string) string {
	t.Helper()
	open, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
	before, rest, found := strings.Cut(text, open)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("docs/wechat.md has no place for %s", name)
	}
	return before + open + table + end + after
}

func policyTable() string {
	var b strings.Builder
	b.WriteString("| codes | meaning | action | next try |\n| --- | --- | --- | --- |\n")
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, shanghai)
	for _, p := range Policies() {
		next := "never"
		if at, again := p.NextTry(now); again {
			next = "after " + at.Sub(now).String()
		}
		if p.Action == QuotaUntilMidnight {
			next = "00:00 +08:00"
		}
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s |\n", strings.Trim(fmt.Sprint(p.Codes), "[]"), p.Meaning, p.Action, next)
	}
	return b.String()
}

func fieldTable() string {
	var b strings.Builder
	b.WriteString("| key | characters | rule | in place of nothing |\n| --- | --- | --- | --- |\n")
	for _, r := range FieldRules() {
		empty := "refused"
		if r.Empty != "" {
			empty = r.Empty
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s | %s |\n", r.Prefix, r.Max, r.Rule, empty)
	}
	return b.String()
}

func TestNoCodeHasTwoPolicies(t *testing.T) {
	t.Parallel()
	seen := map[int]bool{}
	for _, p := range Policies() {
		for _, code := range p.Codes {
			if seen[code] {
				t.Errorf("%d is in two rows", code)
			}
			seen[code] = true
		}
	}
	if len(seen) < 40 {
		t.Errorf("only %d codes", len(seen))
	}
}
