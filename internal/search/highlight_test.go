package search_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jushou/internal/search"
)

func TestHighlight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, query, want string }{
		{"东门停车难", "停车", "东门[停车]难"},
		{"東門停車難", "停车", "東門[停車]難"},
		{"东门停车难", "亭车", "东门[停车]难"},
		{"东门停车难", "tingche", "东门[停车]难"},
		{"灯不亮，灯！", "灯", "[灯]不亮，[灯]！"},
		{"活动室WiFi差", "wif", "活动室[WiFi]差"},
		{"12栋和2栋", "12栋", "[12栋]和2栋"},
		{"路灯", "停车", "路灯"},
		{"一二三四五六七八九十一二三四五六七八九十停车难一二三", "停车", "…九十一二三四五六七八九十[停车]难一二三"},
		{"停车一二三四五六七八九十一二三四五六七八九十", "停车", "[停车]一二三四五六七八九十一二三四五六…"},
		{"  多   空格\n换行  ", "换行", "多 空格 [换行]"},
		{"", "停车", ""},
	} {
		got := ""
		for _, p := range search.Highlight(c.text, c.query, 18) {
			if p.Hit {
				got += "[" + p.Text + "]"
			} else {
				got += p.Text
			}
		}
		if got != c.want {
			t.Errorf("%q in %q: %s, want %s", c.query, c.text, got, c.want)
		}
	}
}

func TestHighlightingChangesNoCharacter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.String().Draw(r, "text")
		whole := ""
		for _, p := range search.Highlight(text, rapid.String().Draw(r, "query"), len(text)+1) {
			whole += p.Text
		}
		if want := strings.Join(strings.Fields(string([]rune(text))), " "); whole != want {
			r.Fatalf("%q became %q", want, whole)
		}
	})
}
