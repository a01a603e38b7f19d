package moderation_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestReportsRaiseACaseAndHideNothing(t *testing.T) {
	t.Parallel()
	h := setup(t)
	topic := h.post(h.wang, "晾衣架装在哪里")
	first := h.say(h.zhao, topic, "装在楼顶")
	h.clock.Advance(time.Minute)
	second := h.say(h.wang, topic, "滚远点，别来烦我")
	must(t, h.report(h.wang, first, moderation.WhyFalse))
	h.clock.Advance(time.Minute)
	for range 3 {
		must(t, h.report(h.zhao, second, moderation.WhyAbuse)) // one person, one report
	}
	if q := h.queue(h.li, "c1"); len(q) != 2 || q[0].Thing.Ref != first || len(q[1].Case.Waiting()) != 1 {
		t.Fatalf("the oldest is not first: %+v", q)
	}
	must(t, h.report(h.sun, second, moderation.WhyAbuse))
	must(t, h.report(h.liu, second, moderation.WhyAbuse))
	q := h.queue(h.li, "c1")
	if q[0].Thing.Ref != second || !q[0].Case.Raised() || !h.shown(second) {
		t.Errorf("three agree: %+v, shown %v", q[0].Case, h.shown(second))
	}
	for _, r := range q[0].Case.Reports {
		if r.By != "" {
			t.Errorf("a moderator learns who reported: %v", r)
		}
	}
	events := h.events(moderation.EventReported)
	told := 0
	for _, e := range events {
		data, err := deliberation.Decode[moderation.Reported](e)
		must(t, err)
		if strings.Contains(e.Actor, "zhao") || strings.Contains(string(e.Data), "zhao") || strings.Contains(string(e.Data), "liu") {
			t.Errorf("the feed says who reported: %s %s", e.Actor, e.Data)
		}
		if data.First || data.Raised {
			told++
		}
	}
	if len(events) != 4 || told != 3 {
		t.Errorf("%d reports, of which %d are told", len(events), told)
	}
	must(t, h.decide(h.li, q[0], moderation.Show, ""))
	if rest := h.queue(h.li, "c1"); len(rest) != 1 || rest[0].Thing.Ref != first || !h.shown(second) {
		t.Errorf("left as it is, and still waits: %+v", rest)
	}
}

func TestWhoReportsWhat(t *testing.T) {
	t.Parallel()
	h := setup(t)
	topic := h.post(h.wang, "晾衣架装在哪里")
	said := h.say(h.zhao, topic, "装在楼顶")
	held := h.say(h.sun, topic, "代开发票")
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"one's own":               {h.report(h.zhao, said, moderation.WhyFalse), "moderation.own_report"},
		"from another community":  {h.report(h.elsewhere, said, moderation.WhyFalse), "identity.verify_first"},
		"by nobody":               {h.report(identity.Actor{}, said, moderation.WhyFalse), "identity.sign_in"},
		"for no reason":           {h.report(h.wang, said, "boring"), "moderation.bad_reason"},
		"for another, unsaid":     {h.report(h.wang, said, moderation.WhyOther), "moderation.words_needed"},
		"what is not shown":       {h.report(h.wang, held, moderation.WhyAdvert), "moderation.no_such_thing"},
		"what does not exist":     {h.report(h.wang, moderation.Ref{Kind: moderation.KindComment, ID: "nothing"}, moderation.WhyAdvert), "moderation.no_such_thing"},
		"what nobody knows":       {h.report(h.wang, moderation.Ref{Kind: "person", ID: said.ID}, moderation.WhyAdvert), "moderation.no_such_thing"},
		"with too many words":     {h.Report(t.Context(), h.wang, moderation.MakeReport{Ref: said, Why: moderation.WhyOther, Words: strings.Repeat("长", 301)}), "moderation.words_too_long"},
		"a forged decision":       {h.decide(h.wang, moderation.Item{Thing: moderation.Thing{Ref: said}}, moderation.Hide, "x"), "identity.denied"},
		"a decision from outside": {h.decide(h.foreign, moderation.Item{Thing: moderation.Thing{Ref: said}}, moderation.Hide, "x"), "identity.denied"},
	} {
		if fault.CodeOf(c.err) != c.want {
			t.Errorf("%s: %v, want %s", name, c.err, c.want)
		}
	}
	if _, err := h.Queue(t.Context(), h.foreign, "c1", ""); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("a queue of another community: %v", err)
	}
}

