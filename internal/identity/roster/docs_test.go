package roster_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"jushou/internal/identity/roster"
)

const chapter = "../../../docs/roster.md"

func TestTheChapterExplainsEveryCode(t *testing.T) {
	t.Parallel()
	text := readFile(t, chapter)
	codes := map[string]bool{}
	for _, file := range []string{"doc.go", "fault.go", "import.go", "../../sheet/read.go"} {
		for _, m := range regexp.MustCompile(`"((?:roster|sheet)\.[a-z_]+)"`).FindAllStringSubmatch(readFile(t, file), -1) {
			codes[m[1]] = true
		}
	}
	for _, event := range []string{roster.EventConfirmed, roster.EventReturned, roster.EventDone, roster.EventDiscarded} {
		delete(codes, event)
	}
	if len(codes) < 35 {
		t.Fatalf("found %d codes only", len(codes))
	}
	for code := range codes {
		if !strings.Contains(text, "| `"+code+"` |") {
			t.Errorf("docs/roster.md does not explain %s", code)
		}
	}
}

// TestTheChaptersExampleCanBeImported reads the first table under 最简单的样子.
func TestTheChaptersExampleCanBeImported(t *testing.T) {
	t.Parallel()
	_, text, _ := strings.Cut(readFile(t, chapter), "### 最简单的样子")
	var rows [][]string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "|") {
			if len(rows) > 0 {
				break
			}
			continue
		}
		if strings.HasPrefix(line, "|---") {
			continue
		}
		var row []string
		for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
			row = append(row, strings.TrimSpace(cell))
		}
		rows = append(rows, row)
	}
	p := check(t, asCSV(rows))
	same(t, "people", people(p), []string{"lhy-3 501 王小芳 13800138000 head", "lhy-3 501 王大  family", "lhy-5 302 李强 13900139000 tenant"})
	same(t, "faults", complaints(p), nil)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
