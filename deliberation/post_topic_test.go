package deliberation_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestAPostIsPublicAtOnceWithItsPromise(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("三楼楼道灯不亮\n已经两天了")
	if topic.Status != deliberation.Waiting || topic.Title != "三楼楼道灯不亮" || topic.Kind != deliberation.KindProblem {
		t.Errorf("posted %+v", topic)
	}
	if topic.Author.Name != "王**" || topic.Author.Building != "3号楼" {
		t.Errorf("shown as %+v", topic.Author)
	}
	if !topic.Clock.DueAt.Equal(monday(9, 0)) || len(topic.Clock.Rounds) != 3 || !topic.Clock.Rounds[2].Equal(monday(20, 0)) || topic.Clock.Calendar == "" {
		t.Errorf("promised %+v", topic.Clock)
	}
	page, err := w.Feed(t.Context(), w.neighbour, "c1", "", "")
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].ID != topic.ID || page.Items[0].Author.Account != "" || page.Items[0].Mine {
		t.Errorf("the neighbour sees %+v", page.Items)
	}
	posted := w.events(deliberation.TopicPosted)
	data, err := deliberation.Decode[deliberation.Posted](posted[0])
	must(t, err)
	if len(posted) != 1 || data.Topic != topic.ID || data.Town != "t" || !data.DueAt.Equal(monday(9, 0)) || data.AuthorName != "王**" {
		t.Errorf("told %d times, %+v", len(posted), data)
	}
}

func TestADoubleTapIsOneTopic(t *testing.T) {
	t.Parallel()
	w := setup(t)
	cmd := deliberation.PostTopic{
		ID: deliberation.TopicID(w.token()), Community: "c1", Board: deliberation.BoardNearby, Body: "灯不亮", Via: deliberation.ViaH5,
	}
	var taps sync.WaitGroup
	results := make([]error, 20)
	for i := range results {
		taps.Go(func() {
			topic, err := w.PostTopic(t.Context(), w.resident, cmd)
			if err == nil && topic.ID != cmd.ID {
				err = errors.New("another topic: " + string(topic.ID))
			}
			results[i] = err
		})
	}
	taps.Wait()
	must(t, errors.Join(results...))
	if n := len(w.events(deliberation.TopicPosted)); n != 1 {
		t.Errorf("told %d times", n)
	}

	_, err := w.EditTopic(t.Context(), w.resident, deliberation.EditTopic{Topic: cmd.ID, Body: "灯不亮，三楼"})
	must(t, err)
	if topic, err := w.PostTopic(t.Context(), w.resident, cmd); err != nil || topic.Revision != 1 {
		t.Errorf("a replay after an edit: %v, %+v", err, topic)
	}
	other := cmd
	other.Body = "别的事"
	if _, err := w.PostTopic(t.Context(), w.resident, other); !errors.Is(err, deliberation.ErrTaken) {
		t.Errorf("the same token for another post: %v", err)
	}
	if _, err := w.PostTopic(t.Context(), w.neighbour, cmd); !errors.Is(err, deliberation.ErrTaken) {
		t.Errorf("somebody else's token: %v", err)
	}
}

func TestWhoMayPostWhere(t *testing.T) {
	t.Parallel()
	w := setup(t)
	cases := []struct {
		name  string
		actor identity.Actor
		in    community.ID
		board deliberation.BoardKey
		want  string
	}{
		{"resident at home", w.resident, "c1", deliberation.BoardNearby, ""},
		{"resident to the property firm", w.resident, "c1", deliberation.BoardProperty, ""},
		{"resident elsewhere", w.resident, "c2", deliberation.BoardNearby, "identity.verify_first"},
		{"not yet verified", w.pending, "c1", deliberation.BoardNearby, "identity.verify_first"},
		{"nobody we know", w.public, "c1", deliberation.BoardNearby, "identity.sign_in"},
		{"observer", w.observer, "c1", deliberation.BoardNearby, "identity.verify_first"},
		{"resident on the notice board", w.resident, "c1", deliberation.BoardNotice, "identity.denied"},
		{"no such board", w.resident, "c1", "casino", "board.not_found"},
		{"a town is no community", w.townStaff, "t", deliberation.BoardNotice, "topic.not_found"},
		{"no such community", w.resident, "c9", deliberation.BoardNearby, "community.no_node"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := w.PostTopic(t.Context(), c.actor, deliberation.PostTopic{
				ID: deliberation.TopicID(w.token()), Community: c.in, Board: c.board, Body: "灯不亮", Via: deliberation.ViaH5,
			})
			if err == nil && c.want != "" || err != nil && fault.CodeOf(err) != c.want {
				t.Errorf("refused with %v, want %q", err, c.want)
			}
		})
	}
}

