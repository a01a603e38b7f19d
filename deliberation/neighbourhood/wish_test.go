package neighbourhood_test

import (
	"strings"
	"testing"
	"time"

	"jushou/deliberation/neighbourhood"
)

// TestTheMachineOfAWish walks every cell of the table.
func TestTheMachineOfAWish(t *testing.T) {
	t.Parallel()
	want := map[neighbourhood.WishStatus]string{
		"clearing": "clear refuse withdraw", "hung": "adopt withdraw", "adopted": "back allow deliver fulfil withdraw", "fulfilled": "thank",
	}
	for _, s := range neighbourhood.WishStatuses() {
		var got []string
		for _, m := range neighbourhood.WishMoves() {
			if s.Allows(m) {
				got = append(got, string(m))
			}
		}
		if strings.Join(got, " ") != want[s] {
			t.Errorf("%s allows %v, want %s", s, got, want[s])
		}
	}
}

func TestAWishComesTrueWhenTheWisherSaysSo(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	w := l.wish(false)
	if err := l.adopt(l.wang, w.ID); err == nil {
		t.Error("adopted by the wisher")
	}
	must(t, l.adopt(l.zhao, w.ID))
	_, err := l.Contact(ctx, l.zhao, w.ID)
	refused(t, err, neighbourhood.ErrNotAllowed)
	step := func(do neighbourhood.WishMove) neighbourhood.StepWish {
		return neighbourhood.StepWish{Wish: w.ID, Do: do}
	}
	_, err = l.StepWish(ctx, l.zhao, step(neighbourhood.WishAllow))
	refused(t, err, neighbourhood.ErrNotYours)
	_, err = l.StepWish(ctx, l.wang, step(neighbourhood.WishAllow))
	must(t, err)
	c, err := l.Contact(ctx, l.zhao, w.ID)
	must(t, err)
	if c.Number != "138-wang" {
		t.Errorf("contact %+v", c)
	}
	_, err = l.Contact(ctx, l.sun, w.ID)
	refused(t, err, neighbourhood.ErrNotAllowed)
	_, err = l.StepWish(ctx, l.zhao, step(neighbourhood.WishFulfil))
	refused(t, err, neighbourhood.ErrNotYours)
	_, err = l.StepWish(ctx, l.staff, step(neighbourhood.WishFulfil))
	refused(t, err, neighbourhood.ErrNotYours) // staff speak only for somebody offline
	_, err = l.StepWish(ctx, l.zhao, step(neighbourhood.WishDeliver))
	must(t, err)
	_, err = l.StepWish(ctx, l.wang, step(neighbourhood.WishFulfil))
	must(t, err)
	_, err = l.Contact(ctx, l.zhao, w.ID)
	refused(t, err, neighbourhood.ErrNotAllowed)
	_, err = l.ThankWish(ctx, l.wang, w.ID, "谢谢小赵，我会挂号了")
	must(t, err)
	seen, err := l.Wish(ctx, l.qian, w.ID)
	must(t, err)
	told := seen.Wisher.Name + seen.Wish.Thanks.Name
	for _, e := range seen.History {
		told += e.Actor
	}
	if seen.State != neighbourhood.WishIsThanked || told != "" || seen.Wisher.Building != "3号楼" || seen.Pledge.By != "" || seen.Pledge.Name != "赵**" {
		t.Errorf("a neighbour sees %+v, told %q", seen.Wish, told)
	}
}

func TestTwoAdoptersAtOnce(t *testing.T) {
	t.Parallel()
	l := setup(t)
	w := l.wish(false)
	a, b := atOnce(func() error { return l.adopt(l.zhao, w.ID) }, func() error { return l.adopt(l.sun, w.ID) })
	if (a == nil) == (b == nil) || l.events(neighbourhood.WishAdopted) != 1 {
		t.Errorf("adopted %v and %v", a, b)
	}
}

