package words

import (
	"testing"

	"jushou/internal/fault"
)

func load(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load(Chinese)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSentenceFillsItsArguments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"还能写 {n} 字", "还能写 12 字"},
		{"{n}{n}", "1212"},
		{"没有空位", "没有空位"},
		{"一个{没有关上", "一个{没有关上"},
		{"{unknown}。", "。"},
	} {
		got := parse(c.text).fill(func(name string) string { return map[string]string{"n": "12"}[name] })
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestFaultFallsBackToItsKind(t *testing.T) {
	t.Parallel()
	c := load(t)
	got := c.Fault(fault.New(fault.TooMany, "nobody.wrote_this"))
	if want := c.T("kind.too_many"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := c.Fault(fault.New(fault.TooMany, "web.slow_down").With("after", 9)); got != "点得有点快，请过 9 秒再试，写好的内容还在。" {
		t.Errorf("got %q", got)
	}
}

func TestUnknownLanguageIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := Load("tlh"); err == nil {
		t.Error("loaded a catalogue nobody wrote")
	}
}
