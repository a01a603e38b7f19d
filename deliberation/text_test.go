package deliberation

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jushou/internal/fault"
)

func TestCleanLeavesWhatCanBeRead(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, in, want string }{
		{"plain", "3号楼的灯坏了。", "3号楼的灯坏了。"},
		{"line ends", "一\r\n二\r三\u2028四", "一\n二\n三\n四"},
		{"empty lines", "一\n\n\n\n二  \n", "一\n\n二"},
		{"zero width", "刷\u200b单\u200c返\ufeff利", "刷单返利"},
		{"bidi overrides", "abc\u202edcb\u2066x\u2069", "abcdcbx"},
		{"control", "a\x00b\x1b[31mc\x7f", "ab[31mc"},
		{"tab and no-break space", "a\tb\u00a0c", "a b c"},
		{"invisible letters", "\u3164\u2800\u115f你好", "你好"},
		{"only invisible", "\u200b\u3164\n\u2800", ""},
		{"broken UTF-8", "灯\xff\xfe坏", "灯坏"},
		{"NFC", "e\u0301", "\u00e9"},
		{"a family stays one picture", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"},
		{"a joiner between letters goes", "a\u200db", "ab"},
		{"private use", "a\ue000b", "ab"},
		{"soft hyphen", "a\u00adb", "ab"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
	if zalgo := Clean("灯" + strings.Repeat("\u0316", 100)); utf8.RuneCountInString(zalgo) != 1+mostMarks {
		t.Errorf("a hundred marks on a letter leave %d runes", utf8.RuneCountInString(zalgo))
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"灯\u200b坏\r\n", "\u202e\x00", "👨\u200d👩", "e\u0301\u0316\u0316\u0316\u0316", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out := Clean(in)
		if !utf8.ValidString(out) || !norm.NFC.IsNormalString(out) {
			t.Fatalf("Clean(%q) = %q is not normal UTF-8", in, out)
		}
		if again := Clean(out); again != out {
			t.Fatalf("Clean is not settled: %q, then %q", out, again)
		}
		if strings.ContainsAny(out, "\r\t\x00\u200b\u202e") {
			t.Fatalf("Clean(%q) = %q", in, out)
		}
	})
}

func TestTextRefusesWithFieldBoundAndCount(t *testing.T) {
	t.Parallel()
	photos := make([]PhotoID, MaxPhotos+1)
	cases := []struct {
		name, title, body string
		photos            []PhotoID
		code, field, got  string
	}{
		{"no body", "", " \u200b\n", nil, "topic.body_empty", "body", ""},
		{"2001 runes", "", strings.Repeat("灯", 2001), nil, "topic.body_too_long", "body", "2001"},
		{"ten thousand", "", strings.Repeat("灯", 10_000), nil, "topic.body_too_long", "body", "10000"},
		{"title", strings.Repeat("灯", 41), "灯坏了", nil, "topic.title_too_long", "title", "41"},
		{"photos", "", "灯坏了", photos, "topic.too_many_photos", "photos", "10"},
		{"photo id", "", "灯坏了", []PhotoID{"../etc"}, "topic.bad_photo", "photos", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := NewText(c.title, c.body, c.photos)
			var f *fault.Error
			if !errors.As(err, &f) || f.Code != c.code || f.Field != c.field || f.Args["got"] != c.got {
				t.Errorf("refused with %v", err)
			}
		})
	}
}

func TestTextAtItsBoundsAndItsTitle(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("灯", MaxBody)
	text, err := NewText("", long, nil)
	if err != nil || text.Body != long || utf8.RuneCountInString(text.Title) > MaxTitle || !strings.HasSuffix(text.Title, "…") {
		t.Errorf("2000 runes: %v, title %q", err, text.Title)
	}
	text, err = NewText("", "  楼道  灯坏了\n三楼到五楼都不亮", nil)
	if err != nil || text.Title != "楼道 灯坏了" {
		t.Errorf("title from the first line: %q, %v", text.Title, err)
	}
	_, err = NewText(strings.Repeat("灯", 41), "", nil)
	if all := fault.All(err); len(all) != 2 {
		t.Errorf("two faults of a form told %d at once: %v", len(all), err)
	}
}
