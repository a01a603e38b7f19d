package projects_test

import (
	"os"
	"regexp"
	"testing"

	"jushou/projects"
	"jushou/projects/preset"
)

// TestTheDrawingIsTheTable holds the drawing in docs/projects.md against the table of moves: every arrow is a move that its
// stage takes, and every move that leads away is drawn.
func TestTheDrawingIsTheTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/projects.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[projects.Arrow]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\w+) --> (\w+): (\w+)$`).FindAllStringSubmatch(string(text), -1) {
		drawn[projects.Arrow{From: preset.Stage(line[1]), Move: projects.Move(line[3]), To: preset.Stage(line[2])}] = true
	}
	whole, _ := preset.BuiltinOf("jushou")
	arrows := projects.Arrows(whole)
	if len(arrows) < 20 {
		t.Fatalf("the table has %d arrows", len(arrows))
	}
	for _, a := range arrows {
		if !drawn[a] {
			t.Errorf("%s --> %s: %s is not drawn", a.From, a.To, a.Move)
		}
		delete(drawn, a)
	}
	for a := range drawn {
		t.Errorf("%s --> %s: %s is drawn and not in the table", a.From, a.To, a.Move)
	}
}
