package neighbourhood_test

import (
	"slices"
	"testing"

	"jushou/deliberation/neighbourhood"
	"jushou/internal/identity"
)

func TestATalkIsReadByTheTwoAlone(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	o := l.hang()
	x := l.answer(l.zhao, o.ID)
	for _, who := range []identity.Actor{l.sun, l.elsewhere, l.staff, l.branch} {
		_, err := l.Exchange(ctx, who, x.ID)
		refused(t, err, neighbourhood.ErrNotFound)
		_, err = l.Say(ctx, who, neighbourhood.Say{ID: l.token(), Exchange: x.ID, Text: "让我看看"})
		refused(t, err, neighbourhood.ErrNotFound)
	}
	_, err := l.Exchange(ctx, identity.Actor{}, x.ID)
	refused(t, err, identity.ErrSignIn)
	_, err = l.ReadReported(ctx, l.staff, "c1", x.ID, "随便看看")
	refused(t, err, neighbourhood.ErrNotReported)
	if len(l.phone.looks) != 0 {
		t.Errorf("looks %v at what was not shown", l.phone.looks)
	}
	_, err = l.ReportExchange(ctx, l.wang, x.ID, "说话难听")
	must(t, err)
	_, err = l.ReadReported(ctx, l.staff, "c2", x.ID, "核对举报")
	refused(t, err, identity.ErrDenied)
	_, err = l.ReadReported(ctx, l.zhao, "c1", x.ID, "核对举报")
	refused(t, err, identity.ErrDenied)
	seen, err := l.ReadReported(ctx, l.staff, "c1", x.ID, "核对举报")
	must(t, err)
	if len(seen.Words) != 1 || !slices.Equal(l.phone.looks, []identity.AccountID{"wang", "zhao"}) {
		t.Errorf("read %+v, looks %v", seen.Words, l.phone.looks)
	}
	theirs, err := l.Exchange(ctx, l.zhao, x.ID)
	must(t, err)
	if len(theirs.Looks) != 1 || theirs.Looks[0].Name != "李社工" || theirs.Reports != nil {
		t.Errorf("the two see %+v and %+v", theirs.Looks, theirs.Reports)
	}
	_, err = l.JudgeExchange(ctx, l.staff, "c1", x.ID, true, "言语不当，已提醒")
	must(t, err)
	_, err = l.Say(ctx, l.zhao, neighbourhood.Say{ID: l.token(), Exchange: x.ID, Text: "还想说"})
	refused(t, err, neighbourhood.ErrClosed)
	_, err = l.ReadReported(ctx, l.staff, "c1", x.ID, "再看一次")
	refused(t, err, neighbourhood.ErrNotReported)
}

func TestANumberIsShownByItsOwnersActAlone(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	x := l.answer(l.zhao, l.hang().ID)
	see := func(who identity.Actor) string {
		v, err := l.Exchange(ctx, who, x.ID)
		must(t, err)
		return v.Number
	}
	_, err := l.HandNumber(ctx, l.zhao, x.ID, true)
	must(t, err)
	if got := see(l.wang) + "/" + see(l.zhao); got != "138-zhao/" {
		t.Errorf("after zhao's act: %s", got)
	}
	_, err = l.HandNumber(ctx, l.sun, x.ID, true)
	refused(t, err, neighbourhood.ErrNotFound)
	_, err = l.HandNumber(ctx, l.zhao, x.ID, false)
	must(t, err)
	if got := see(l.wang); got != "" {
		t.Errorf("taken back and still %s", got)
	}
	_, err = l.Say(ctx, l.wang, neighbourhood.Say{ID: l.token(), Exchange: x.ID, Text: "打 138 1234 5678"})
	refused(t, err, neighbourhood.ErrNumber)
	_, err = l.HandNumber(ctx, l.wang, x.ID, true)
	must(t, err)
	_, err = l.Block(ctx, l.wang, x.ID)
	must(t, err)
	if got := see(l.zhao); got != "" {
		t.Errorf("blocked and still %s", got)
	}
}

func TestABlockedPersonStaysAway(t *testing.T) {
	t.Parallel()
	l, ctx := setup(t), t.Context()
	first := l.hang()
	x := l.answer(l.zhao, first.ID)
	_, err := l.Block(ctx, l.wang, x.ID)
	must(t, err)
	_, err = l.Say(ctx, l.zhao, neighbourhood.Say{ID: l.token(), Exchange: x.ID, Text: "为什么"})
	refused(t, err, neighbourhood.ErrClosed)
	second := l.hang()
	_, err = l.AnswerOffer(ctx, l.zhao, neighbourhood.AnswerOffer{ID: l.token(), Offer: second.ID, Text: "这个呢"})
	refused(t, err, neighbourhood.ErrBlocked)
	cmd := l.bicycle()
	theirs, err := l.PostOffer(ctx, l.zhao, cmd)
	must(t, err)
	_, err = l.Offer(ctx, l.wang, theirs.ID)
	refused(t, err, neighbourhood.ErrNotFound)
	mine, err := l.Mine(ctx, l.wang)
	must(t, err)
	if len(mine.Blocked) != 1 || mine.Blocked[0].Account != "" {
		t.Fatalf("blocked %+v", mine.Blocked)
	}
	must(t, l.Unblock(ctx, l.wang, mine.Blocked[0].At))
	l.answer(l.zhao, second.ID)
}

// TestTheSameAnswerIsOneTalk sends one answer from two places at the same moment.
func TestTheSameAnswerIsOneTalk(t *testing.T) {
	t.Parallel()
	l := setup(t)
	o := l.hang()
	cmd := neighbourhood.AnswerOffer{ID: l.token(), Offer: o.ID, Text: "我要"}
	send := func() error { _, err := l.AnswerOffer(t.Context(), l.zhao, cmd); return err }
	a, b := atOnce(send, send)
	must(t, a)
	must(t, b)
	talks, err := l.Answers(t.Context(), l.wang, o.ID)
	must(t, err)
	x, err := l.Exchange(t.Context(), l.wang, talks[0].ID)
	must(t, err)
	if len(talks) != 1 || len(x.Words) != 1 {
		t.Errorf("%d talks, %d messages", len(talks), len(x.Words))
	}
}
