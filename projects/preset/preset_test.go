package preset_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/preset"
)

func jushou(t *testing.T) preset.Preset {
	t.Helper()
	p, ok := preset.BuiltinOf("jushou")
	if !ok {
		t.Fatal("jushou does not ship")
	}
	return p
}

func TestWhatShipsIsSound(t *testing.T) {
	t.Parallel()
	all := preset.Builtin()
	if len(all) != 6 {
		t.Fatalf("%d presets ship, want six", len(all))
	}
	for _, p := range all {
		for _, err := range p.Check() {
			t.Errorf("%s: %v", p.Key, err)
		}
		if p.Version != 1 || p.Note == "" {
			t.Errorf("%s: version %d, note %q", p.Key, p.Version, p.Note)
		}
	}
	if _, ok := preset.BuiltinOf("none"); ok {
		t.Error("a preset that does not ship is found")
	}
}

func TestFaultsOfAPreset(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*preset.Preset)
		want   string
	}{
		"no key":                     {func(p *preset.Preset) { p.Key = "" }, "preset.bad_key"},
		"a key with capitals":        {func(p *preset.Preset) { p.Key = "Luodian" }, "preset.bad_key"},
		"no name":                    {func(p *preset.Preset) { p.Name = "" }, "preset.bad_name"},
		"a stage is missing":         {func(p *preset.Preset) { p.Stages = slices.DeleteFunc(p.Stages, is(preset.Noticing)) }, "preset.bad_stages"},
		"stages out of order":        {func(p *preset.Preset) { slices.Reverse(p.Stages) }, "preset.bad_stages"},
		"an ending on the way":       {func(p *preset.Preset) { p.Stages = append(p.Stages, preset.Refused) }, "preset.bad_stages"},
		"hands without gathering":    {func(p *preset.Preset) { p.Stages = slices.DeleteFunc(p.Stages, is(preset.Gathering)) }, "preset.bad_hand_days"},
		"days without hands":         {func(p *preset.Preset) { p.Hands = false }, "preset.bad_hand_days"},
		"a negative cap":             {func(p *preset.Preset) { p.Caps.Goods = -1 }, "preset.bad_cap"},
		"an envelope beyond reason":  {func(p *preset.Preset) { p.Envelope = money.Max + 1 }, "preset.bad_envelope"},
		"count and share":            {func(p *preset.Preset) { p.Endorse = preset.Threshold{Count: 1, Share: 1} }, "preset.bad_threshold"},
		"more than all households":   {func(p *preset.Preset) { p.Endorse = preset.Threshold{Share: 1001} }, "preset.bad_threshold"},
		"no notice":                  {func(p *preset.Preset) { p.Notice.Days = 0 }, "preset.bad_notice"},
		"no rule":                    {func(p *preset.Preset) { p.Decision.Rule = "" }, "preset.bad_rule"},
		"a council's data, no rule":  {func(p *preset.Preset) { p.Decision.Council = &preset.Council{Present: 500, For: 501} }, "preset.bad_rule"},
		"a council with half for it": {func(p *preset.Preset) { p.Decision = council(500, 500) }, "preset.bad_council"},
		"a council of nobody":        {func(p *preset.Preset) { p.Decision = council(0, 501) }, "preset.bad_council"},
		"a jury without criteria":    {func(p *preset.Preset) { p.Decision = jury(1) }, "preset.bad_jury"},
		"a jury nobody passes":       {func(p *preset.Preset) { p.Decision = jury(21, 10, 10) }, "preset.bad_jury"},
		"a paper nobody asks for":    {func(p *preset.Preset) { p.Papers = []preset.Paper{{Key: "x", Name: "x", At: "never"}} }, "preset.bad_paper"},
		"a permit twice":             {func(p *preset.Preset) { p.Permits = []string{"a", "a"} }, "preset.bad_permit"},
		"rating without days":        {func(p *preset.Preset) { p.RateDays = 0 }, "preset.bad_rate_days"},
		"a negative alarm":           {func(p *preset.Preset) { p.StaleDays = -1 }, "preset.bad_stale_days"},
		"a crowd to accept":          {func(p *preset.Preset) { p.Reps = preset.MaxReps + 1 }, "preset.bad_reps"},
	} {
		p := jushou(t)
		tt.change(&p)
		if err := errors.Join(p.Check()...); fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func is(s preset.Stage) func(preset.Stage) bool { return func(x preset.Stage) bool { return x == s } }

func council(present, votes int) preset.Decision {
	return preset.Decision{Rule: preset.ByCouncil, Council: &preset.Council{Present: present, For: votes}}
}

func jury(pass int, most ...int) preset.Decision {
	j := preset.Jury{Pass: pass}
	for i, n := range most {
		j.Criteria = append(j.Criteria, preset.Criterion{Name: string(rune('a' + i)), Most: n})
	}
	return preset.Decision{Rule: preset.ByJury, Jury: &j}
}

func TestEveryFaultIsTold(t *testing.T) {
	t.Parallel()
	p := jushou(t)
	p.Name, p.Notice.Days, p.Envelope = "", 0, -1
	if got := p.Check(); len(got) != 3 {
		t.Errorf("told %v", got)
	}
}

func TestTheWay(t *testing.T) {
	t.Parallel()
	for _, p := range preset.Builtin() {
		at, seen := preset.Collecting, []preset.Stage{}
		for at != "" {
			seen = append(seen, at)
			at = p.Next(at)
		}
		if !slices.Equal(seen, p.Stages) || seen[len(seen)-1] != preset.Archived {
			t.Errorf("%s goes %v", p.Key, seen)
		}
		if p.Next(preset.Refused) != "" {
			t.Errorf("%s goes on after a refusal", p.Key)
		}
	}
}

// TestAShareIsNeverRoundedDown compares with the definition in fractions: the least n with n/households >= share/1000.
func TestAShareIsNeverRoundedDown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		households, share := rapid.IntRange(1, 20000).Draw(t, "households"), rapid.IntRange(1, 1000).Draw(t, "share")
		n := preset.Threshold{Share: share}.Needs(households)
		if n*1000 < households*share || n > 1 && (n-1)*1000 >= households*share {
			t.Fatalf("%d of %d households are no %d thousandths", n, households, share)
		}
	})
	if n := (preset.Threshold{Count: 7}).Needs(1); n != 7 {
		t.Errorf("a count became %d", n)
	}
	if n := (preset.Threshold{}).Needs(500); n != 0 {
		t.Errorf("no threshold needs %d", n)
	}
}

