package wxsim

import (
	"slices"
	"testing"
	"time"
)

func TestStampText(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 0, 30, 0, 0, chinaTime) // a Saturday, soon after midnight
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{now.Add(-10 * time.Minute), "00:20"},
		{now.Add(-time.Hour), "昨天 23:30"},
		{now.Add(-25 * time.Hour), "周四 23:30"},
		{now.AddDate(0, 0, -8), "11月13日 00:30"},
		{now.AddDate(-1, 0, 0), "2025年11月21日 00:30"},
	} {
		if got := stampText(c.at, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.at, got, c.want)
		}
	}
}

func TestSegmentsFindsLinksAndNothingElse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]segment{
		"没有":                                   {{Text: "没有"}},
		`点<a href="http://x/1">这里</a>。`:        {{Text: "点"}, {"这里", "http://x/1"}, {Text: "。"}},
		"见 http://x/2，谢谢":                      {{Text: "见 "}, {"http://x/2", "http://x/2"}, {Text: "，谢谢"}},
		`<a href="http://x/3" class="c">a</a>`: {{"a", "http://x/3"}},
		"<b>粗</b>":                             {{Text: "<b>粗</b>"}},
	} {
		if got := segments(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
