package wall

import (
	"testing"
	"time"

	"jushou/projects"
	"jushou/projects/preset"
)

func at(day int) time.Time { return time.Date(2026, 11, day, 2, 0, 0, 0, time.UTC) }

func entry(id projects.ID, stage preset.Stage, since int) item {
	return item{Entry: projects.Entry{ID: id, Stage: stage, Since: at(since), Stages: preset.Stages()}}
}

func TestTheScreenTurnsThroughEverythingThatIsOnItsWay(t *testing.T) {
	t.Parallel()
	a, b, c := entry("a", preset.Gathering, 3), entry("b", preset.Noticing, 9), entry("c", preset.Working, 9)
	b.Next, c.Next = at(25), at(24)
	all := []item{a, entry("old", preset.Archived, 1), b, c}
	seen := ""
	for step := int64(100); step < 106; step++ {
		s := screen{Year: 2026}
		s.gather(all, step)
		seen += string(s.Shown.ID)
		if s.Going != 3 || s.Done != 1 || s.All != 3 || s.Next.ID != "c" {
			t.Fatalf("on its way %d, done %d, next %v", s.Going, s.Done, s.Next)
		}
	}
	if seen != "cabcab" { // b and c moved last; the hundredth turn begins with the second
		t.Errorf("shown in turn: %s", seen)
	}
}

func TestAnEmptyHallHasAnEmptyScreen(t *testing.T) {
	t.Parallel()
	s := screen{Year: 2026}
	last := entry("old", preset.Archived, 1)
	last.Since = last.Since.AddDate(-1, 0, 0)
	s.gather([]item{last}, 7)
	if s.Shown != nil || s.Next != nil || s.Going+s.Done != 0 {
		t.Errorf("%+v", s)
	}
}

func TestTheWayOfAProjectIsMarked(t *testing.T) {
	t.Parallel()
	i := entry("a", preset.Noticing, 1)
	for stage, want := range map[preset.Stage]string{preset.Gathering: "done", preset.Noticing: "here", preset.Established: "ahead"} {
		if got := i.mark(stage); got != want {
			t.Errorf("%s is %s", stage, got)
		}
	}
	if first := i.open()[0]; first != preset.Gathering {
		t.Errorf("the way begins with %s", first)
	}
}
