package deliberation_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// shown returns a comment as somebody sees it.
func (w *town) shown(a identity.Actor, id deliberation.CommentID) deliberation.Comment {
	w.t.Helper()
	c, _, err := w.Comment(w.t.Context(), a, id)
	must(w.t, err)
	return c
}

func (w *town) edit(a identity.Actor, c deliberation.Comment, revision int, body string) error {
	_, err := w.EditComment(w.t.Context(), a, deliberation.EditComment{Comment: c.ID, Revision: revision, Body: body})
	return err
}

func TestACommentIsEditedWhileThereIsTime(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c, err := w.comment(w.neighbour, w.post("晾衣架装在哪里").ID, "装在楼项")
	must(t, err)
	w.clock.Advance(deliberation.EditWindow - time.Millisecond)
	if may := c.MayOf("zhao", w.clock.Now()); !may.Edit || !may.Withdraw || may.Appeal {
		t.Errorf("%+v", may)
	}
	must(t, w.edit(w.neighbour, c, 0, "装在楼顶"))
	if err := w.edit(w.neighbour, c, 0, "装在楼下"); !errors.Is(err, deliberation.ErrStale) {
		t.Errorf("from an older page: %v", err)
	}
	if err := w.edit(w.resident, c, 1, "不装"); !errors.Is(err, deliberation.ErrNotAuthor) {
		t.Errorf("by another: %v", err)
	}
	seen := w.shown(w.resident, c.ID)
	if seen.Body != "装在楼顶" || len(seen.Versions) != 1 || seen.Versions[0].Body != "装在楼项" {
		t.Errorf("everybody sees what it was: %+v", seen)
	}
	w.clock.Advance(time.Millisecond)
	if err := w.edit(w.neighbour, c, 1, "装在楼下"); !errors.Is(err, deliberation.ErrEditOver) {
		t.Errorf("when the time is over: %v", err)
	}
	if _, err := w.WithdrawComment(t.Context(), w.neighbour, c.ID); err != nil {
		t.Errorf("withdrawing needs no time: %v", err)
	}
	seen = w.shown(w.resident, c.ID)
	if !seen.Withdrawn || seen.Body != "" || seen.Versions != nil {
		t.Errorf("left over: %+v", seen)
	}
	if staff := w.shown(w.staff, c.ID); staff.Body == "" {
		t.Error("staff have nothing to answer for it with")
	}
	if _, err := w.reply(w.resident, c, "为什么", ""); !errors.Is(err, deliberation.ErrCommentGone) {
		t.Errorf("a reply to nothing: %v", err)
	}
}

func TestTheTimeToEditIsTheCommunitysAndIsKept(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	old, err := w.comment(w.neighbour, topic.ID, "装在楼项")
	must(t, err)
	cmd := w.asIs()
	cmd.EditMinutes = 1
	_, err = w.ChangeBoards(t.Context(), w.secretary, cmd)
	must(t, err)
	short, err := w.comment(w.neighbour, topic.ID, "装在楼下")
	must(t, err)
	w.clock.Advance(2 * time.Minute)
	if err := w.edit(w.neighbour, short, 0, "不装"); !errors.Is(err, deliberation.ErrEditOver) {
		t.Errorf("after a minute: %v", err)
	}
	must(t, w.edit(w.neighbour, old, 0, "装在楼顶"))
}

func TestAnAuthorMendsWhatTheWordListHeld(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c, err := w.comment(w.neighbour, w.post("晾衣架装在哪里").ID, "我有代开发票")
	must(t, err)
	own := w.shown(w.neighbour, c.ID)
	if !own.Hidden || own.Body == "" || own.Reason != "word_list:advert" || own.Hits != nil {
		t.Errorf("the author sees %+v", own)
	}
	must(t, w.edit(w.neighbour, c, 0, "我有意见"))
	seen := w.shown(w.resident, c.ID)
	if seen.Hidden || seen.Body != "我有意见" || len(seen.Versions) != 0 {
		t.Errorf("what was never shown is shown now: %+v", seen)
	}
	held, _, err := w.HeldComments(t.Context(), w.staff, "c1", "")
	if err != nil || len(held) != 0 {
		t.Errorf("%d wait, %v", len(held), err)
	}
	must(t, w.edit(w.neighbour, c, 1, "加微信领红包"))
	if seen := w.shown(w.resident, c.ID); !seen.Hidden || seen.Body != "" {
		t.Errorf("an edit goes round the list: %+v", seen)
	}
	_, err = w.HideComment(t.Context(), w.staff, deliberation.HideComment{Comment: c.ID, Reason: "广告"})
	must(t, err)
	if err := w.edit(w.neighbour, c, 2, "我改好了"); !errors.Is(err, deliberation.ErrCommentGone) {
		t.Errorf("edited after a person hid it: %v", err)
	}
}