func TestARefusalNamesEveryFault(t *testing.T) {
	t.Parallel()
	w := setup(t)
	_, err := w.PostTopic(t.Context(), w.resident, deliberation.PostTopic{
		ID: "../../etc", Community: "c1", Board: deliberation.BoardNearby, Kind: deliberation.KindNotice,
		Title: strings.Repeat("长", 41), Body: "\u200b", Via: "telepathy",
	})
	codes := map[string]bool{}
	for _, f := range fault.All(err) {
		codes[f.Code] = true
	}
	for _, want := range []string{"topic.bad_token", "topic.kind_not_here", "topic.title_too_long", "topic.body_empty", "topic.bad_via"} {
		if !codes[want] {
			t.Errorf("%s is not told in %v", want, err)
		}
	}
}

func TestAWordOnTheListHoldsAPostForStaff(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("代 开 发 票 请联系我")
	if topic.Status != deliberation.Held {
		t.Fatalf("status %s", topic.Status)
	}
	for _, a := range []identity.Actor{w.neighbour, w.elsewhere, w.property} {
		if _, err := w.Topic(t.Context(), a, topic.ID); !errors.Is(err, deliberation.ErrNotFound) {
			t.Errorf("%s reads a held topic: %v", a.ID, err)
		}
		if page, err := w.Feed(t.Context(), a, "c1", "", ""); err == nil && len(page.Items) != 0 {
			t.Errorf("%s finds it in the feed", a.ID)
		}
	}
	mine, err := w.Topic(t.Context(), w.resident, topic.ID)
	if err != nil || mine.Body == "" || mine.Hits != nil || mine.Reason == "" {
		t.Errorf("its author sees %+v, %v", mine, err)
	}
	for _, e := range w.events(deliberation.TopicPosted, deliberation.TopicHeld) {
		if strings.Contains(string(e.Data), "发") {
			t.Errorf("%s carries the held text: %s", e.Type, e.Data)
		}
	}
	desk, err := w.DeskQueue(t.Context(), w.staff, deliberation.DeskQuery{Node: "c1", Filter: deliberation.DeskHeld})
	if err != nil || len(desk.Items) != 1 || desk.Held != 1 || len(desk.Items[0].Hits) != 1 {
		t.Errorf("the desk holds %+v, %v", desk, err)
	}
	if _, err := w.ReleaseTopic(t.Context(), w.resident, deliberation.ReleaseTopic{Topic: topic.ID}); fault.KindOf(err) != fault.Denied {
		t.Errorf("its author releases it: %v", err)
	}
	_, err = w.ReleaseTopic(t.Context(), w.staff, deliberation.ReleaseTopic{Topic: topic.ID, Reason: "正常求助"})
	must(t, err)
	if v, err := w.Topic(t.Context(), w.neighbour, topic.ID); err != nil || v.Status != deliberation.Waiting || v.Body == "" {
		t.Errorf("released, the neighbour sees %+v, %v", v, err)
	}
}

func TestAHiddenTopicShowsTheReasonInItsPlace(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("说了不该说的话")
	if _, err := w.HideTopic(t.Context(), w.staff, deliberation.HideTopic{Topic: topic.ID}); fault.CodeOf(err) != "topic.reason_needed" {
		t.Errorf("hidden without a reason: %v", err)
	}
	_, err := w.HideTopic(t.Context(), w.staff, deliberation.HideTopic{Topic: topic.ID, Reason: "含他人住址"})
	must(t, err)
	page, err := w.Feed(t.Context(), w.neighbour, "c1", deliberation.BoardNearby, "")
	must(t, err)
	got := page.Items[0]
	if !got.Masked || got.Title != "" || got.Body != "" || got.Reason != "含他人住址" || got.History[0].Actor != "" {
		t.Errorf("the neighbour sees %+v", got)
	}
	if _, err := w.CommentTopic(t.Context(), w.neighbour, deliberation.CommentTopic{ID: deliberation.CommentID(w.token()), Topic: topic.ID, Body: "？", Via: deliberation.ViaH5}); !errors.Is(err, deliberation.ErrState) {
		t.Errorf("comment on a hidden topic: %v", err)
	}
	if staff := w.read(topic.ID); staff.Body == "" {
		t.Error("staff no longer see what they hid")
	}
}

func TestStaffEnterForSomebodyOffline(t *testing.T) {
	t.Parallel()
	w := setup(t)
	cmd := deliberation.PostTopic{
		ID: deliberation.TopicID(w.token()), Community: "c1", Board: deliberation.BoardNearby, Body: "老人说门禁太重", Via: deliberation.ViaAssisted,
		For: deliberation.Author{Name: "郑**", Building: "5号楼"},
	}
	if _, err := w.PostTopic(t.Context(), w.resident, cmd); fault.KindOf(err) != fault.Denied {
		t.Errorf("a resident enters for others: %v", err)
	}
	topic, err := w.PostTopic(t.Context(), w.staff, cmd)
	must(t, err)
	if topic.Author.Name != "郑**" || topic.Author.Account != "" || topic.EnteredBy != "li" {
		t.Errorf("entered as %+v by %s", topic.Author, topic.EnteredBy)
	}
	if v, err := w.Topic(t.Context(), w.neighbour, topic.ID); err != nil || v.EnteredBy != "" || v.Via != deliberation.ViaAssisted {
		t.Errorf("the neighbour sees %+v, %v", v, err)
	}
}
