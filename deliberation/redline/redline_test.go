package redline

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCompareReadsLikeAnEditor(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, before, after string
		want                []Part
	}{
		{"equal", "车位先到先得。", "车位先到先得。", []Part{{Same, "车位先到先得。"}}},
		{"nothing", "", "", nil},
		{"all new", "", "夜间可停路边。", []Part{{Added, "夜间可停路边。"}}},
		{"a number", "每户限停一辆。", "每户限停两辆。", []Part{{Same, "每户限停"}, {Removed, "一"}, {Added, "两"}, {Same, "辆。"}}},
		{"a clause put in", "访客车辆停东侧。", "访客车辆登记后停东侧。", []Part{{Same, "访客车辆"}, {Added, "登记后"}, {Same, "停东侧。"}}},
		{"taken out", "遛狗请牵绳，戴嘴套。", "遛狗请牵绳。", []Part{{Same, "遛狗请牵绳"}, {Removed, "，戴嘴套"}, {Same, "。"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Compare(tt.before, tt.after); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// TestCompareLosesNothing puts both texts together again from the parts, whatever they hold.
func TestCompareLosesNothing(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.StringOfN(rapid.SampledFrom([]rune("停车位不得占用的，。一二\nab👍")), 0, 120, -1), rapid.StringN(0, 60, -1))
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var was, is strings.Builder
		for _, p := range Compare(before, after) {
			if p.Text == "" || !utf8.ValidString(p.Text) {
				t.Fatalf("a part is %q", p.Text)
			}
			if p.Kind != Added {
				was.WriteString(p.Text)
			}
			if p.Kind != Removed {
				is.WriteString(p.Text)
			}
		}
		if was.String() != strings.ToValidUTF8(before, "") || is.String() != strings.ToValidUTF8(after, "") {
			t.Fatalf("%q to %q became %q to %q", before, after, was.String(), is.String())
		}
		if Changed(Compare(before, after)) == (was.String() == is.String()) {
			t.Fatal("Changed disagrees")
		}
	})
}
