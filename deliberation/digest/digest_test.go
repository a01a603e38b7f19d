package digest_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestAPeriodIsDaysOfTheCommunity(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.begun()
	if !v.Since.Equal(at(1, 0)) || !v.Until.Equal(at(8, 0)) {
		t.Errorf("the first week is [%s, %s)", v.Since, v.Until)
	}
	before, first := w.post(w.wang, at(1, 0).Add(-time.Millisecond), "nearby", "前一天"), w.post(w.wang, at(1, 0), "nearby", "第一刻")
	last, after := w.post(w.wang, at(8, 0).Add(-time.Millisecond), "nearby", "最后一刻"), w.post(w.wang, at(8, 0), "nearby", "后一天")
	found, err := w.Propose(t.Context(), w.chen, v.ID, "", "")
	roomtest.Must(t, err)
	if len(found.Items) != 2 || found.Items[0].ID != first || found.Items[1].ID != last || found.Total != 2 {
		t.Errorf("proposed %d of %d", len(found.Items), found.Total)
	}
	for _, id := range []deliberation.TopicID{before, after} {
		_, err := w.PlaceTopics(t.Context(), w.chen, digest.PlaceTopics{Digest: v.ID, Group: "g", Topics: []deliberation.TopicID{id}, Seen: v.Revision})
		roomtest.Refused(t, err, "digest.other_topic")
	}
}

func TestAPeriodThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, c := range []struct {
		from, to calendar.Date
		title    string
		codes    []string
	}{
		{day(1), day(9), "到今天", nil}, // the present day belongs to it
		{day(1), day(10), "到明天", []string{"digest.period_ahead"}},
		{day(5), day(4), "倒着", []string{"digest.bad_period"}},
		{calendar.Date{}, calendar.Date{}, "没有", []string{"digest.bad_period"}},
		{day(1).AddDays(-364), day(1), "三百六十五天", nil},
		{day(1).AddDays(-366), day(1), "三百六十七天", []string{"digest.period_too_long"}},
		{day(1), day(2), "", []string{"digest.title_needed"}},
		{day(1), day(2), strings.Repeat("长", digest.MaxTitle+1), []string{"digest.title_too_long"}},
	} {
		_, err := w.Open(t.Context(), w.chen, digest.Open{ID: digest.ID(w.Token()), Community: "c1", Title: c.title, From: c.from, To: c.to})
		if c.codes == nil {
			roomtest.Must(t, err)
			continue
		}
		for _, code := range c.codes {
			roomtest.Refused(t, err, code)
		}
	}
}

func TestWhatIsNotPublicIsNotProposed(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.begun()
	keep := w.post(w.wang, at(2, 9), "nearby", "路灯不亮")
	gone, hidden := w.post(w.wang, at(2, 10), "nearby", "不说了"), w.post(w.zhao, at(2, 11), "nearby", "广告一样的话")
	health := w.post(w.zhao, at(2, 12), "doctor", "我妈妈的药怎么开")
	_, err := w.Topics.WithdrawTopic(t.Context(), w.wang, deliberation.WithdrawTopic{Topic: gone})
	roomtest.Must(t, err)
	_, err = w.Topics.HideTopic(t.Context(), w.chen, deliberation.HideTopic{Topic: hidden, Reason: "广告"})
	roomtest.Must(t, err)
	found, err := w.Propose(t.Context(), w.chen, v.ID, "", "")
	roomtest.Must(t, err)
	if len(found.Items) != 1 || found.Items[0].ID != keep {
		t.Errorf("proposed %d", len(found.Items))
	}
	v = w.group(v, "路灯", keep)
	for _, id := range []deliberation.TopicID{gone, hidden, health, w.post(w.sun, at(3, 9), "nearby", "别的社区"), "nothing"} {
		_, err := w.PlaceTopics(t.Context(), w.chen, digest.PlaceTopics{Digest: v.ID, Group: v.Groups[0].ID, Topics: []deliberation.TopicID{id}, Seen: v.Revision})
		roomtest.Refused(t, err, "digest.other_topic")
	}
}

func TestAMergedTopicStandsOnceWithItsVoices(t *testing.T) {
	t.Parallel()
	w := open(t)
	old := w.post(w.wang, at(1, 9).AddDate(0, -1, 0), "nearby", "停车难")
	young, own := w.post(w.zhao, at(2, 9), "nearby", "没有地方停车"), w.post(w.wang, at(3, 9), "nearby", "又没停到车")
	for _, id := range []deliberation.TopicID{young, own} {
		_, err := w.Topics.MergeTopic(t.Context(), w.chen, deliberation.MergeTopic{Topic: id, Into: old, Reason: "同一件事"})
		roomtest.Must(t, err)
	}
	v := w.begun()
	found, err := w.Propose(t.Context(), w.chen, v.ID, "", "")
	roomtest.Must(t, err)
	if len(found.Items) != 1 || found.Items[0].ID != old || !found.Items[0].Earlier {
		t.Fatalf("proposed %+v", found.Items)
	}
	// Named by what was merged or by where it goes on, it is one topic; wang spoke twice and is one person.
	v = w.group(v, "停车", young, own, old)
	if len(v.Groups[0].Topics) != 1 || v.Groups[0].Topics[0] != old {
		t.Errorf("placed %v", v.Groups[0].Topics)
	}
	v, err = w.FinishSorting(t.Context(), w.chen, v.ID, v.Revision)
	roomtest.Must(t, err)
	if v.Groups[0].Voices != 2 || v.Tally != (digest.Tally{Topics: 1, Voices: 2}) {
		t.Errorf("%d voices, tally %+v", v.Groups[0].Voices, v.Tally)
	}
}

