package api_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"jushou/web/api"
)

var update = flag.Bool("update", false, "rewrite the printed table of docs/api.md")

// TestTheDocsListEveryAction keeps docs/api.md at what the table says.
func TestTheDocsListEveryAction(t *testing.T) {
	t.Parallel()
	const path, begin, end = "../../docs/api.md", "<!-- actions -->\n", "<!-- /actions -->"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no place for the actions", path)
	}
	var table strings.Builder
	tag := ""
	for _, a := range api.Table() {
		if a.Tag != tag {
			tag = a.Tag
			fmt.Fprintf(&table, "\n**%s**\n\n| | | |\n|---|---|---|\n", tag)
		}
		fmt.Fprintf(&table, "| `%s %s` | `%s` | %s |\n", a.Method, a.Path, a.ID, a.Summary)
	}
	want := before + begin + table.String() + "\n" + end + after
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatal("docs/api.md differs from the table; run go test ./web/api -run Docs -update")
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}
