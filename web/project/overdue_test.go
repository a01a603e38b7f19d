package project

import (
	"testing"
	"time"

	"jushou/internal/calendar"
	"jushou/projects"
	"jushou/projects/preset"
)

// TestWhatIsOverdue holds the list of the desk against the stored instants: it knows no terms of its own.
func TestWhatIsOverdue(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 16, 0, 0, 0, time.UTC)
	today := calendar.Date{Year: 2026, Month: time.March, Day: 3}
	day := func(n int) []projects.Milestone {
		return []projects.Milestone{{N: 1, Name: "材料", Due: today.AddDays(n)}, {N: 2, Name: "完工", Due: today.AddDays(n + 9)}}
	}
	raised, led := []projects.Hand{{ID: "h", Body: "支部"}}, &projects.Lead{Body: "支部"}
	for name, tt := range map[string]struct {
		project projects.Project
		phase   projects.NoticePhase
		want    string
		since   time.Time
		n       int
	}{
		"nobody raised a hand":        {projects.Project{Stage: preset.Gathering, HandlessAt: at}, "", "handless", at, 0},
		"not in time yet":             {projects.Project{Stage: preset.Gathering, HandDue: at}, "", "", time.Time{}, 0},
		"a hand came after all":       {projects.Project{Stage: preset.Gathering, HandlessAt: at, Hands: raised}, "", "", time.Time{}, 0},
		"somebody leads":              {projects.Project{Stage: preset.Gathering, HandlessAt: at, Lead: led}, "", "", time.Time{}, 0},
		"past the gathering":          {projects.Project{Stage: preset.Deliberating, HandlessAt: at}, "", "", time.Time{}, 0},
		"the notice is over":          {projects.Project{Stage: preset.Noticing, Notices: []projects.Notice{{N: 1, DueAt: at}}}, projects.NoticeDone, "notice", at, 0},
		"the notice runs":             {projects.Project{Stage: preset.Noticing, Notices: []projects.Notice{{N: 1, DueAt: at}}}, projects.NoticeRunning, "", time.Time{}, 0},
		"not published yet":           {projects.Project{Stage: preset.Noticing}, "", "", time.Time{}, 0},
		"established":                 {projects.Project{Stage: preset.Established, Notices: []projects.Notice{{N: 1, DueAt: at}}}, projects.NoticeDone, "", time.Time{}, 0},
		"nothing is heard":            {projects.Project{Stage: preset.Working, StaleAt: at}, "", "quiet", at, 0},
		"silence before a milestone":  {projects.Project{Stage: preset.Working, StaleAt: at, Milestones: day(-1)}, "", "quiet", at, 0},
		"a milestone's day is over":   {projects.Project{Stage: preset.Working, Milestones: day(-1)}, "", "milestone", time.Time{}, 1},
		"both days are over":          {projects.Project{Stage: preset.Working, Milestones: day(-20)}, "", "milestone", time.Time{}, 2},
		"it is today":                 {projects.Project{Stage: preset.Working, Milestones: day(0)}, "", "", time.Time{}, 0},
		"the work is reported done":   {projects.Project{Stage: preset.Accepting, Milestones: day(-20)}, "", "", time.Time{}, 0},
		"of an earlier year":          {projects.Project{Stage: preset.Archived, Former: &projects.Former{}}, "", "", time.Time{}, 0},
		"archived, its days long ago": {projects.Project{Stage: preset.Archived, Milestones: day(-300)}, "", "", time.Time{}, 0},
	} {
		got, late := overdue(projects.View{Project: tt.project, Phase: tt.phase}, today)
		if late != (tt.want != "") || got.Key != tt.want || !got.Since.Equal(tt.since) || got.N != tt.n {
			t.Errorf("%s: %q since %v, %d", name, got.Key, got.Since, got.N)
		}
	}
}
