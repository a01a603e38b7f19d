package terms

import (
	"context"
	"slices"
	"strconv"

	"jushou/internal/community"
	"jushou/web/view"
)

// line is one promise in words; the ladder has a sentence for each level.
type line struct {
	Name  string // a key of the catalogue
	Texts []string
}

// lines says terms in plain words.
func lines(ctx context.Context, t community.Terms) []line {
	t = t.Effective()
	days := func(key string, n int) []string { return []string{view.T(ctx, key, "n", strconv.Itoa(n))} }
	return []line{
		{"terms.accept", days("terms.accept_within", t.AcceptDays)},
		{"terms.resolve", days("terms.resolve_within", t.ResolveDays)},
		{"terms.close", days("terms.close_after", t.CloseDays)},
		{"terms.ladder", ladder(ctx, t.Ladder)},
	}
}

// ladder says who hears of a missed day: 到期当天告诉经办人的上级; 过 1 个工作日告诉书记.
func ladder(ctx context.Context, steps []community.LadderStep) []string {
	texts := make([]string, len(steps))
	for i, s := range steps {
		key := "terms.step_later"
		if s.Days == 0 {
			key = "terms.step_due"
		}
		texts[i] = view.T(ctx, key, "n", strconv.Itoa(s.Days), "act", view.T(ctx, "terms.act_"+s.To))
	}
	return texts
}

// moved is a line of a change that differs, as it was and as it is.
type moved struct {
	Name          string
	Before, After []string
}

func movedLines(ctx context.Context, c community.PromiseChange) []moved {
	var all []moved
	after := lines(ctx, c.After)
	for i, was := range lines(ctx, c.Before) {
		if !slices.Equal(was.Texts, after[i].Texts) {
			all = append(all, moved{was.Name, was.Texts, after[i].Texts})
		}
	}
	return all
}
