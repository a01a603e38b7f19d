package reading_test

import (
	"testing"

	"jushou/internal/search/reading"
)

func TestTraditionalBecomesSimplified(t *testing.T) {
	t.Parallel()
	for traditional, simple := range map[rune]rune{
		'車': '车', '樓': '楼', '燈': '灯', '電': '电', '幾': '几', '後': '后', '裡': '里', '裏': '里', '發': '发', '髮': '发',
		'车': '车', '停': '停', 'a': 'a', '。': '。', 'の': 'の', '😀': '😀', 0x33FF: 0x33FF, 0xA000: 0xA000, 0x9FFF: 0x9FFF, -1: -1,
	} {
		if got := reading.Simple(traditional); got != simple {
			t.Errorf("Simple(%c) = %c, want %c", traditional, got, simple)
		}
	}
}

func TestCharactersThatSoundAlikeAreAlike(t *testing.T) {
	t.Parallel()
	for _, pair := range []string{"停亭", "车車", "灯登", "张章", "是四", "城岑", "林灵", "音英", "女钕"} {
		two := []rune(pair)
		if a, b := reading.Sound(two[0]), reading.Sound(two[1]); a == "" || a != b {
			t.Errorf("%c is %q and %c is %q", two[0], a, two[1], b)
		}
	}
	if a, b := reading.Sound('停'), reading.Sound('车'); a == b {
		t.Errorf("停 and 车 are both %q", a)
	}
	for _, r := range []rune{'a', '3', '，', 'の', '😀', 0, -1, 0x10FFFF} {
		if s := reading.Sound(r); s != "" {
			t.Errorf("%U is read %q", r, s)
		}
	}
}

func TestTypedSyllables(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"ting": "tin", "che": "ce", "shui": "sui", "nü": "nv", "a": "a"} {
		if got, ok := reading.Fold(typed); !ok || got != want {
			t.Errorf("Fold(%q) = %q, %t", typed, got, ok)
		}
	}
	for _, other := range []string{"", "wifi", "xyz", "t"} {
		if got, ok := reading.Fold(other); ok {
			t.Errorf("Fold(%q) = %q", other, got)
		}
	}
}

func TestLookingUpTakesNoMemory(t *testing.T) {
	reading.Sound('停')
	if n := testing.AllocsPerRun(100, func() { reading.Sound('停'); reading.Simple('車') }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
