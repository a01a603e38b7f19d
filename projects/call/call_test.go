package call_test

import (
	"context"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/money"
	"jushou/projects/call"
	"jushou/projects/preset"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rules are two presets wherever one looks.
type rules struct{}

func (rules) Presets(context.Context, identity.Actor, community.ID) ([]preset.Preset, error) {
	return []preset.Preset{{Key: "jushou", Name: "举手制"}, {Key: "chuangtou", Name: "公益创投"}}, nil
}

type ground struct {
	*roomtest.Ground
	*call.Service
	wang, sun, staff, secretary identity.Actor
}

func open(t *testing.T) *ground {
	t.Helper()
	g := &ground{Ground: roomtest.Open(t, time.Date(2026, 5, 11, 2, 0, 0, 0, time.UTC), call.Collections())}
	g.Service = call.New(g.Room(), rules{})
	g.wang, g.sun = roomtest.Lives("wang", "王**", "c1"), roomtest.Lives("sun", "孙**", "c2")
	g.staff, g.secretary = roomtest.Works("li", "李社工", identity.RoleStaff, "c1", ""), roomtest.Works("zhang", "张书记", identity.RoleSecretary, "c1", "")
	return g
}

const day = 24 * time.Hour

// token is the token of a form that a test calls by a short name.
func token(name string) call.ID {
	digits := hex.EncodeToString([]byte(name))
	return call.ID(strings.Repeat("0", ids.Length-len(digits)) + digits)
}

func (g *ground) form(name string) call.Publish {
	return call.Publish{
		ID: token(name), Community: "c1", Title: "为老服务项目征集", Wanted: "给独居老人送餐、理发、陪聊，一年为期。", Preset: "chuangtou", Money: 200_000_00, ClosesAt: g.Clock.Now().Add(14 * day),
	}
}

func (g *ground) publish(id string) call.Call {
	g.T.Helper()
	c, err := g.PublishCall(g.T.Context(), g.secretary, g.form(id))
	roomtest.Must(g.T, err)
	return c
}

func TestACallIsPublishedOnce(t *testing.T) {
	t.Parallel()
	g := open(t)
	first, second := g.publish("a"), g.publish("a")
	if first.CreatedAt != second.CreatedAt || first.Rules != "公益创投" || first.State(g.Clock.Now()) != call.Open {
		t.Errorf("published %+v, then %+v", first, second)
	}
	if told := g.Events(call.Published); len(told) != 1 {
		t.Errorf("told %d times", len(told))
	}
	other := g.form("a")
	other.Title = "另一份"
	_, err := g.PublishCall(t.Context(), g.secretary, other)
	roomtest.Refused(t, err, "call.token_taken")
}

func TestWhoMayPublishAndRead(t *testing.T) {
	t.Parallel()
	g := open(t)
	for name, who := range map[string]identity.Actor{"resident": g.wang, "staff": g.staff, "neighbour": g.sun} {
		if _, err := g.PublishCall(t.Context(), who, g.form(name)); err == nil {
			t.Errorf("a %s has published a call", name)
		}
	}
	c := g.publish("a")
	if _, err := g.Call(t.Context(), g.wang, c.ID); err != nil {
		t.Errorf("a resident does not read it: %v", err)
	}
	_, err := g.Call(t.Context(), g.sun, c.ID)
	roomtest.Refused(t, err, call.ErrNotFound.Code)
	if _, _, err := g.Calls(t.Context(), g.sun, "c1", ""); err == nil {
		t.Error("somebody from elsewhere lists them")
	}
	_, err = g.ExtendCall(t.Context(), g.staff, call.Extend{Call: c.ID, ClosesAt: c.ClosesAt.Add(day), Reason: "人少"})
	roomtest.Refused(t, err, identity.ErrDenied.Code)
	_, err = g.WithdrawCall(t.Context(), g.wang, c.ID, "不要了")
	roomtest.Refused(t, err, identity.ErrDenied.Code)
}

func TestFaultsOfACall(t *testing.T) {
	t.Parallel()
	g := open(t)
	now := g.Clock.Now()
	for name, tt := range map[string]struct {
		bend func(*call.Publish)
		code string
	}{
		"no title":         {func(c *call.Publish) { c.Title = " 　" }, "call.no_title"},
		"nothing wanted":   {func(c *call.Publish) { c.Wanted = "\n" }, "call.no_wanted"},
		"long title":       {func(c *call.Publish) { c.Title = strings.Repeat("征", call.MaxTitle+1) }, "call.too_long"},
		"long words":       {func(c *call.Publish) { c.Wanted = strings.Repeat("征", call.MaxWanted+1) }, "call.too_long"},
		"negative money":   {func(c *call.Publish) { c.Money = -1 }, "call.bad_money"},
		"absurd money":     {func(c *call.Publish) { c.Money = call.MaxMoney + 1 }, "call.bad_money"},
		"no preset":        {func(c *call.Publish) { c.Preset = "" }, "call.no_preset"},
		"unknown preset":   {func(c *call.Publish) { c.Preset = "dianti" }, "call.no_preset"},
		"no closing":       {func(c *call.Publish) { c.ClosesAt = time.Time{} }, "call.too_soon"},
		"closes in a hour": {func(c *call.Publish) { c.ClosesAt = now.Add(time.Hour) }, "call.too_soon"},
		"closes in years":  {func(c *call.Publish) { c.ClosesAt = now.Add(call.MaxOpen + time.Second) }, "call.too_late"},
		"no token":         {func(c *call.Publish) { c.ID = "" }, ""},
	} {
		form := g.form("bent")
		tt.bend(&form)
		_, err := g.PublishCall(t.Context(), g.secretary, form)
		switch {
		case err == nil:
			t.Errorf("%s: published", name)
		case tt.code != "":
			roomtest.Refused(t, err, tt.code)
		}
	}
	if n := len(g.Events(call.Published)); n != 0 {
		t.Errorf("%d were published", n)
	}
	for name, edge := range map[string]time.Duration{"least": call.MinOpen, "most": call.MaxOpen} {
		form := g.form(name)
		form.ClosesAt = now.Add(edge)
		_, err := g.PublishCall(t.Context(), g.secretary, form)
		roomtest.Must(t, err)
	}
}

func TestMoreTimeAndTakingBack(t *testing.T) {
	t.Parallel()
	g := open(t)
	ctx, c := t.Context(), g.publish("a")
	later := c.ClosesAt.Add(7 * day)
	_, err := g.ExtendCall(ctx, g.secretary, call.Extend{Call: c.ID, ClosesAt: later})
	roomtest.Refused(t, err, "call.no_reason")
	for _, to := range []time.Time{c.ClosesAt, c.ClosesAt.Add(-time.Second), {}} {
		_, err := g.ExtendCall(ctx, g.secretary, call.Extend{Call: c.ID, ClosesAt: to, Reason: "早点结束"})
		roomtest.Refused(t, err, "call.not_later")
	}
	for range 2 { // a double tap is one extension
		x, err := g.ExtendCall(ctx, g.secretary, call.Extend{Call: c.ID, ClosesAt: later, Reason: "节日多，申报的少"})
		if err != nil || !x.ClosesAt.Equal(later) || len(x.Extensions) != 1 || !x.Extensions[0].From.Equal(c.ClosesAt) {
			t.Fatalf("extended to %v with %d extensions, %v", x.ClosesAt, len(x.Extensions), err)
		}
	}
	g.Clock.Set(later)
	_, err = g.ExtendCall(ctx, g.secretary, call.Extend{Call: c.ID, ClosesAt: later.Add(day), Reason: "晚了"})
	roomtest.Refused(t, err, call.ErrOver.Code)
	_, err = g.WithdrawCall(ctx, g.secretary, c.ID, "晚了")
	roomtest.Refused(t, err, call.ErrOver.Code)

	b := g.publish("b")
	for range 2 {
		x, err := g.WithdrawCall(ctx, g.secretary, b.ID, "钱没有批下来")
		if err != nil || x.State(g.Clock.Now()) != call.Withdrawn || x.Reason != "钱没有批下来" {
			t.Fatalf("withdrawn: %+v, %v", x, err)
		}
	}
	if n := len(g.Events(call.TakenBack)); n != 1 {
		t.Errorf("taken back %d times", n)
	}
	_, err = g.ExtendCall(ctx, g.secretary, call.Extend{Call: b.ID, ClosesAt: b.ClosesAt.Add(day), Reason: "又有钱了"})
	roomtest.Refused(t, err, call.ErrOver.Code)
}

func TestRunningAreThoseThatTakeProposals(t *testing.T) {
	t.Parallel()
	g := open(t)
	a := g.publish("a")
	long := g.form("b")
	long.ClosesAt = a.ClosesAt.Add(day)
	_, err := g.PublishCall(t.Context(), g.secretary, long)
	roomtest.Must(t, err)
	g.publish("c")
	_, err = g.WithdrawCall(t.Context(), g.secretary, token("c"), "写错了")
	roomtest.Must(t, err)
	want := func(names ...string) {
		t.Helper()
		found, err := g.Running(t.Context(), g.wang, "c1")
		roomtest.Must(t, err)
		if len(found) != len(names) {
			t.Fatalf("%d run, want %v", len(found), names)
		}
		for i, c := range found {
			if c.ID != token(names[i]) {
				t.Errorf("%s runs in place %d, want %s", c.ID, i, names[i])
			}
		}
	}
	want("a", "b")
	g.Clock.Set(a.ClosesAt.Add(-time.Millisecond))
	want("a", "b")
	g.Clock.Set(a.ClosesAt)
	want("b")
	all, _, err := g.Calls(t.Context(), g.wang, "c1", "")
	if err != nil || len(all) != 3 || all[0].ID != token("b") {
		t.Errorf("the list has %d, %v", len(all), err)
	}
}

var by = deliberation.Author{Account: "zhang"}

// TestTimeIsOnlyEverGiven: whatever is tried in whatever order, the close never moves back, and nothing changes once a call is over.
func TestTimeIsOnlyEverGiven(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		start := time.Date(2026, 5, 11, 2, 0, 0, 0, time.UTC)
		c := call.Call{ClosesAt: start.Add(10 * day), Money: money.Fen(rapid.Int64Range(0, int64(call.MaxMoney)).Draw(r, "money"))}
		now := start
		for range rapid.IntRange(1, 30).Draw(r, "steps") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(5*day)).Draw(r, "wait")))
			before, state := c.ClosesAt, c.State(now)
			var err error
			if rapid.IntRange(0, 5).Draw(r, "what") == 0 {
				_, err = c.Withdraw("收回", by, now)
			} else {
				_, err = c.Extend(now.Add(time.Duration(rapid.Int64Range(int64(-5*day), int64(400*day)).Draw(r, "to"))), "延期", by, now)
			}
			if c.ClosesAt.Before(before) || c.ClosesAt.After(now.Add(call.MaxOpen)) && c.ClosesAt != before {
				r.Fatalf("the close moved from %v to %v at %v", before, c.ClosesAt, now)
			}
			if state != call.Open && (err == nil || c.ClosesAt != before || c.State(now) != state) {
				r.Fatalf("a call that was %s has changed: %v", state, err)
			}
			if len(c.Extensions) > call.MaxExtensions {
				r.Fatalf("%d extensions", len(c.Extensions))
			}
		}
	})
}
