package search_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/internal/fault"
	"jushou/internal/search"
)

func TestWhatFindsWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	parking := w.say("东门停车位太少", "晚上回来没有地方停车，3号楼前面也停满了。")
	wifi := w.say("活动室装WiFi", "老年活动室的 Wi-Fi 信号差，ｗｉｆｉ密码贴在门上。")
	lamp := w.say("12栋樓道燈不亮", "電梯口也是黑的，請物業看看。我的電話13812345678，或者 021-5555 1234。")
	x := w.catchUp(w.open(t.TempDir()))
	for query, found := range map[string]string{
		"停车":      parking,
		"停車":      parking,
		"亭车":      parking,
		"停车位":     parking,
		"停车 东门":   parking,
		"东门，停车！":  parking,
		"车位太小":    parking,
		"停车位很少":   parking,
		"tingche": parking,
		"3号楼":     parking,
		"３号楼":     parking,
		"wifi":    wifi,
		"WIFI":    wifi,
		"ｗｉｆｉ":    wifi,
		"wif":     wifi,
		"活动室wifi": wifi,
		"楼道灯":     lamp,
		"樓道燈":     lamp,
		"电梯":      lamp,
		"12栋":     lamp,
		"灯":       lamp,
		"物业 电梯":   lamp,
	} {
		want(t, query, w.text(x, query), found)
	}
	for _, query := range []string{
		"2栋", "1号楼", "13号楼", "if", "13812345678", "1381234", "138 1234 5678", "55551234", "5678", "食堂", "饕餮", "鑫", "zzzz", "停电缴费",
	} {
		if _, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: query}); errors.Is(err, search.ErrNoWords) {
			continue
		}
		want(t, query, w.text(x, query))
	}
}

func TestABetterMatchComesFirstAndTheNewerAmongEquals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	body1 := w.say("晚上回家", "停车难")
	title1 := w.say("停车难", "东门")
	sound := w.say("亭车", "错字")
	body2 := w.say("早上出门", "到处停车")
	title2 := w.say("又说停车", "西门")
	x := w.catchUp(w.open(t.TempDir()))
	want(t, "order", w.text(x, "停车"), title2, title1, body2, body1, sound)
	for _, limit := range []int{1, 2, 3} {
		want(t, "in pages", w.ids(x, search.Query{Text: "停车", Limit: limit}), title2, title1, body2, body1, sound)
	}
	page, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: "停车"})
	if err != nil || page.Hits[0].Tier != search.Title || page.Hits[2].Tier != search.Text || page.Hits[4].Tier != search.Sound {
		t.Errorf("tiers: %+v, %v", page.Hits, err)
	}
}

func TestFacetsAndPeriodsNarrow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var all []string
	for i := range 60 {
		board := []string{"nearby", "hall"}[i%2]
		all = append(all, w.put("", post{Title: "路灯不亮", Board: board, At: noon.AddDate(0, 0, i)}))
	}
	x := w.catchUp(w.open(t.TempDir()))
	slices.Reverse(all)
	want(t, "all", w.text(x, "路灯"), all...)
	nearby := w.ids(x, search.Query{Text: "路灯", Facets: [][]string{{"board:nearby"}, {}}})
	if len(nearby) != 30 || slices.Contains(nearby, all[0]) {
		t.Errorf("board: %v", nearby)
	}
	want(t, "either board", w.ids(x, search.Query{Text: "路灯", Facets: [][]string{{"board:nearby", "board:hall"}}}), all...)
	want(t, "no such board", w.ids(x, search.Query{Text: "路灯", Facets: [][]string{{`board:x" OR "路灯`}}}))
	since := w.ids(x, search.Query{Text: "路灯", From: noon.AddDate(0, 0, 50)})
	want(t, "since", since, all[:10]...)
	until := w.ids(x, search.Query{Text: "路灯", From: noon.AddDate(0, 0, 10), To: noon.AddDate(0, 0, 20).Add(time.Millisecond)})
	want(t, "between", until, all[39:50]...)
	want(t, "later than all", w.ids(x, search.Query{Text: "路灯", From: noon.AddDate(1, 0, 0)}))
}

func TestNothingIsFoundInAnotherCommunity(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var mine, theirs []string
	for i := range 40 {
		mine = append(mine, w.put("", post{Community: "c1", Title: "停车难", Body: fmt.Sprint("第", i, "次")}))
		theirs = append(theirs, w.put("", post{Community: "c2", Title: "停车难", Body: "秘密的事"}))
	}
	w.put("", post{Community: "c3", Title: "路灯", Body: "秘密的事"})
	x := w.catchUp(w.open(t.TempDir()))
	slices.Reverse(mine)
	slices.Reverse(theirs)
	want(t, "c1", w.ids(x, search.Query{Scope: "c1", Text: "停车"}), mine...)
	want(t, "c2", w.ids(x, search.Query{Scope: "c2", Text: "停车"}), theirs...)
	want(t, "c1's secret", w.ids(x, search.Query{Scope: "c1", Text: "秘密"}))
	want(t, "unknown community", w.ids(x, search.Query{Scope: "c9", Text: "停车"}))
	for _, scope := range []string{"c1' OR '1'='1", "%", "c1\x00", "C1"} {
		want(t, scope, w.ids(x, search.Query{Scope: scope, Text: "停车"}))
	}
	// A cursor that was changed, or that belongs to a query elsewhere, stays within the community.
	page, err := x.Find(t.Context(), search.Query{Scope: "c2", Text: "停车", Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	for _, after := range []string{page.Next, "0.zzzzzzzzzz", "1.1", "3.zzzzzzzz"} {
		page, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: "停车", After: after})
		for _, h := range page.Hits {
			if err != nil || !slices.Contains(mine, h.ID) {
				t.Errorf("after %q: %v, %v", after, h, err)
			}
		}
	}
	if _, err := x.Find(t.Context(), search.Query{Text: "停车"}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("without a community: %v", err)
	}
}