// TestAnAppealKeepsItsAnswerHoweverQuickTheRelayIs has the thing followed before the decision is written down.
func TestAnAppealKeepsItsAnswerHoweverQuickTheRelayIs(t *testing.T) {
	t.Parallel()
	h := setup(t)
	h.quick = true
	said := h.say(h.zhao, h.post(h.wang, "晾衣架装在哪里"), "装在楼顶")
	_, err := h.topics.HideComment(t.Context(), h.li, deliberation.HideComment{Comment: deliberation.CommentID(said.ID), Reason: "跑题"})
	must(t, err)
	h.follow()
	_, err = h.Appeal(t.Context(), h.zhao, moderation.MakeAppeal{Ref: said, Words: "我说的正是这件事"})
	must(t, err)
	must(t, h.decide(h.qian, h.item(h.qian, said), moderation.Show, "没有跑题"))
	_, own, err := h.OwnAppeal(t.Context(), h.zhao, said)
	if err != nil || own == nil || !own.Granted || own.Answer != "没有跑题" || own.Name == "" {
		t.Errorf("its author reads %+v, %v", own, err)
	}
	data, err := deliberation.Decode[moderation.Decided](h.events(moderation.EventDecided)[0])
	if err != nil || data.Author != "zhao" || !data.Granted {
		t.Errorf("told: %+v, %v", data, err)
	}
}

func TestAnAppealIsDecidedByAnotherPerson(t *testing.T) {
	t.Parallel()
	h := setup(t)
	ctx := t.Context()
	said := h.say(h.zhao, h.post(h.wang, "晾衣架装在哪里"), "装在楼顶")
	appeal := func(a identity.Actor, words string) (moderation.Appeal, error) {
		return h.Appeal(ctx, a, moderation.MakeAppeal{Ref: said, Words: words})
	}
	if _, err := appeal(h.zhao, "为什么"); !errors.Is(err, moderation.ErrGone) {
		t.Errorf("against nothing: %v", err)
	}
	_, err := h.topics.HideComment(ctx, h.li, deliberation.HideComment{Comment: deliberation.CommentID(said.ID), Reason: "跑题"})
	must(t, err)
	h.follow()
	if _, err := appeal(h.sun, "放出来"); fault.CodeOf(err) != "moderation.no_such_thing" {
		t.Errorf("for somebody else: %v", err)
	}
	for range 2 { // a double tap
		a, err := appeal(h.zhao, "我说的正是这件事")
		if err != nil || a.ToTown || a.Moderator != "li" {
			t.Fatalf("%+v, %v", a, err)
		}
	}
	if _, err := appeal(h.zhao, "再说一次"); !errors.Is(err, moderation.ErrAppealed) {
		t.Errorf("a second one: %v", err)
	}
	i := h.item(h.li, said)
	if !errors.Is(i.Barred, moderation.ErrOwnDecision) || h.item(h.qian, said).Barred != nil {
		t.Errorf("who may decide: %v", i.Barred)
	}
	if err := h.decide(h.li, i, moderation.Hide, "还是跑题"); !errors.Is(err, moderation.ErrOwnDecision) {
		t.Errorf("a moderator appealed to herself: %v", err)
	}
	if err := h.decide(h.qian, i, moderation.Hide, ""); fault.CodeOf(err) != "moderation.reason_needed" {
		t.Errorf("turned down without a word: %v", err)
	}
	must(t, h.decide(h.qian, i, moderation.Show, "没有跑题"))
	if !h.shown(said) || len(h.queue(h.qian, "c1")) != 0 {
		t.Error("granted, and not shown")
	}
	_, own, err := h.OwnAppeal(ctx, h.zhao, said)
	if err != nil || own == nil || !own.Granted || own.Answer != "没有跑题" || own.Moderator != "" {
		t.Errorf("its author reads %+v, %v", own, err)
	}
	data, err := deliberation.Decode[moderation.Decided](h.events(moderation.EventDecided)[0])
	if err != nil || data.Author != "zhao" || !data.Granted {
		t.Errorf("told: %+v, %v", data, err)
	}
	h.clock.Advance(time.Hour)
	_, err = h.topics.HideComment(ctx, h.qian, deliberation.HideComment{Comment: deliberation.CommentID(said.ID), Reason: "有人投诉"})
	must(t, err)
	if _, err := appeal(h.zhao, "怎么又隐藏"); err != nil {
		t.Errorf("against a new decision: %v", err)
	}
	must(t, h.decide(h.li, h.item(h.li, said), moderation.Hide, "这次确实不合适"))
	if _, err := appeal(h.zhao, "不服"); !errors.Is(err, moderation.ErrAppealed) {
		t.Errorf("after it was turned down: %v", err)
	}
}

