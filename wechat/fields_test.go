package wechat

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, value, want string }{
		{"thing1", "", "无"},
		{"thing1", " \n\t", "无"},
		{"thing1", "🙏🏻👨‍👩‍👧", "无"},
		{"thing1", "三号楼\n路灯  不亮", "三号楼 路灯 不亮"},
		{"thing12", strings.Repeat("字", 20), strings.Repeat("字", 20)},
		{"thing12", strings.Repeat("字", 21), strings.Repeat("字", 19) + "…"},
		{"thing1", "a\u202Eb\u200Bc\x00d\uFEFF", "abcd"},
		{"thing1", "加装电梯 12.5㎡ 25℃", "加装电梯 12.5㎡ 25℃"},
		{"thing1", "bad\xffbytes", "badbytes"},
		{"short_thing1", "一二三四五六", "一二三四五"},
		{"phrase2", "待回应!", "待回应"},
		{"phrase2", "OK", "无"},
		{"character_string3", "编号 A-001", "A-001"},
		{"character_string3", "议题", "-"},
		{"number1", "共 12.50 件", "12.50"},
		{"number1", "1,234", "1234"},
		{"number1", "１２", "12"},
		{"letter1", "ab1c", "abc"},
		{"name1", "王**", "王**"},
		{"name1", "欧阳一二三四五六七八九", "欧阳一二三四五六七八"},
		{"name1", "Alexander Hamilton Smith", "Alexander Hamilton S"},
		{"name1", "王先生3", "王先生"},
		{"time1", "2026年11月21日 9:05", "2026年11月21日 9:05"},
		{"time1", "2026-11-21T09:05:06", "2026-11-21 09:05:06"},
		{"time1", "时间：2026年11月21日09：05 起", "2026年11月21日 09:05"},
		{"time1", "9:00 ～ 10:30", "9:00~10:30"},
		{"date1", "2026.11.21", "2026.11.21"},
		{"date1", "2026/11/21 ~ 2026/11/30", "2026/11/21~2026/11/30"},
		{"amount1", "¥12,000.50元", "¥12000.50元"},
		{"amount1", "12000元整", "12000元"},
		{"phone_number1", "+86 138-0000-0000", "+86138-0000-0000"},
		{"car_number1", "沪A·12345", "沪A12345"},
		{"keyword1", strings.Repeat("字", 30), strings.Repeat("字", 19) + "…"},
	} {
		got := Fit(c.key, c.value)
		if got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.key, c.value, got, c.want)
		}
		if !Fits(c.key, got) {
			t.Errorf("%s: %q does not fit", c.key, got)
		}
	}
}

func TestWhatCannotBeFoundIsNotInvented(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, value string }{
		{"time1", ""}, {"time1", "尽快"}, {"time1", "25:00"}, {"date1", "明天"}, {"number1", "若干"}, {"number1", "-3"},
		{"amount1", "12345678901元"}, {"amount1", "面议"}, {"number1", "1.2.3"},
	} {
		if got := Fit(c.key, c.value); Fits(c.key, got) {
			t.Errorf("%s %q became %q", c.key, c.value, got)
		}
	}
}

// strictly states the rules once more, as the platform's documents word them and as strictly as they can be
// read, so that Fit is not judged by its own table.
func strictly(key, v string) bool {
	runes := utf8.RuneCountInString(v)
	for _, r := range v {
		if unicode.IsControl(r) || r == utf8.RuneError || r >= 0x1F000 && r <= 0x1FFFF || r == 0x200D || r == 0xFE0F {
			return false
		}
	}
	only := func(set func(rune) bool) bool {
		return v != "" && strings.IndexFunc(v, func(r rune) bool { return !set(r) }) < 0
	}
	han := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	switch strings.TrimRight(key, "0123456789") {
	case "thing", "const":
		return runes >= 1 && runes <= 20
	case "short_thing":
		return runes >= 1 && runes <= 5
	case "phrase":
		return runes <= 5 && only(han)
	case "character_string":
		return runes <= 32 && only(func(r rune) bool { return r >= ' ' && r <= '~' })
	case "letter":
		return runes <= 32 && only(func(r rune) bool { return r <= 'z' && unicode.IsLetter(r) })
	case "symbol":
		return runes <= 5 && only(func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) })
	case "name":
		most := 20
		if strings.ContainsFunc(v, han) {
			most = 10
		}
		return runes >= 1 && runes <= most && !strings.ContainsFunc(v, unicode.IsDigit)
	case "phone_number":
		return runes <= 17 && only(func(r rune) bool { return strings.ContainsRune("0123456789+-", r) })
	case "car_number":
		return runes >= 1 && runes <= 8
	}
	return false
}

var awkward = rapid.OneOf(
	rapid.String(),
	rapid.StringOfN(rapid.RuneFrom([]rune("路灯坏了abcXYZ0129 +-~:.,¥元·*！？\n\t\u200d\ufe0f\u202e\u00a0👍🏽👨℃㎡𠮷…")), 0, 60, -1),
)

func TestFittedValuesAlwaysObeyTheirRule(t *testing.T) {
	t.Parallel()
	keys := []string{"thing1", "short_thing2", "const3", "phrase4", "character_string5", "letter6", "symbol7", "name8", "phone_number9", "car_number10"}
	rapid.Check(t, func(t *rapid.T) {
		key, value := rapid.SampledFrom(keys).Draw(t, "key"), awkward.Draw(t, "value")
		fitted := Fit(key, value)
		if !strictly(key, fitted) || !Fits(key, fitted) {
			t.Fatalf("%s: %q became %q", key, value, fitted)
		}
		if again := Fit(key, fitted); again != fitted {
			t.Fatalf("%s: %q then %q", key, fitted, again)
		}
	})
}

func TestFoundValuesAreInTheTextOrDoNotFit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"number1", "amount1", "time1", "date1"}).Draw(t, "key")
		fitted := Fit(key, awkward.Draw(t, "value"))
		if !Fits(key, fitted) {
			return
		}
		if again := Fit(key, fitted); again != fitted || utf8.RuneCountInString(fitted) > 64 || !strings.ContainsFunc(fitted, unicode.IsDigit) {
			t.Fatalf("%s: %q then %q", key, fitted, again)
		}
	})
}
