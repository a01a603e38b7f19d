package digest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jushou/deliberation/digest"
	"jushou/deliberation/roomtest"
)

func TestTheTownAnswersEveryGroupInTime(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.passed()
	_, err := w.answer(v, 0, "maybe")
	roomtest.Refused(t, err, "digest.verdict_needed")
	_, err = w.AnswerGroup(t.Context(), w.fang, digest.AnswerGroup{Digest: v.ID, Group: v.Groups[0].ID, Answer: digest.Answer{ID: w.Token(), Verdict: digest.Adopted}})
	for _, code := range []string{"digest.why_needed", "digest.who_needed", "digest.until_needed"} {
		if !strings.Contains(fmt.Sprint(err), code) {
			t.Errorf("%v does not tell %s", err, code)
		}
	}
	seen := v
	v, err = w.answer(seen, 0, digest.Adopted)
	roomtest.Must(t, err)
	_, err = w.answer(seen, 0, digest.Declined) // a colleague's form from before
	roomtest.Refused(t, err, "digest.stale")
	_, err = w.ReturnDigest(t.Context(), w.fang, v.ID, "再想想", v.Revision)
	roomtest.Refused(t, err, "digest.answered_already")
	_, err = w.WithdrawDigest(t.Context(), w.zhang, v.ID, "不要了", v.Revision)
	roomtest.Refused(t, err, "digest.answered_already")
	if v.State != digest.Submitted {
		t.Errorf("half answered is %s", v.State)
	}
	v, err = w.answer(v, 1, digest.Declined)
	roomtest.Must(t, err)
	if v.State != digest.Answered || v.Clock.Running() || v.Groups[1].Answers[0].Who != "" {
		t.Errorf("answered is %+v", v)
	}
	v, err = w.answer(v, 1, digest.Partly) // the town thinks better of it
	roomtest.Must(t, err)
	if a, _ := v.Groups[1].Answer(); a.Verdict != digest.Partly || len(v.Groups[1].Answers) != 2 || v.State != digest.Answered {
		t.Errorf("supplemented is %+v", v.Groups[1])
	}
	if n := len(w.Events(digest.AllAnswered)); n != 1 {
		t.Errorf("told %d times that all is answered", n)
	}
}

func TestTheAnswerComesBackToEachTopicAndAuthor(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.passed()
	v, err := w.answer(v, 0, digest.Adopted)
	roomtest.Must(t, err)
	w.follow(digest.GroupPassed, digest.GroupAdopted)
	topic, err := w.Topics.Topic(t.Context(), w.wang, v.Groups[0].Topics[0])
	roomtest.Must(t, err)
	if len(topic.Links) != 1 || topic.Links[0].ID != string(v.ID) || topic.Links[0].What != digest.GroupAdopted || !strings.Contains(topic.Links[0].Title, "路灯 · 看过了") {
		t.Errorf("the topic links %+v", topic.Links)
	}
	steps := map[string]int{}
	for _, e := range topic.History {
		steps[e.What]++
	}
	if steps[digest.GroupPassed] != 1 || steps[digest.GroupAdopted] != 1 {
		t.Errorf("its story has %v", steps)
	}
	told, err := w.Participants(t.Context(), digest.Circle(v.ID, v.Groups[0].ID))
	roomtest.Must(t, err)
	if len(told) != 1 || told[0] != "wang" {
		t.Errorf("told %v", told)
	}
}

func TestLatenessIsWrittenDownOnce(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.passed()
	w.Clock.Set(v.Clock.DueAt.Add(-time.Second))
	_, err := w.Watch(t.Context())
	roomtest.Must(t, err)
	w.Clock.Set(v.Clock.DueAt.AddDate(0, 0, 30))
	for range 3 {
		_, err := w.Watch(t.Context())
		roomtest.Must(t, err)
	}
	if n := len(w.Events(digest.Late)); n != 2 { // the warning, and all that followed in one
		t.Errorf("told %d times", n)
	}
	v, err = w.Digest(t.Context(), w.fang, v.ID)
	roomtest.Must(t, err)
	if len(v.Clock.Breaches) != 1 || !v.Clock.Breaches[0].At.Equal(v.Clock.DueAt) {
		t.Errorf("breaches %+v", v.Clock.Breaches)
	}
	for n := range v.Groups {
		v, err = w.answer(v, n, digest.Adopted)
		roomtest.Must(t, err)
	}
	w.Clock.Set(v.CloseAt)
	for range 2 {
		_, err = w.Watch(t.Context())
		roomtest.Must(t, err)
	}
	v, err = w.Digest(t.Context(), w.wang, v.ID)
	roomtest.Must(t, err)
	if v.State != digest.Closed || len(w.Events(digest.Ended)) != 1 {
		t.Errorf("by itself it is %s", v.State)
	}
}

func TestAReturnedDigestIsPromisedAnew(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.passed()
	first := v.Clock.DueAt
	_, err := w.ReturnDigest(t.Context(), w.fang, v.ID, " ", v.Revision)
	roomtest.Refused(t, err, "digest.reason_needed")
	v, err = w.ReturnDigest(t.Context(), w.fang, v.ID, "请写清哪几盏", v.Revision)
	roomtest.Must(t, err)
	if v.Clock.Running() || len(w.Events(digest.GroupRecalled)) != 2 {
		t.Error("a returned digest owes an answer")
	}
	w.Clock.Set(at(11, 9))
	v, err = w.Digest(t.Context(), w.chen, v.ID) // the town does not see what is being sorted
	roomtest.Must(t, err)
	v, err = w.FinishSorting(t.Context(), w.chen, v.ID, v.Revision)
	roomtest.Must(t, err)
	v, err = w.SubmitDigest(t.Context(), w.zhang, v.ID, v.Revision)
	roomtest.Must(t, err)
	if !v.Clock.DueAt.After(first) || v.Clock.Sequence != 2 || !v.SubmittedAt.Equal(at(9, 9)) {
		t.Errorf("again it is due %s", v.Clock.DueAt)
	}
	_, err = w.WithdrawDigest(t.Context(), w.chen, v.ID, "改用信访", v.Revision)
	roomtest.Refused(t, err, "identity.denied")
	v, err = w.WithdrawDigest(t.Context(), w.zhang, v.ID, "改用信访", v.Revision)
	roomtest.Must(t, err)
	inbox, err := w.TownInbox(t.Context(), w.fang, "t")
	roomtest.Must(t, err)
	if v.State != digest.Withdrawn || len(inbox.Owed) != 0 || len(inbox.Rest) != 1 {
		t.Errorf("withdrawn %+v, inbox %+v", v.State, inbox)
	}
	_, err = w.TownInbox(t.Context(), w.gao, "t")
	roomtest.Refused(t, err, "identity.denied")
}
