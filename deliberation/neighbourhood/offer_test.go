package neighbourhood_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"jushou/deliberation/neighbourhood"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// TestTheMachineOfAnOffer walks every cell of the table.
func TestTheMachineOfAnOffer(t *testing.T) {
	t.Parallel()
	want := map[neighbourhood.Status]string{
		"held": "withdraw hide release", "open": "answer promise renew withdraw report hide", "promised": "back done withdraw report hide",
		"done": "thank report hide", "thanked": "thank report hide", "expired": "renew report hide", "withdrawn": "", "hidden": "release",
	}
	for _, s := range neighbourhood.Statuses() {
		var got []byte
		for _, m := range neighbourhood.Moves() {
			if s.Allows(m) {
				got = append(append(got, ' '), m...)
			}
		}
		if string(got) != " "+want[s] && string(got) != want[s] {
			t.Errorf("%s allows%s, want %s", s, got, want[s])
		}
	}
}

func TestAnOfferIsAnsweredPromisedDoneAndThanked(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	o := l.hang()
	x, y := l.answer(l.zhao, o.ID), l.answer(l.sun, o.ID)
	talks, err := l.Answers(ctx, l.wang, o.ID)
	must(t, err)
	if len(talks) != 2 {
		t.Fatalf("%d talks", len(talks))
	}
	_, err = l.PromiseOffer(ctx, l.zhao, o.ID, x.ID)
	refused(t, err, neighbourhood.ErrNotYours)
	_, err = l.FinishOffer(ctx, l.wang, o.ID)
	refused(t, err, neighbourhood.ErrState)
	_, err = l.PromiseOffer(ctx, l.wang, o.ID, x.ID)
	must(t, err)
	_, err = l.FinishOffer(ctx, l.sun, o.ID)
	refused(t, err, neighbourhood.ErrNotYours)
	_, err = l.BackOffer(ctx, l.zhao, o.ID, "尺寸不合适")
	must(t, err)
	_, err = l.PromiseOffer(ctx, l.wang, o.ID, y.ID)
	must(t, err)
	_, err = l.FinishOffer(ctx, l.sun, o.ID)
	must(t, err)
	_, err = l.ThankOffer(ctx, l.sun, o.ID, "谢谢王阿姨，孩子很喜欢")
	must(t, err)
	_, err = l.ThankOffer(ctx, l.sun, o.ID, "再谢一次")
	must(t, err)
	got, err := l.Thanked(ctx, l.qian, "c1", "")
	must(t, err)
	if len(got.Items) != 1 || len(got.Items[0].Thanks) != 1 || got.Items[0].Thanks[0].Name != "孙**" || got.Items[0].Thanks[0].By != "" {
		t.Errorf("thanked %+v", got.Items)
	}
	if shown, err := l.Offers(ctx, l.qian, "c1", "", ""); err != nil || len(shown.Items) != 0 {
		t.Errorf("still hanging: %+v, %v", shown, err)
	}
}

// TestTwoPromisesAtOnce lets the same owner promise one thing to two neighbours from two phones.
func TestTwoPromisesAtOnce(t *testing.T) {
	t.Parallel()
	l := setup(t)
	o := l.hang()
	x, y := l.answer(l.zhao, o.ID), l.answer(l.sun, o.ID)
	promise := func(id neighbourhood.ExchangeID) func() error {
		return func() error { _, err := l.PromiseOffer(t.Context(), l.wang, o.ID, id); return err }
	}
	a, b := atOnce(promise(x.ID), promise(y.ID))
	if (a == nil) == (b == nil) || !errors.Is(errors.Join(a, b), neighbourhood.ErrState) {
		t.Errorf("promised %v and %v", a, b)
	}
	if n := l.events(neighbourhood.OfferPromised); n != 1 {
		t.Errorf("%d promises", n)
	}
}

func TestAnOfferEndsAtItsInstant(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	o := l.hang()
	l.clock.Set(o.Until.Add(-time.Millisecond))
	x := l.answer(l.zhao, o.ID)
	l.clock.Set(o.Until)
	_, err := l.AnswerOffer(ctx, l.sun, neighbourhood.AnswerOffer{ID: l.token(), Offer: o.ID, Text: "还在吗"})
	refused(t, err, neighbourhood.ErrOver)
	_, err = l.PromiseOffer(ctx, l.wang, o.ID, x.ID)
	refused(t, err, neighbourhood.ErrOver)
	if shown, err := l.Offers(ctx, l.zhao, "c1", "", ""); err != nil || len(shown.Items) != 0 {
		t.Errorf("before the sweep it hangs still: %v, %v", shown.Items, err)
	}
	// The sweep was down since before the question: it asks nothing any more, and records the true end.
	if n := l.sweep(); n != 1 || l.events(neighbourhood.OfferAsked) != 0 || l.events(neighbourhood.OfferExpired) != 1 {
		t.Errorf("swept %d", n)
	}
	got, err := l.Offer(ctx, l.wang, o.ID)
	must(t, err)
	if last := got.History[len(got.History)-1]; !last.At.Equal(o.Until) || got.State != neighbourhood.Expired {
		t.Errorf("recorded %+v in %s", last, got.State)
	}
	_, err = l.RenewOffer(ctx, l.wang, o.ID, l.clock.Now().Add(48*time.Hour))
	must(t, err)
	l.answer(l.sun, o.ID)
}

