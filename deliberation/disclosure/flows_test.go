package disclosure_test

import (
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestTwoPersonsPublish(t *testing.T) {
	t.Parallel()
	h := setup(t)
	cmd := h.report("2026-08")
	i, err := h.EnterItem(t.Context(), h.zhou, cmd)
	roomtest.Must(t, err)
	_, err = h.ReviewItem(t.Context(), h.zhou, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	roomtest.Refused(t, err, "affairs.own_entry")
	_, err = h.Item(t.Context(), h.wang, i.ID)
	roomtest.Refused(t, err, "affairs.not_found")
	again, err := h.EnterItem(t.Context(), h.zhou, cmd)
	if err != nil || len(again.Versions) != 1 {
		t.Errorf("a double tap: %v", err)
	}
	cmd.Content.Title = "别的"
	_, err = h.EnterItem(t.Context(), h.zhou, cmd)
	roomtest.Refused(t, err, "affairs.token_taken")
	i, err = h.ReviewItem(t.Context(), h.branch, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	roomtest.Must(t, err)
	if i.PublishedAt.IsZero() || i.Versions[0].ReviewedBy.Account != "zhi" {
		t.Errorf("published %+v", i)
	}
	board, err := h.Board(t.Context(), h.wang, "c1", disclosure.Finance, "")
	if err != nil || len(board.Items) != 1 || board.Items[0].Versions[0].Content.Sums().Rest() != 1_200_050 {
		t.Errorf("the board shows %+v, %v", board.Items, err)
	}
}

func TestWhoMay(t *testing.T) {
	t.Parallel()
	h := setup(t)
	i := h.published("2026-08")
	q := disclosure.AskQuestion{ID: disclosure.QuestionID(h.Token()), Item: i.ID, Text: "修了几盏灯？"}
	for name, x := range map[string]struct {
		do   func(a identity.Actor) error
		may  []identity.Actor
		none []identity.Actor
	}{
		"read": {func(a identity.Actor) error { _, err := h.Item(t.Context(), a, i.ID); return err },
			[]identity.Actor{h.wang, h.li, h.zhou, h.town, h.cop}, []identity.Actor{h.stranger, {}, actor("follower")}},
		"board": {func(a identity.Actor) error { _, err := h.Board(t.Context(), a, "c1", "", ""); return err },
			[]identity.Actor{h.wang, h.li}, []identity.Actor{h.stranger, {}}},
		"enter": {func(a identity.Actor) error { _, err := h.EnterItem(t.Context(), a, h.report("2026-07")); return err },
			[]identity.Actor{h.li, h.zhou}, []identity.Actor{h.wang, h.branch, h.town, h.cop, h.stranger, {}}},
		"ask": {func(a identity.Actor) error {
			q.ID = disclosure.QuestionID(h.Token())
			_, err := h.AskQuestion(t.Context(), a, q)
			return err
		},
			[]identity.Actor{h.wang}, []identity.Actor{h.li, h.zhou, h.stranger, {}}},
		"desk": {func(a identity.Actor) error { _, err := h.Desk(t.Context(), a, "c1"); return err },
			[]identity.Actor{h.li, h.zhou, h.branch, h.town}, []identity.Actor{h.wang, h.cop, h.stranger, {}}},
	} {
		for _, a := range x.may {
			if err := x.do(a); err != nil {
				t.Errorf("%s by %s: %v", name, a.ID, err)
			}
		}
		for _, a := range x.none {
			if err := x.do(a); err == nil || fault.KindOf(err) == fault.Internal {
				t.Errorf("%s by %q: %v", name, a.ID, err)
			}
		}
	}
	_, err := h.Item(t.Context(), h.wang, "nothing")
	roomtest.Refused(t, err, "affairs.not_found")
	_, err = h.Board(t.Context(), h.town, "t", "", "")
	roomtest.Refused(t, err, "affairs.not_found")
}

func TestACorrectionKeepsWhatStoodThere(t *testing.T) {
	t.Parallel()
	h := setup(t)
	i := h.published("2026-08")
	content := i.Latest().Content
	content.Rows = append(slices.Clone(content.Rows), disclosure.Row{What: "绿化补种", Side: disclosure.Out, Fen: 120_000})
	cmd := disclosure.ReviseItem{Item: i.ID, Token: h.Token(), Seen: 1, Reason: "漏记一笔", Content: content}
	_, err := h.ReviseItem(t.Context(), h.wang, cmd)
	roomtest.Refused(t, err, "identity.denied")
	for range 2 { // a double tap
		i, err = h.ReviseItem(t.Context(), h.li, cmd)
		roomtest.Must(t, err)
	}
	other := cmd
	other.Token = h.Token()
	_, err = h.ReviseItem(t.Context(), h.zhou, other)
	roomtest.Refused(t, err, "affairs.stale")
	if v, _ := i.Current(); v.N != 1 || len(i.Versions) != 2 {
		t.Fatalf("residents read version %d of %d before the review", v.N, len(i.Versions))
	}
	i, err = h.ReviewItem(t.Context(), h.zhou, disclosure.ReviewItem{Item: i.ID, Version: 2, Publish: true})
	roomtest.Must(t, err)
	shown := i.Shown()
	if len(shown) != 2 || shown[1].Reason != "漏记一笔" || !i.PublishedAt.Equal(noon) {
		t.Errorf("shown %+v", shown)
	}
	d := disclosure.Compare(shown[0].Content, shown[1].Content)
	if len(d.Rows) != 3 || d.Rows[2].Op != disclosure.Added {
		t.Errorf("the difference is %+v", d.Rows)
	}
}

func TestTwoReviewersAtOnce(t *testing.T) {
	t.Parallel()
	h := setup(t)
	i, err := h.EnterItem(t.Context(), h.li, h.report("2026-08"))
	roomtest.Must(t, err)
	var group sync.WaitGroup
	results := make([]error, 8)
	for n := range results {
		group.Go(func() {
			who := h.zhou
			if n%2 == 1 {
				who = h.branch
			}
			_, results[n] = h.ReviewItem(t.Context(), who, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: n%2 == 0, Why: "请补凭证"})
		})
	}
	group.Wait()
	published, returned := 0, 0
	for _, e := range h.Events() {
		switch e.Type {
		case disclosure.ItemPublished:
			published++
		case disclosure.ItemReturned:
			returned++
		}
	}
	if published+returned != 1 {
		t.Errorf("published %d times, returned %d times", published, returned)
	}
}

func TestAMonthThatEndsHasToBePublished(t *testing.T) {
	t.Parallel()
	h := setup(t)
	h.to("2026-09-20 09:00") // the watch comes by for the first time
	h.to("2026-09-30 23:59")
	if b, err := h.Board(t.Context(), h.wang, "c1", "", ""); err != nil || len(b.Owed) != 0 {
		t.Fatalf("owed while the month runs: %+v, %v", b.Owed, err)
	}
	h.to("2026-10-01 00:05")
	b, err := h.Board(t.Context(), h.wang, "c1", "", "")
	roomtest.Must(t, err)
	if len(b.Owed) != 2 || b.Owed[0].Kind != disclosure.Finance || b.Owed[0].Period != "2026-09" || b.Owed[1].Period != "2026-Q3" {
		t.Fatalf("owed %+v", b.Owed)
	}
	if due := h.At("2026-10-15 17:30"); !b.Owed[0].Clock.DueAt.Equal(due) {
		t.Errorf("due at %v, want %v", b.Owed[0].Clock.DueAt, due)
	}
	h.to("2026-10-16 09:30")
	var told []deadline.Recipient
	for _, n := range h.news(disclosure.ObligationLate) {
		if n.Kind == disclosure.Finance && n.Community == "c1" {
			told = append(told, n.Step)
		}
	}
	if !slices.Equal(told, []deadline.Recipient{deadline.ToSecretary}) {
		t.Errorf("told %v after an outage of two weeks", told)
	}
	i := h.published("2026-09")
	b, err = h.Board(t.Context(), h.wang, "c1", "", "")
	roomtest.Must(t, err)
	if len(b.Owed) != 1 || b.Owed[0].Kind != disclosure.Welfare {
		t.Errorf("owed after it was published: %+v", b.Owed)
	}
	h.to("2026-12-20 09:00")
	for _, n := range h.news(disclosure.ObligationLate) {
		if n.Period == "2026-09" && n.Item == i.ID {
			t.Errorf("escalated although it was published: %+v", n)
		}
	}
}

func TestPublishedBeforeTheMonthEndsIsNeverOwed(t *testing.T) {
	t.Parallel()
	h := setup(t)
	h.to("2026-09-20 09:00")
	h.Clock.Set(h.At("2026-09-30 15:00"))
	h.published("2026-09")
	h.published("2024-01") // nobody asked for it
	h.to("2026-10-20 09:00")
	b, err := h.Board(t.Context(), h.wang, "c1", "", "")
	roomtest.Must(t, err)
	if len(b.Owed) != 1 || b.Owed[0].Kind != disclosure.Welfare {
		t.Errorf("owed %+v", b.Owed)
	}
	for _, n := range h.news(disclosure.ObligationLate) {
		if n.Community == "c1" && n.Kind == disclosure.Finance {
			t.Errorf("told %+v", n)
		}
	}
}

func TestWatchedOftenOrOnceTheFactsAreTheSame(t *testing.T) {
	t.Parallel()
	late := func(everyHours int) string {
		h := setup(t)
		h.to("2026-09-20 09:00")
		if everyHours > 0 {
			for at := h.At("2026-09-20 10:00"); at.Before(h.At("2026-11-20 09:00")); at = at.Add(time.Duration(everyHours) * time.Hour) {
				h.Clock.Set(at)
				_, err := h.Watch(t.Context())
				roomtest.Must(t, err)
			}
		}
		h.to("2026-11-20 09:00")
		b, err := h.Board(t.Context(), h.wang, "c1", "", "")
		roomtest.Must(t, err)
		for n := range b.Owed {
			c := &b.Owed[n].Clock
			for k := range c.Steps {
				c.Steps[k].RecordedAt, c.Steps[k].Told = time.Time{}, false
			}
			for k := range c.Breaches {
				c.Breaches[k].RecordedAt = time.Time{}
			}
		}
		text, err := json.Marshal(b.Owed)
		roomtest.Must(t, err)
		return string(text)
	}
	if often, once := late(7), late(0); often != once {
		t.Errorf("every seven hours:\n%s\nonce:\n%s", often, once)
	}
}

func TestAMajorMatterIsPublishedAtOnce(t *testing.T) {
	t.Parallel()
	h := setup(t)
	cmd := disclosure.EnterItem{
		ID: disclosure.ItemID(h.Token()), Community: "c1", Kind: disclosure.Major, DecidedOn: calendar.Date{Year: 2026, Month: 9, Day: 14},
		Content: disclosure.Content{Title: "居民会议通过停车管理办法", Body: "全文见附件"},
	}
	tomorrow := cmd
	tomorrow.DecidedOn.Day = 16
	_, err := h.EnterItem(t.Context(), h.li, tomorrow)
	roomtest.Refused(t, err, "affairs.bad_day")
	i, err := h.EnterItem(t.Context(), h.li, cmd)
	roomtest.Must(t, err)
	h.follow()
	d, err := h.Desk(t.Context(), h.zhou, "c1")
	roomtest.Must(t, err)
	if len(d.Owed) != 1 || d.Owed[0].Item != i.ID || !d.Owed[0].Clock.DueAt.Equal(h.At("2026-09-29 17:30")) {
		t.Fatalf("owed %+v", d.Owed)
	}
	_, err = h.ReviewItem(t.Context(), h.zhou, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	roomtest.Must(t, err)
	h.follow()
	if d, err = h.Desk(t.Context(), h.zhou, "c1"); err != nil || len(d.Owed)+len(d.Review) != 0 {
		t.Errorf("still owed %+v, %v", d.Owed, err)
	}
}

func TestAQuestionIsAnsweredByAPromisedDate(t *testing.T) {
	t.Parallel()
	h := setup(t)
	i := h.published("2026-08")
	cmd := disclosure.AskQuestion{ID: disclosure.QuestionID(h.Token()), Item: i.ID, Text: "路灯修了几盏？"}
	_, err := h.AskQuestion(t.Context(), h.wang, disclosure.AskQuestion{ID: cmd.ID, Item: i.ID, Text: " "})
	roomtest.Refused(t, err, "affairs.no_question")
	_, err = h.AskQuestion(t.Context(), h.wang, disclosure.AskQuestion{ID: cmd.ID, Item: i.ID, Text: "代开发票加微信"})
	roomtest.Refused(t, err, "affairs.words")
	var q disclosure.Question
	for range 2 {
		q, err = h.AskQuestion(t.Context(), h.wang, cmd)
		roomtest.Must(t, err)
	}
	_, err = h.AskQuestion(t.Context(), h.neighbour, cmd)
	roomtest.Refused(t, err, "affairs.token_taken")
	if due := h.At("2026-09-21 17:30"); !q.Clock.DueAt.Equal(due) || q.By.Name != "某**" {
		t.Errorf("asked by %s, due %v", q.By.Name, q.Clock.DueAt)
	}
	h.to("2026-09-23 09:00")
	late := h.news(disclosure.QuestionLate)
	if len(late) != 1 || late[0].Step != deadline.ToSecretary {
		t.Errorf("late: %+v", late)
	}
	answer := disclosure.AnswerQuestion{ID: h.Token(), Question: q.ID, Text: "三盏，都在 3 号楼东侧。"}
	_, err = h.AnswerQuestion(t.Context(), h.wang, answer)
	roomtest.Refused(t, err, "identity.denied")
	for range 2 {
		q, err = h.AnswerQuestion(t.Context(), h.li, answer)
		roomtest.Must(t, err)
	}
	if len(q.Replies) != 1 || q.Clock.Running() || len(q.Clock.Breaches) != 1 {
		t.Errorf("answered %+v", q)
	}
	v, err := h.Item(t.Context(), h.neighbour, i.ID)
	if err != nil || len(v.Questions) != 1 || !v.Questions[0].Answered() || !v.May.Ask || v.May.Enter {
		t.Errorf("the neighbour sees %+v, %v", v, err)
	}
	roomtest.Must(t, h.ForgetAsker(t.Context(), docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "wang"}, At: h.Clock.Now()}))
	if v, err = h.Item(t.Context(), h.neighbour, i.ID); err != nil || v.Questions[0].By != (deliberation.Author{}) || v.Questions[0].Text == "" {
		t.Errorf("after the account was deleted: %+v, %v", v.Questions, err)
	}
}

func TestASecretaryWhoIsAResidentDoesNotAnswerHerself(t *testing.T) {
	t.Parallel()
	h := setup(t)
	i := h.published("2026-08")
	both := h.zhou
	both.Memberships = h.wang.Memberships
	q, err := h.AskQuestion(t.Context(), both, disclosure.AskQuestion{ID: disclosure.QuestionID(h.Token()), Item: i.ID, Text: "修了几盏？"})
	roomtest.Must(t, err)
	_, err = h.AnswerQuestion(t.Context(), both, disclosure.AnswerQuestion{ID: h.Token(), Question: q.ID, Text: "三盏"})
	roomtest.Refused(t, err, "affairs.own_question")
}

func TestTheScheduleIsSetByTheSecretary(t *testing.T) {
	t.Parallel()
	h := setup(t)
	h.to("2026-09-20 09:00")
	cmd := disclosure.SetSchedule{Community: "c1", Days: 10, Cadence: map[disclosure.Kind]disclosure.Cadence{
		disclosure.Finance: disclosure.Quarterly, disclosure.Welfare: disclosure.Quarterly, disclosure.Major: disclosure.AtOnce}}
	_, err := h.SetSchedule(t.Context(), h.li, cmd)
	roomtest.Refused(t, err, "identity.denied")
	s, err := h.SetSchedule(t.Context(), h.zhou, cmd)
	roomtest.Must(t, err)
	if s.Opened[disclosure.Finance] != "2026-Q3" || s.Revision != 1 {
		t.Errorf("set %+v", s)
	}
	_, err = h.SetSchedule(t.Context(), h.zhou, cmd)
	roomtest.Refused(t, err, "affairs.stale")
	h.to("2026-10-01 09:00")
	b, err := h.Board(t.Context(), h.wang, "c1", "", "")
	roomtest.Must(t, err)
	if len(b.Owed) != 2 || b.Owed[0].Period != "2026-Q3" || b.Owed[1].Period != "2026-Q3" || !b.Owed[0].Clock.DueAt.Equal(h.At("2026-10-10 17:30")) {
		t.Errorf("owed %+v", b.Owed)
	}
}

// TestWhereTheCalendarEnds watches into a year that nobody has announced.
func TestWhereTheCalendarEnds(t *testing.T) {
	t.Parallel()
	h := setup(t)
	cal, err := calendar.China()
	roomtest.Must(t, err)
	last := cal.ValidThrough()
	h.Clock.Set(last.At(calendar.Clock(9, 0), cal.Zone()))
	i, err := h.EnterItem(t.Context(), h.li, disclosure.EnterItem{
		ID: disclosure.ItemID(h.Token()), Community: "c1", Kind: disclosure.Major, DecidedOn: last.AddDays(-1),
		Content: disclosure.Content{Title: "年终决定", Body: "全文"},
	})
	roomtest.Must(t, err)
	h.follow()
	for range 2 {
		if _, err := h.Watch(t.Context()); !errors.Is(err, calendar.ErrBeyond) {
			t.Errorf("not loud: %v", err)
		}
	}
	_, err = h.ReviewItem(t.Context(), h.zhou, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	roomtest.Must(t, err)
	h.follow()
	if _, err := h.Watch(t.Context()); err != nil {
		t.Errorf("still loud after it was published: %v", err)
	}
}

// news reads the events of a type.
func (h *hamlet) news(what string) []disclosure.News {
	h.T.Helper()
	var all []disclosure.News
	for _, e := range h.Events() {
		if e.Type == what {
			var n disclosure.News
			roomtest.Must(h.T, json.Unmarshal(e.Data, &n))
			all = append(all, n)
		}
	}
	return all
}