func TestACouncil(t *testing.T) {
	t.Parallel()
	c := preset.Council{Present: 667, For: 501}
	for _, tt := range []struct {
		members, present, votes int
		want                    bool
	}{
		{30, 20, 15, false}, // 666.7 thousandths are there
		{30, 21, 11, true},
		{30, 22, 11, false}, // a half is not more than a half
		{30, 30, 16, true},
	} {
		if got := c.Holds(tt.members, tt.present, tt.votes); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

func TestAJury(t *testing.T) {
	t.Parallel()
	j := preset.Jury{Pass: 14, Criteria: []preset.Criterion{{"a", 10}, {"b", 10}}}
	if j.Most() != 20 || !j.Accept([]int{10, 0}) || j.Accept([]int{11, 0}) || j.Accept([]int{1}) || j.Accept([]int{-1, 3}) {
		t.Error("sheets are judged wrongly")
	}
	for _, tt := range []struct {
		sheets [][]int
		want   bool
	}{
		{[][]int{{10, 10}, {10, 10}}, false},     // two are no jury
		{[][]int{{7, 7}, {7, 7}, {7, 7}}, true},  // 14 each
		{[][]int{{7, 7}, {7, 7}, {7, 6}}, false}, // the mean is 13⅔
	} {
		if got := j.Passes(tt.sheets); got != tt.want {
			t.Errorf("%v: %v", tt.sheets, got)
		}
	}
}