func TestWhereNobodyElseIsLeftTheTownDecides(t *testing.T) {
	t.Parallel()
	h := setup(t)
	delete(h.staff, identity.RoleSecretary)
	h.staff[identity.RoleStaff] = []identity.AccountID{"li"}
	topic := h.post(h.wang, "晾衣架装在哪里")
	_, err := h.topics.HideTopic(t.Context(), h.li, deliberation.HideTopic{Topic: deliberation.TopicID(topic.ID), Reason: "重复"})
	must(t, err)
	h.follow()
	a, err := h.Appeal(t.Context(), h.wang, moderation.MakeAppeal{Ref: topic, Words: "不是重复"})
	if err != nil || !a.ToTown {
		t.Fatalf("%+v, %v", a, err)
	}
	q := h.queue(h.town, "t")
	if len(q) != 1 || q[0].Thing.Ref != topic {
		t.Fatalf("the town has %d", len(q))
	}
	if n, err := h.Count(t.Context(), h.town, "t"); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	must(t, h.decide(h.town, q[0], moderation.Show, "确实不是"))
	if v, err := h.topics.Topic(t.Context(), h.sun, deliberation.TopicID(topic.ID)); err != nil || v.Masked {
		t.Errorf("%+v, %v", v.Status, err)
	}
}

func TestAStaleDecisionIsToldWhatChanged(t *testing.T) {
	t.Parallel()
	h := setup(t)
	said := h.say(h.zhao, h.post(h.wang, "晾衣架装在哪里"), "代开发票")
	i := h.item(h.li, said)
	if !i.Case.Held || len(i.Thing.Findings) != 1 || i.Thing.Findings[0].Category != deliberation.FoundAdvert {
		t.Fatalf("held: %+v", i)
	}
	h.clock.Advance(time.Second)
	_, err := h.topics.EditComment(t.Context(), h.zhao, deliberation.EditComment{Comment: deliberation.CommentID(said.ID), Body: "赌球平台"})
	must(t, err)
	if err := h.decide(h.li, i, moderation.Show, ""); fault.CodeOf(err) != "moderation.stale_text" {
		t.Errorf("of another text: %v", err)
	}
	i = h.item(h.li, said)
	must(t, h.decide(h.qian, i, moderation.Show, ""))
	err = h.decide(h.li, i, moderation.Hide, "赌博")
	if f := fault.All(err); fault.CodeOf(err) != "moderation.stale_decided" || f[0].Args["who"] != "钱社工" {
		t.Errorf("a colleague was first: %v", err)
	}
	must(t, h.report(h.sun, said, moderation.WhyAdvert))
	i = h.item(h.li, said)
	must(t, h.report(h.liu, said, moderation.WhyFraud))
	if err := h.decide(h.li, i, moderation.Show, ""); fault.CodeOf(err) != "moderation.stale_more" {
		t.Errorf("one more has reported: %v", err)
	}
	_, err = h.topics.WithdrawComment(t.Context(), h.zhao, deliberation.CommentID(said.ID))
	must(t, err)
	h.follow()
	if len(h.queue(h.li, "c1")) != 0 {
		t.Error("what is withdrawn waits")
	}
	if err := h.decide(h.li, i, moderation.Hide, "赌博"); !errors.Is(err, moderation.ErrGone) {
		t.Errorf("about nothing: %v", err)
	}
}