func TestNobodyIsQuotedWithWordsThatAreNotTheirs(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里，\n大家说说")
	c, err := w.comment(w.neighbour, topic.ID, "装在楼顶，\n大家都晒得到。")
	must(t, err)
	ok, err := w.reply(w.resident, c, "楼顶有太阳能", "楼顶， 大家都晒得到")
	if err != nil || ok.Quote == nil || ok.Quote.Name != "赵**" || ok.Quote.Comment != c.ID {
		t.Fatalf("%+v, %v", ok.Quote, err)
	}
	if _, err := w.reply(w.resident, c, "胡说", "楼顶是我家的"); fault.CodeOf(err) != "comment.bad_quote" {
		t.Errorf("put into a mouth: %v", err)
	}
	if _, err := w.reply(w.resident, c, "太长", strings.Repeat("长", deliberation.MaxQuote+1)); fault.CodeOf(err) == "" {
		t.Errorf("a long quotation: %v", err)
	}
	_, err = w.HideComment(t.Context(), w.staff, deliberation.HideComment{Comment: c.ID, Reason: "有人名"})
	must(t, err)
	thread, err := w.Thread(t.Context(), w.resident, topic.ID, "")
	must(t, err)
	if q := thread.Comments[1].Quote; q == nil || q.Text != "" {
		t.Errorf("what was hidden lives on in a quotation: %+v", q)
	}
	own := w.shown(w.resident, ok.ID)
	if own.Quote.Text != "" {
		t.Errorf("on its own page: %+v", own.Quote)
	}
}

func TestWhoIsCalledByNameIsTold(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	_, err := w.answer(w.staff, topic.ID)
	must(t, err)
	c, err := w.comment(w.neighbour, topic.ID, "装在楼顶")
	must(t, err)
	last := func() deliberation.Commented {
		t.Helper()
		events := w.events(deliberation.TopicCommented)
		data, err := deliberation.Decode[deliberation.Commented](events[len(events)-1])
		must(t, err)
		return data
	}
	for body, want := range map[string][]identity.AccountID{
		"@赵**你说得对":               {"zhao"},
		"@赵**·3号楼 看看":            {"zhao"},
		"@赵**·4号楼 看看":            nil,
		"@李社工 请看，@赵** @赵** @王**": {"li", "zhao", "wang"},
		"邮箱 a@b.cn @ @@ @孙书记":    nil, // not of this thread
	} {
		_, err := w.comment(w.colleague, topic.ID, body)
		must(t, err)
		if got := last().Mentions; !slices.Equal(got, want) {
			t.Errorf("%q tells %v, want %v", body, got, want)
		}
	}
	if _, err := w.comment(w.resident, topic.ID, "@甲 @乙 @丙 @丁 @戊 @己"); fault.CodeOf(err) != "comment.too_many_mentions" {
		t.Errorf("calls everybody: %v", err)
	}
	_, err = w.reply(w.resident, c, "同意", "")
	must(t, err)
	if data := last(); data.ReplyTo != "zhao" {
		t.Errorf("the one who is answered is %q", data.ReplyTo)
	}
	held, err := w.comment(w.neighbour, topic.ID, "@王** 代开发票")
	if err != nil || !held.Hidden || len(last().Mentions) != 0 || !last().Held {
		t.Errorf("a held comment calls people: %+v, %v", last(), err)
	}
	if seen := w.shown(w.resident, w.shown(w.staff, held.ID).ID); seen.Mentions[0].Account != "" {
		t.Errorf("an account is shown: %+v", seen.Mentions)
	}
}

func TestAStaleDecisionAboutACommentIsRefused(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ctx := t.Context()
	c, err := w.comment(w.neighbour, w.post("晾衣架装在哪里").ID, "代开发票")
	must(t, err)
	seen := c.Seen()
	must(t, w.edit(w.neighbour, c, 0, "我有意见"))
	if _, err := w.HideComment(ctx, w.staff, deliberation.HideComment{Comment: c.ID, Reason: "广告", Seen: seen}); !errors.Is(err, deliberation.ErrDecidedMeanwhile) {
		t.Errorf("of a text that is gone: %v", err)
	}
	seen = w.shown(w.staff, c.ID).Seen()
	w.clock.Advance(time.Second)
	hide := deliberation.HideComment{Comment: c.ID, Reason: "不友善", Seen: seen}
	for range 2 { // a double tap
		_, err = w.HideComment(ctx, w.staff, hide)
		must(t, err)
	}
	if _, err := w.HideComment(ctx, w.colleague, hide); !errors.Is(err, deliberation.ErrDecidedMeanwhile) {
		t.Errorf("a colleague on the same page: %v", err)
	}
	own, err := w.comment(w.colleague, c.Topic, "我说一句")
	must(t, err)
	_, err = w.HideComment(ctx, w.staff, deliberation.HideComment{Comment: own.ID, Reason: "跑题"})
	must(t, err)
	if _, err := w.ReleaseComment(ctx, w.colleague, deliberation.ReleaseComment{Comment: own.ID}); !errors.Is(err, deliberation.ErrOwnAffair) {
		t.Errorf("a moderator lets herself off: %v", err)
	}
}
