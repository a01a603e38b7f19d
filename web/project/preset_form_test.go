package project

import (
	"reflect"
	"testing"

	"jushou/projects/preset"
)

// TestTheFormKeepsAPreset shows what ships in the form and reads it back: nothing may be lost on the way.
func TestTheFormKeepsAPreset(t *testing.T) {
	t.Parallel()
	all := preset.Builtin()
	if len(all) == 0 {
		t.Fatal("nothing ships")
	}
	for _, p := range all {
		if got := formOf(p).preset(); !reflect.DeepEqual(got, p) {
			t.Errorf("%s came back as\n%+v, was\n%+v", p.Key, got, p)
		}
	}
}

// TestWhatIsNoNumberIsRefused types what cannot be meant and counts what the rules say about it.
func TestWhatIsNoNumberIsRefused(t *testing.T) {
	t.Parallel()
	p, _ := preset.BuiltinOf("jushou")
	f := formOf(p)
	f.Name, f.HandDays, f.Envelope, f.Count, f.NoticeDays, f.Stale, f.Reps, f.Rating = "", "两周", "很多", "0", "x", "-", "1.5", "一"
	f.Caps[preset.Goods] = "1,00,0.0.0"
	if faults := f.preset().Check(); len(faults) != 9 {
		t.Errorf("told %d faults: %v", len(faults), faults)
	}
	f = formOf(p)
	f.Rule, f.Present, f.For = string(preset.ByCouncil), "66.67", "50.1"
	if faults := f.preset().Check(); len(faults) != 1 {
		t.Errorf("two digits behind the point are told as %v", faults)
	}
}

func TestShares(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"66.7": 667, "50.1%": 501, " 100 ": 1000, "50": 500, "0": 0, "": 0, "-5": -1, "66.67": -1, "百分之五十": -1, ".5": 5} {
		if got := share(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}

func TestNewPapersGetKeysOfTheirOwn(t *testing.T) {
	t.Parallel()
	f := presetForm{Papers: []paperRow{{Key: "paper-2", Name: "甲"}, {Name: "乙"}, {Name: "丙"}, {Name: "丁"}}}
	seen := map[string]bool{}
	for _, x := range f.papers() {
		if x.Key == "" || seen[x.Key] {
			t.Errorf("%q is a key twice or none", x.Key)
		}
		seen[x.Key] = true
	}
}
