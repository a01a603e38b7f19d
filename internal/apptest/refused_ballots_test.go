package apptest_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/internal/apptest"
)

// TestBallotsThatAreNone are refused by form and by program, in words; none of them is in the count, and two polls end empty and level.
func TestBallotsThatAreNone(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	p := opened(t, h, "路口种什么树？")
	late := newcomers(t, h, 1)[0]
	lin, v, api := h.Phone("lin"), "/v/"+string(p.ID), "/api/v1/polls/"+string(p.ID)+"/ballots"
	page := lin.Get(v).Want(200, "请选一项")
	for _, c := range []struct {
		name, says string
		form       url.Values
		picked     []string // still ticked
	}{
		{"nothing", "还没有选", url.Values{}, nil},
		{"an option that is none", "有一项不在这次表决里", url.Values{"o": {"3"}}, nil},
		{"an option before the first", "有一项不在这次表决里", url.Values{"o": {"-1"}}, nil},
		{"a word", "有一项不在这次表决里", url.Values{"o": {"桂花"}}, nil},
		{"two options", "1 项", url.Values{"o": {"0", "2"}}, []string{"0", "2"}},
		{"an option twice", "", url.Values{"o": {"1", "1"}}, []string{"1"}},
	} {
		c.form.Set("_csrf", page.CSRF())
		c.form.Set("nonce", poll.NewNonce())
		for _, step := range []string{"/confirm", "/ballot"} {
			refused := lin.Post(v+step, c.form).Want(422, c.says)
			if ticked := refused.Attrs(`input[name="o"][checked]`, "value"); !slices.Equal(ticked, c.picked) {
				t.Errorf("%s at %s: ticked are %q, want %q", c.name, step, ticked, c.picked)
			}
		}
	}
	for name, draw := range map[string]url.Values{
		"no draw": {}, "half a draw": {"nonce": {"abc"}}, "a tag of other letters": {"tag": {strings.Repeat("Z", 64)}}, "a tag too short": {"tag": {"0123"}}, "a tag too long": {"tag": {strings.Repeat("a", 65)}},
	} {
		draw.Set("_csrf", page.CSRF())
		draw.Set("o", "1")
		refused := lin.Post(v+"/ballot", draw).Want(422, "选票没有准备好")
		if ticked := refused.Attrs(`input[name="o"][checked]`, "value"); !slices.Equal(ticked, []string{"1"}) {
			t.Errorf("%s: ticked are %q", name, ticked)
		}
	}
	whole := map[string]any{"picks": []int{0}}
	for _, c := range []struct {
		code   string
		choice map[string]any
		tag    string
	}{
		{"choice.empty", map[string]any{}, string(poll.TagOf("a"))},
		{"choice.unknown_option", map[string]any{"picks": []int{3}}, string(poll.TagOf("b"))},
		{"choice.unknown_option", map[string]any{"picks": []int{-1}}, string(poll.TagOf("c"))},
		{"choice.too_many", map[string]any{"picks": []int{0, 1}}, string(poll.TagOf("d"))},
		{"poll.tag", whole, "ABC"},
		{"poll.nonce", whole, ""},
	} {
		lin.Call("POST", api, map[string]any{"choice": c.choice, "t": c.tag}, nil).Want(422, c.code)
	}
	ballot := map[string]any{"choice": whole, "t": poll.TagOf("e")}
	other := h.Neighbours("yinxing", 1)[0]
	other.Get(v).Want(404)
	other.Post(v+"/ballot", url.Values{"_csrf": {other.Get("/me").CSRF()}, "o": {"0"}, "nonce": {poll.NewNonce()}}).Want(404)
	other.Call("POST", api, ballot, nil).Want(404, "poll.not_found")
	stranger := h.SignedIn(late.ID)
	stranger.Get(v).Want(200, "名册上没有您")
	stranger.Post(v+"/ballot", url.Values{"_csrf": {stranger.Get("/me").CSRF()}, "o": {"0"}, "nonce": {poll.NewNonce()}}).Want(403, "补登会公开记录")
	stranger.Call("POST", api, ballot, nil).Want(403, "poll.not_on_roll")

	level := opened(t, h, "长椅刷什么颜色？")
	for i, n := range h.Neighbours("hexiang", 3) {
		n.Get("/v/"+string(level.ID)).Submit("/confirm", "o", string(rune('0'+i))).Submit("/ballot").Want(200, "投票凭证")
	}
	h.Clock.Set(level.ClosesAt.Add(time.Second))
	sweep(t, h)
	h.Browser().Get("/open/polls/"+string(p.ID)).Want(200, "没有人投票", "投票 0")
	h.Browser().Get("/open/polls/"+string(level.ID)).Want(200, "票数相同，分不出：桂花、樱花、银杏", "另行商量")
}