func TestForeignLanguageInAQueryIsOnlyWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	parking := w.say("停车难", "东门 OR 西门 near")
	w.say("路灯", "不亮")
	x := w.catchUp(w.open(t.TempDir()))
	for _, query := range []string{
		`停车" OR "路灯`, `停车*`, `停车 AND NOT 路灯 OR`, `t:停车`, `^停车`, `{t}:停车`, `NEAR(停车 路灯, 5)`, `停车'; DROP TABLE words; --`, `("停车`, `停车)`, `-停车`, `停车\`, "停车\x00路灯",
		"停车\ue000", "停车\ue001路灯", "\ue003" + "1", strings.Repeat(`"`, 300) + "停车", strings.Repeat("停车路灯", 3000), strings.Repeat("停 ", 500),
		strings.Repeat("a ", 300), strings.Repeat("停车a1", 500),
	} {
		_, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: query})
		if err != nil && !errors.Is(err, search.ErrNoWords) {
			t.Errorf("%.40q: %v", query, err)
		}
	}
	want(t, "operators are words", w.text(x, "东门 OR 西门"), parking)
	want(t, "the tables are there", w.text(x, "停车难"), parking)
}

func TestQueriesWithoutWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say("停车😀", "，。！")
	x := w.catchUp(w.open(t.TempDir()))
	for _, query := range []string{"", "   ", "，。！？", "😀", "13812345678", "\x00", strings.Repeat("。", 10000), "(*)"} {
		if _, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: query}); !errors.Is(err, search.ErrNoWords) {
			t.Errorf("%.20q: %v", query, err)
		}
	}
	for _, after := range []string{"x", "9.1", "0.", "0.-1", ".", "0.1.1", "-1.5", "0.!", strings.Repeat("9", 100)} {
		if _, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: "停车", After: after}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("after %q: %v", after, err)
		}
	}
}

func TestSimilar(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lamp := w.say("3号楼楼道灯不亮", "晚上看不清楼梯")
	other := w.say("5号楼楼道灯又不亮了", "请物业来修")
	for range 30 {
		w.say("建议加装健身器材", "广场上")
	}
	x := w.catchUp(w.open(t.TempDir()))
	found, err := x.Similar(t.Context(), search.Query{Scope: "c1", Text: "3號樓樓道燈不亮", Limit: 5})
	if err != nil || len(found) != 2 || found[0].ID != lamp || found[1].ID != other || found[0].Share < 90 || found[1].Share > found[0].Share {
		t.Errorf("similar: %+v, %v; want %s, %s", found, err, lamp, other)
	}
	for _, text := range []string{"", "灯", "，，", "垃圾分类积分兑换", "13812345678"} {
		if found, err := x.Similar(t.Context(), search.Query{Scope: "c1", Text: text, Limit: 5}); err != nil || len(found) > 0 {
			t.Errorf("similar to %q: %+v, %v", text, found, err)
		}
	}
	if found, err := x.Similar(t.Context(), search.Query{Scope: "c2", Text: "3号楼楼道灯不亮", Limit: 5}); err != nil || len(found) > 0 {
		t.Errorf("similar elsewhere: %+v, %v", found, err)
	}
}

func TestASentenceIsFoundWhereItIsSaidBeforeWhereItNearlyIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const sentence = "小花园西侧的香樟树枝快压到晾衣架了刮风天怕砸到人"
	near := w.say("树枝", "香樟树枝太长，西侧的晾衣架没法用。")
	sounds := w.say("树", "小花园西侧的香樟树枝快压到凉衣架了刮风天怕砸到人。")
	text := w.say("树", "今天看到"+sentence+"，请来看看。")
	title := w.say(sentence, "")
	x := w.catchUp(w.open(""))
	for _, c := range []struct {
		query string
		want  []search.Hit
	}{
		{sentence, []search.Hit{{Kind: kind, ID: title, Tier: search.Title}, {Kind: kind, ID: text, Tier: search.Text}}}, // and not what sounds like it
		{"小花园西侧的香樟树枝快压到两衣架了刮风天怕砸到人", []search.Hit{{Kind: kind, ID: title, Tier: search.Sound}, {Kind: kind, ID: text, Tier: search.Sound}, {Kind: kind, ID: sounds, Tier: search.Sound}}},
		{"小花园西侧的香樟树枝快压到晾衣架了，明天就来锯", nil}, // nobody said so: what is near it
		{"完全没有人说过的一句很长很长的话呀", []search.Hit{}},
	} {
		page, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: c.query})
		if err != nil {
			t.Fatal(err)
		}
		if c.want != nil {
			if !slices.Equal(page.Hits, c.want) {
				t.Errorf("%s: got %+v, want %+v", c.query, page.Hits, c.want)
			}
			continue
		}
		if len(page.Hits) != 4 || slices.ContainsFunc(page.Hits, func(h search.Hit) bool { return h.Tier != search.Close }) {
			t.Errorf("%s: got %+v, want all four as close, %s too", c.query, page.Hits, near)
		}
	}
}