func TestItIsAskedOnceWhetherAnOfferStillStands(t *testing.T) {
	t.Parallel()
	l := setup(t)
	o := l.hang()
	for _, step := range []struct {
		at          time.Time
		asked, over int
	}{
		{o.Until.Add(-24*time.Hour - time.Millisecond), 0, 0}, {o.Until.Add(-24 * time.Hour), 1, 0}, {o.Until.Add(-time.Hour), 1, 0},
		{o.Until.Add(-time.Millisecond), 1, 0}, {o.Until, 1, 1}, {o.Until.Add(time.Hour), 1, 1},
	} {
		l.clock.Set(step.at)
		l.sweep()
		l.sweep()
		if a, e := l.events(neighbourhood.OfferAsked), l.events(neighbourhood.OfferExpired); a != step.asked || e != step.over {
			t.Errorf("%s: asked %d, expired %d", step.at, a, e)
		}
	}
}

func TestWhomAnOfferReaches(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	everybody := map[string]identity.Actor{"zhao": l.zhao, "sun": l.sun, "qian": l.qian, "wu": l.elsewhere, "li": l.staff, "wang": l.wang}
	for reach, want := range map[neighbourhood.Reach][]string{
		neighbourhood.ReachBuilding: {"li", "wang", "zhao"}, neighbourhood.ReachEstate: {"li", "sun", "wang", "zhao"},
		neighbourhood.ReachCommunity: {"li", "qian", "sun", "wang", "zhao"},
	} {
		cmd := l.bicycle()
		cmd.Reach = reach
		o, err := l.PostOffer(ctx, l.wang, cmd)
		must(t, err)
		var got []string
		for name, who := range everybody {
			_, err := l.Offer(ctx, who, o.ID)
			page, _ := l.Offers(ctx, who, "c1", neighbourhood.Give, "")
			listed := slices.ContainsFunc(page.Items, func(v neighbourhood.OfferView) bool { return v.ID == o.ID })
			if listed != (err == nil) {
				t.Errorf("%s: %s reads it %v and is listed it %v", reach, name, err, listed)
			}
			if err == nil {
				got = append(got, name)
			}
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s reaches %v, want %v", reach, got, want)
		}
	}
	_, err := l.Offers(ctx, l.elsewhere, "c1", "", "")
	refused(t, err, identity.ErrVerify)
	cmd := l.bicycle()
	cmd.Community = "c2"
	_, err = l.PostOffer(ctx, l.wang, cmd)
	refused(t, err, identity.ErrVerify)
}

func TestWhatAnOfferMayNotSay(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	post := func(change func(*neighbourhood.PostOffer)) (neighbourhood.Offer, error) {
		cmd := l.bicycle()
		change(&cmd)
		return l.PostOffer(ctx, l.wang, cmd)
	}
	_, err := post(func(c *neighbourhood.PostOffer) { c.Body = "自行车 50 元拿走" })
	refused(t, err, neighbourhood.ErrMoney)
	_, err = post(func(c *neighbourhood.PostOffer) {
		c.Kind, c.Side, c.Body = neighbourhood.Lost, neighbourhood.Needs, "丢了钱包，里面有 50 元"
	})
	must(t, err)
	_, err = post(func(c *neighbourhood.PostOffer) { c.Body = "找我 13812345678" })
	refused(t, err, neighbourhood.ErrNumber)
	if _, err = post(func(c *neighbourhood.PostOffer) { c.Until = l.clock.Now().Add(31 * 24 * time.Hour) }); err == nil {
		t.Error("it may hang for ever")
	}
	held, err := post(func(c *neighbourhood.PostOffer) { c.Body = "本人代开发票" })
	must(t, err)
	if _, err := l.Offer(ctx, l.zhao, held.ID); held.Status != neighbourhood.Held || !errors.Is(err, neighbourhood.ErrNotFound) {
		t.Errorf("%s is read by a neighbour: %v", held.Status, err)
	}
	_, err = l.TendOffer(ctx, l.staff, neighbourhood.TendOffer{Offer: held.ID, Do: "hide", Reason: "广告"})
	must(t, err)
}

func TestADayHasAnEnd(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	first := l.bicycle()
	for range neighbourhood.OffersADay {
		_, err := l.PostOffer(ctx, l.wang, first)
		must(t, err)
		_, err = l.PostOffer(ctx, l.wang, first) // the same form again is the same offer
		must(t, err)
		first = l.bicycle()
	}
	_, err := l.PostOffer(ctx, l.wang, first)
	refused(t, err, neighbourhood.ErrEnough)
	l.clock.Advance(24 * time.Hour)
	_, err = l.PostOffer(ctx, l.wang, l.bicycle())
	must(t, err)
	stolen := l.bicycle()
	_, err = l.PostOffer(ctx, l.zhao, stolen)
	must(t, err)
	_, err = l.PostOffer(ctx, l.wang, stolen)
	refused(t, err, neighbourhood.ErrTaken)
}

func TestADeletedAccountLeavesNoName(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	o := l.hang()
	x := l.answer(l.zhao, o.ID)
	_, err := l.PromiseOffer(ctx, l.wang, o.ID, x.ID)
	must(t, err)
	gone := docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "zhao"}}
	must(t, l.Forget(ctx, gone))
	must(t, l.Forget(ctx, gone))
	v, err := l.Offer(ctx, l.wang, o.ID)
	must(t, err)
	talk, err := l.Exchange(ctx, l.wang, x.ID)
	must(t, err)
	if v.State != neighbourhood.Open || v.Promised != nil || talk.Other.Name != identity.ErasedName || talk.Words[0].Text != "" || talk.MaySay {
		t.Errorf("left: %+v, %+v", v.Offer, talk.Exchange)
	}
}