func TestATopicIsInOneGroupAtMost(t *testing.T) {
	t.Parallel()
	w := open(t)
	one, two := w.post(w.wang, at(2, 9), "nearby", "路灯不亮"), w.post(w.wang, at(3, 9), "nearby", "停车难")
	v := w.group(w.begun(), "路灯", one, two)
	v = w.group(v, "停车", two)
	if got := headings(v); got != "路灯:1/0 停车:1/0 " {
		t.Errorf("sorted %s", got)
	}
	v, err := w.PlaceTopics(t.Context(), w.chen, digest.PlaceTopics{Digest: v.ID, Topics: []deliberation.TopicID{one}, Seen: v.Revision})
	roomtest.Must(t, err)
	_, err = w.FinishSorting(t.Context(), w.chen, v.ID, v.Revision)
	roomtest.Refused(t, err, "digest.group_empty")
	v, err = w.DropGroup(t.Context(), w.chen, v.ID, v.Groups[0].ID, v.Revision)
	roomtest.Must(t, err)
	if got := headings(v); got != "停车:1/0 " {
		t.Errorf("left %s", got)
	}
}

func TestTwoPersonsPassItUp(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.group(w.begun(), "路灯", w.post(w.wang, at(2, 9), "nearby", "路灯不亮"))
	// The secretary who finished the sorting is not the second person; somebody of the staff is no secretary.
	mine, err := w.FinishSorting(t.Context(), w.zhang, v.ID, v.Revision)
	roomtest.Must(t, err)
	if mine.May.Submit || !mine.May.Second {
		t.Errorf("the same person may %+v", mine.May)
	}
	_, err = w.SubmitDigest(t.Context(), w.zhang, v.ID, mine.Revision)
	roomtest.Refused(t, err, "digest.same_person")
	_, err = w.SubmitDigest(t.Context(), w.li, v.ID, mine.Revision)
	roomtest.Refused(t, err, "identity.denied")
	v, err = w.SendBack(t.Context(), w.zhang, v.ID, "请陈静来收尾", mine.Revision)
	roomtest.Must(t, err)
	v, err = w.FinishSorting(t.Context(), w.chen, v.ID, v.Revision)
	roomtest.Must(t, err)
	sent, err := w.SubmitDigest(t.Context(), w.zhang, v.ID, v.Revision)
	roomtest.Must(t, err)
	again, err := w.SubmitDigest(t.Context(), w.zhang, v.ID, v.Revision) // a double tap
	roomtest.Must(t, err)
	if sent.State != digest.Submitted || again.Revision != sent.Revision || len(w.Events(digest.PassedUp)) != 1 {
		t.Errorf("submitted %s, again %d", sent.State, again.Revision)
	}
	// Twenty working days from Monday 9 March: Qingming on 6 April is off.
	if due := sent.Clock.DueAt.In(shanghai); due.Format("2006-01-02") != "2026-04-07" {
		t.Errorf("due %s", due)
	}
}

func TestNobodyElseReadsWhatIsBeingSorted(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.group(w.begun(), "路灯", w.post(w.wang, at(2, 9), "nearby", "路灯不亮"))
	for _, reader := range []identity.Actor{w.wang, w.fang, w.sun, w.gao} {
		_, err := w.Digest(t.Context(), reader, v.ID)
		roomtest.Refused(t, err, "digest.not_found")
	}
	_, err := w.Digest(t.Context(), identity.Actor{}, v.ID)
	roomtest.Refused(t, err, "identity.sign_in")
	v, err = w.FinishSorting(t.Context(), w.chen, v.ID, v.Revision)
	roomtest.Must(t, err)
	v, err = w.SubmitDigest(t.Context(), w.zhang, v.ID, v.Revision)
	roomtest.Must(t, err)
	read, err := w.Digest(t.Context(), w.wang, v.ID)
	roomtest.Must(t, err)
	if len(read.Groups) != 1 || read.SubmittedBy.Account != "" || read.SubmittedBy.Name != "zhang" || read.History[0].Actor != "" {
		t.Errorf("a neighbour reads %+v", read)
	}
	for _, stranger := range []identity.Actor{w.sun, w.gao} {
		_, err := w.Digest(t.Context(), stranger, v.ID)
		roomtest.Refused(t, err, "digest.not_found")
		_, err = w.AnswerGroup(t.Context(), stranger, digest.AnswerGroup{Digest: v.ID, Group: v.Groups[0].ID, Answer: digest.Answer{ID: w.Token(), Verdict: digest.Declined, Why: "不"}})
		roomtest.Refused(t, err, "digest.not_found")
	}
	// Returned, the header stays and what is sorted again is not said.
	v, err = w.ReturnDigest(t.Context(), w.fang, v.ID, "请写清哪几盏", v.Revision)
	roomtest.Must(t, err)
	read, err = w.Digest(t.Context(), w.wang, v.ID)
	roomtest.Must(t, err)
	if len(read.Groups) != 0 || read.Reason != "请写清哪几盏" {
		t.Errorf("returned, a neighbour reads %+v", read)
	}
}