func TestOfTwoModeratorsAtOnceOneDecides(t *testing.T) {
	t.Parallel()
	for name, whats := range map[string][2]moderation.What{
		"against each other": {moderation.Show, moderation.Hide}, "both leave it": {moderation.Show, moderation.Show},
	} {
		h := setup(t)
		said := h.say(h.zhao, h.post(h.wang, "晾衣架装在哪里"), "装在楼顶")
		if name == "against each other" {
			said = h.say(h.zhao, h.post(h.wang, "别的事"), "代开发票")
		} else {
			must(t, h.report(h.sun, said, moderation.WhyFalse))
		}
		i := h.item(h.li, said)
		h.clock.Advance(time.Second)
		faults := make([]error, 2)
		var both sync.WaitGroup
		for k, a := range []identity.Actor{h.li, h.qian} {
			both.Go(func() {
				_, faults[k] = h.Decide(t.Context(), a, moderation.Decide{
					Ref: said, Revision: i.Case.Revision, Seen: i.Thing.Seen, What: whats[k], Reason: "看过了",
				})
			})
		}
		both.Wait()
		if (faults[0] == nil) == (faults[1] == nil) {
			t.Errorf("%s: %v and %v", name, faults[0], faults[1])
		}
		if n := len(h.events(moderation.EventDecided)); n != 1 {
			t.Errorf("%s: %d decisions", name, n)
		}
	}
}

func TestABulkDecisionShowsFirstWhatItWillDo(t *testing.T) {
	t.Parallel()
	h := setup(t)
	topic := h.post(h.wang, "晾衣架装在哪里")
	for i, a := range []identity.Actor{h.zhao, h.sun, h.liu} {
		h.clock.Advance(time.Second)
		h.say(a, topic, fmt.Sprintf("代开发票 %d", i))
	}
	b := moderation.Bulk{What: moderation.Hide, Reason: "广告"}
	for _, i := range h.queue(h.li, "c1") {
		b.Picks = append(b.Picks, moderation.Pick{Ref: i.Thing.Ref, Revision: i.Case.Revision, Seen: i.Thing.Seen})
	}
	must(t, h.decide(h.qian, h.item(h.qian, b.Picks[1].Ref), moderation.Show, ""))
	before := len(h.events())
	preview, err := h.Preview(t.Context(), h.li, b)
	if err != nil || len(preview) != 3 || !preview[0].Changes || fault.CodeOf(preview[1].Err) != "moderation.stale_decided" || !preview[2].Changes {
		t.Fatalf("%+v, %v", preview, err)
	}
	if len(h.events()) != before {
		t.Error("looking has changed something")
	}
	done, err := h.DecideAll(t.Context(), h.li, b)
	if err != nil || done[0].Err != nil || done[1].Err == nil || done[2].Err != nil {
		t.Errorf("%+v, %v", done, err)
	}
	if h.shown(b.Picks[0].Ref) || !h.shown(b.Picks[1].Ref) || h.shown(b.Picks[2].Ref) {
		t.Error("the decision reached the wrong ones")
	}
	for _, n := range []int{0, moderation.MaxBulk + 1} {
		if _, err := h.Preview(t.Context(), h.li, moderation.Bulk{What: moderation.Hide, Picks: make([]moderation.Pick, n)}); fault.CodeOf(err) != "moderation.too_many" {
			t.Errorf("%d at once: %v", n, err)
		}
	}
}

func TestADecisionAtTheTopicsOwnPageClosesTheCase(t *testing.T) {
	t.Parallel()
	h := setup(t)
	ctx := t.Context()
	topic := h.post(h.wang, "代开发票")
	if i := h.item(h.li, topic); !i.Case.Held || i.Thing.ModeratedBy != "" {
		t.Fatalf("%+v", i)
	}
	_, err := h.topics.ReleaseTopic(ctx, h.li, deliberation.ReleaseTopic{Topic: deliberation.TopicID(topic.ID)})
	must(t, err)
	h.follow()
	if len(h.queue(h.li, "c1")) != 0 {
		t.Error("released, and still waits")
	}
	must(t, h.report(h.sun, topic, moderation.WhyAdvert))
	_, err = h.topics.HideTopic(ctx, h.qian, deliberation.HideTopic{Topic: deliberation.TopicID(topic.ID), Reason: "广告"})
	must(t, err)
	h.follow()
	if len(h.queue(h.li, "c1")) != 0 {
		t.Error("hidden, and the report still waits")
	}
	own := h.post(h.li, "我也说一件事")
	must(t, h.report(h.sun, own, moderation.WhyFalse))
	if i := h.item(h.li, own); !errors.Is(i.Barred, deliberation.ErrOwnAffair) {
		t.Errorf("a moderator decides about her own words: %v", i.Barred)
	}
}
