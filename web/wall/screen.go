package wall

import (
	"slices"
	"time"

	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/ledger"
	"jushou/projects/preset"
)

// item is a project with the name of its community.
type item struct {
	projects.Entry
	Community string
	Money     ledger.Sums // what the accounts hold for it
}

// screen is what one turn of the page shows: three facts and one project.
type screen struct {
	Name string
	// Going counts the projects on their way, Done those of this year that are finished.
	Going, Done    int
	Year           int
	Received, Paid money.Fen
	// Next is the nearest date that somebody waits for, nil without one.
	Next *item
	// Shown is the project of this turn, nil where there is none; At is its place among All.
	Shown   *item
	At, All int
}

// gather counts, and chooses the project of a turn: those on their way one after the other, in a steady order.
func (s *screen) gather(all []item, step int64) {
	var going []item
	for _, i := range all {
		switch {
		case !i.Stage.Over():
			going = append(going, i)
		case i.Stage == preset.Archived && i.Since.Year() == s.Year:
			s.Done++
		}
	}
	slices.SortFunc(going, func(a, b item) int { return compare(a.Since, b.Since, a.ID, b.ID) })
	s.Going, s.All = len(going), len(going)
	for n := range going {
		if x := &going[n]; !x.Next.IsZero() && (s.Next == nil || x.Next.Before(s.Next.Next)) {
			s.Next = x
		}
	}
	if len(going) == 0 {
		return
	}
	s.At = int(step % int64(len(going)))
	s.Shown = &going[s.At]
	s.At++
}

// compare puts what moved last first; of equal ones, the smaller id, so that every screen turns in the same order.
func compare(a, b time.Time, x, y projects.ID) int {
	if c := b.Compare(a); c != 0 {
		return c
	}
	if x < y {
		return -1
	}
	return 1
}

// mark says where a stage of the way lies, seen from where the project stands.
func (i item) mark(s preset.Stage) string {
	switch here, at := slices.Index(i.Stages, i.Stage), slices.Index(i.Stages, s); {
	case at < here:
		return "done"
	case at == here:
		return "here"
	}
	return "ahead"
}

// open are the stages that everybody sees: from the hands on.
func (i item) open() []preset.Stage {
	return slices.DeleteFunc(slices.Clone(i.Stages), func(s preset.Stage) bool { return s == preset.Collecting || s == preset.Checking })
}