func TestWhatIsHiddenMeanwhileDropsOut(t *testing.T) {
	t.Parallel()
	w := open(t)
	one, two := w.post(w.wang, at(2, 9), "nearby", "路灯不亮"), w.post(w.zhao, at(3, 9), "nearby", "楼道灯也不亮")
	v := w.group(w.begun(), "灯", one, two)
	v, err := w.FinishSorting(t.Context(), w.chen, v.ID, v.Revision)
	roomtest.Must(t, err)
	if headings(v) != "灯:2/2 " {
		t.Errorf("finished %s", headings(v))
	}
	_, err = w.Topics.HideTopic(t.Context(), w.chen, deliberation.HideTopic{Topic: two, Reason: "有人名"})
	roomtest.Must(t, err)
	v, err = w.SubmitDigest(t.Context(), w.zhang, v.ID, v.Revision)
	roomtest.Must(t, err)
	if headings(v) != "灯:1/1 " {
		t.Errorf("passed up %s", headings(v))
	}
	_, err = w.Topics.HideTopic(t.Context(), w.chen, deliberation.HideTopic{Topic: one, Reason: "有人名"})
	roomtest.Must(t, err)
	shown, err := w.TopicsOf(t.Context(), w.wang, v, 0)
	roomtest.Must(t, err)
	if len(shown) != 0 {
		t.Errorf("a hidden topic is shown: %v", shown)
	}
}

func TestOfTwoFormsOneIsStale(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.begun()
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		id := digest.GroupID(w.Token())
		wg.Go(func() {
			_, errs[i] = w.WriteGroup(t.Context(), w.chen, digest.WriteGroup{Digest: v.ID, Seen: v.Revision, Writing: digest.Writing{ID: id, Heading: fmt.Sprint(i)}})
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, digest.ErrStale):
			t.Errorf("refused with %v", err)
		}
	}
	now, err := w.Digest(t.Context(), w.chen, v.ID)
	roomtest.Must(t, err)
	if won != 1 || len(now.Groups) != 1 {
		t.Errorf("%d won, %d groups", won, len(now.Groups))
	}
}

func TestAFullPeriodIsRefusedAndALargeOnePaged(t *testing.T) {
	t.Parallel()
	w := open(t)
	table := deliberation.Topics(w.Store)
	put := func(from, to int) {
		t.Helper()
		var wg sync.WaitGroup
		for i := from; i < to; i++ {
			topic := deliberation.Topic{
				ID: deliberation.TopicID(fmt.Sprintf("t%05d", i)), Community: "c1", Path: []community.ID{"d", "t", "c1"}, Board: "nearby", Kind: deliberation.KindProblem,
				Author: deliberation.Author{Account: identity.AccountID(fmt.Sprint(i % 100)), Name: "某**"}, Title: "灯", Status: deliberation.Open,
				CreatedAt: at(2, 0).Add(time.Duration(i) * time.Second),
			}
			wg.Go(func() {
				if _, err := table.Put(t.Context(), string(topic.ID), docstore.Absent, topic); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	put(0, 320)
	v := w.begun()
	seen, pages, after := 0, 0, docstore.Cursor("")
	for {
		found, err := w.Propose(t.Context(), w.chen, v.ID, "nearby", after)
		roomtest.Must(t, err)
		seen, pages = seen+len(found.Items), pages+1
		if len(found.Items) > deliberation.PeriodPage || found.Total != 320 {
			t.Fatalf("a page of %d of %d", len(found.Items), found.Total)
		}
		if after = found.Next; after == "" {
			break
		}
	}
	if seen != 320 || pages != 7 {
		t.Errorf("%d topics on %d pages", seen, pages)
	}
	v = w.group(v, "灯", "t00000")
	v, err := w.FinishSorting(t.Context(), w.chen, v.ID, v.Revision)
	roomtest.Must(t, err)
	if v.Tally != (digest.Tally{Topics: 320, Voices: 100}) {
		t.Errorf("tally %+v", v.Tally)
	}
	if !testing.Short() {
		put(320, digest.MaxPeriod+1)
		_, err = w.Open(t.Context(), w.chen, digest.Open{ID: digest.ID(w.Token()), Community: "c1", Title: "太多", From: day(1), To: day(7)})
		if fault.CodeOf(err) != "digest.period_too_full" {
			t.Errorf("a period of %d topics is refused with %v", digest.MaxPeriod+1, err)
		}
	}
}
