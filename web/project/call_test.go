package project

import (
	"testing"

	"jushou/projects"
	"jushou/projects/preset"
)

func TestPlacesOfAnswers(t *testing.T) {
	t.Parallel()
	judged := func(title string, tenths int) answer {
		return answer{View: projects.View{Project: projects.Project{Title: title, Stage: preset.Noticing}}, Tenths: tenths, Judged: true}
	}
	unjudged := func(title string, at preset.Stage) answer {
		return answer{View: projects.View{Project: projects.Project{Title: title, Stage: at}}}
	}
	type place struct {
		title string
		n     int
	}
	for name, tt := range map[string]struct {
		all  []answer
		want []place
	}{
		"none":              {nil, nil},
		"the best first":    {[]answer{judged("a", 700), judged("b", 883)}, []place{{"b", 1}, {"a", 2}}},
		"equal share one":   {[]answer{judged("a", 700), judged("b", 800), judged("c", 800)}, []place{{"b", 1}, {"c", 1}, {"a", 3}}},
		"one may still win": {[]answer{judged("a", 700), unjudged("b", preset.Checking), judged("c", 800)}, []place{{"a", 0}, {"b", 0}, {"c", 0}}},
		"a refused one ends": {
			[]answer{unjudged("a", preset.Refused), judged("b", 0), judged("c", 800)}, []place{{"c", 1}, {"b", 2}, {"a", 0}},
		},
	} {
		got := ranked(tt.all)
		if len(got) != len(tt.want) {
			t.Fatalf("%s: %d answers", name, len(got))
		}
		for i, w := range tt.want {
			if got[i].Title != w.title || got[i].Place != w.n {
				t.Errorf("%s: %s has place %d in line %d, want %s with %d", name, got[i].Title, got[i].Place, i, w.title, w.n)
			}
		}
	}
}