func TestAPledgeThatIsOverGoesBackToTheTree(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	w := l.wish(false)
	must(t, l.adopt(l.zhao, w.ID))
	end := l.clock.Now().Add(5 * 24 * time.Hour)
	l.clock.Set(end.Add(-time.Hour))
	l.sweep()
	l.sweep()
	if n := l.events(neighbourhood.WishRemind); n != 1 {
		t.Errorf("%d reminders", n)
	}
	l.clock.Set(end.Add(-time.Millisecond))
	if err := l.adopt(l.sun, w.ID); err == nil {
		t.Error("adopted twice")
	}
	l.clock.Set(end)
	_, err := l.StepWish(ctx, l.zhao, neighbourhood.StepWish{Wish: w.ID, Do: neighbourhood.WishDeliver})
	refused(t, err, neighbourhood.ErrOver)
	must(t, l.adopt(l.sun, w.ID)) // nobody waits for the sweep
	got, err := l.Wish(ctx, l.sun, w.ID)
	must(t, err)
	back := got.History[len(got.History)-2]
	if back.What != neighbourhood.WishReturned || !back.At.Equal(end) || got.Pledge.By != "sun" {
		t.Errorf("history %+v", got.History)
	}
	_, err = l.StepWish(ctx, l.sun, neighbourhood.StepWish{Wish: w.ID, Do: neighbourhood.WishDeliver})
	must(t, err)
	l.clock.Advance(60 * 24 * time.Hour)
	l.sweep()
	if got, err := l.Wish(ctx, l.wang, w.ID); err != nil || got.State != neighbourhood.Adopted {
		t.Errorf("what was delivered waits for the wisher: %s, %v", got.State, err)
	}
}

func TestSomebodyVulnerableIsLookedAfterFirst(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	cmd := neighbourhood.HangWish{
		ID: neighbourhood.WishID(l.token()), Community: "c1", Show: neighbourhood.ShowMasked, Vulnerable: true, Body: "独居，想有人每周陪着下楼晒太阳",
		Until: l.clock.Now().Add(30 * 24 * time.Hour), For: &neighbourhood.ForOffline{Name: "许秀英", Building: "7号楼", Contact: "家里座机 56001234", Consent: "同"},
	}
	if _, err := l.HangWish(ctx, l.staff, cmd); err == nil {
		t.Error("hung without a word about consent")
	}
	cmd.For.Consent = "3月1日上门，本人口头同意"
	_, err := l.HangWish(ctx, l.wang, cmd)
	if err == nil {
		t.Error("a resident hangs for somebody else")
	}
	w, err := l.HangWish(ctx, l.staff, cmd)
	must(t, err)
	_, err = l.Wish(ctx, l.zhao, w.ID)
	refused(t, err, neighbourhood.ErrNotFound)
	if _, err := l.ClearWish(ctx, l.staff, w.ID, true, ""); err == nil {
		t.Error("cleared by who entered it")
	}
	_, err = l.ClearWish(ctx, l.colleague, w.ID, true, "")
	must(t, err)
	seen, err := l.Wish(ctx, l.zhao, w.ID)
	must(t, err)
	if seen.Wisher.Name != "许**" || seen.Offline.Name != "" || seen.Offline.Contact != "" || seen.Offline.Consent != "" || seen.Vulnerable {
		t.Errorf("a neighbour sees %+v %+v", seen.Wish, seen.Offline)
	}
	_, err = l.AdoptWish(ctx, l.branch, neighbourhood.AdoptWish{Wish: w.ID, As: neighbourhood.AsBranch, What: "每周三下午陪伴", Until: l.clock.Now().Add(72 * time.Hour)})
	must(t, err)
	_, err = l.StepWish(ctx, l.colleague, neighbourhood.StepWish{Wish: w.ID, Do: neighbourhood.WishAllow})
	must(t, err)
	c, err := l.Contact(ctx, l.branch, w.ID)
	must(t, err)
	if c.Name != "许秀英" || c.Number != "家里座机 56001234" {
		t.Errorf("contact %+v", c)
	}
	_, err = l.StepWish(ctx, l.staff, neighbourhood.StepWish{Wish: w.ID, Do: neighbourhood.WishFulfil})
	if err == nil {
		t.Error("fulfilled without saying how it is known")
	}
	_, err = l.StepWish(ctx, l.staff, neighbourhood.StepWish{Wish: w.ID, Do: neighbourhood.WishFulfil, Note: "电话问过阿婆，人已经来过"})
	must(t, err)
	if d, err := l.Desk(ctx, l.staff, "c1"); err != nil || len(d.Wishes) != 0 {
		t.Errorf("the desk still has %+v, %v", d.Wishes, err)
	}
}
