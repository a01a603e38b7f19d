package bulletin_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// TestEveryStepInEveryState walks the whole machine: what the table forbids is refused and changes nothing.
func TestEveryStepInEveryState(t *testing.T) {
	t.Parallel()
	writer, second := deliberation.Author{Account: "w", Name: "w"}, deliberation.Author{Account: "s", Name: "s"}
	steps := map[bulletin.Move]func(*bulletin.Bulletin) ([]docstore.Fact, error){
		bulletin.MoveEdit: func(b *bulletin.Bulletin) ([]docstore.Fact, error) {
			return b.Edit(writer, bulletin.Text{}, b.Revision, noon)
		},
		bulletin.MoveSubmit: func(b *bulletin.Bulletin) ([]docstore.Fact, error) {
			return b.Submit(writer, bulletin.Rule{}, noon)
		},
		bulletin.MoveApprove: func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Approve(second, b.Revision, noon) },
		bulletin.MoveReturn:  func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Return(second, "错字", noon) },
		bulletin.MoveWithdraw: func(b *bulletin.Bulletin) ([]docstore.Fact, error) {
			return b.Withdraw(writer, "日期写错", noon)
		},
		bulletin.MoveDiscard: func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Discard(writer, noon) },
	}
	for _, status := range bulletin.Statuses() {
		for _, move := range bulletin.Moves() {
			b := bulletin.Bulletin{Status: status, Writers: []identity.AccountID{"w"}}
			if status == bulletin.Published {
				b.Unseen = bulletin.UnseenUrgent
			}
			facts, err := steps[move](&b)
			if allowed := status.Allows(move); allowed != (err == nil) || allowed != (len(facts) == 1) {
				t.Errorf("%s in %s: %d facts, %v; the table says %v", move, status, len(facts), err, allowed)
			}
			if err != nil && b.Status != status {
				t.Errorf("a refused %s left %s as %s", move, status, b.Status)
			}
		}
	}
}

func TestTheWriterDoesNotReview(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.write(chen, nil)
	b, err := o.EditBulletin(t.Context(), gu, bulletin.EditBulletin{Write: bulletin.Write{ID: b.ID, Title: "停水", Body: "周五停水。"}, Revision: b.Revision})
	o.must(err)
	_, err = o.SubmitBulletin(t.Context(), chen, b.ID)
	o.must(err)
	review := bulletin.Review{Bulletin: b.ID, Revision: b.Revision}
	for _, writer := range []identity.Actor{chen, gu} {
		_, err = o.ApproveBulletin(t.Context(), writer, review)
		o.refused(err, bulletin.ErrOwn)
	}
	for _, stranger := range []identity.Actor{far, lin} {
		_, err = o.ApproveBulletin(t.Context(), stranger, review)
		o.refused(err, bulletin.ErrNotFound)
	}
	_, err = o.ApproveBulletin(t.Context(), fang, bulletin.Review{Bulletin: b.ID, Revision: 0})
	o.refused(err, bulletin.ErrStale)
	b, err = o.ApproveBulletin(t.Context(), fang, review)
	o.must(err)
	if b.Status != bulletin.Published || b.Reviewer.Account != "fang" {
		t.Errorf("approved: %+v", b)
	}
	topic, err := o.topics.Topic(t.Context(), identity.Actor{}, b.ID.Topic())
	o.must(err)
	if topic.Author.Name != "chen" || topic.Body != "周五停水。" {
		t.Errorf("the public reads %+v", topic.Topic)
	}
}

func TestAnOfficeOfOne(t *testing.T) {
	t.Parallel()
	o := open(t)
	set := func(r community.Review, urgentFirst bool) {
		n := o.tree["hexiang"]
		n.Settings.NoticeReview, n.Settings.UrgentFirst = r, urgentFirst
		o.tree["hexiang"] = n
	}
	set(community.ReviewTown, false)
	b := o.write(chen, nil)
	_, err := o.SubmitBulletin(t.Context(), chen, b.ID)
	o.must(err)
	_, err = o.ApproveBulletin(t.Context(), gu, bulletin.Review{Bulletin: b.ID})
	o.refused(err, bulletin.ErrTownReviews)
	_, err = o.ApproveBulletin(t.Context(), fang, bulletin.Review{Bulletin: b.ID})
	o.must(err)

	set(community.ReviewOff, false)
	b = o.write(chen, nil)
	b, err = o.SubmitBulletin(t.Context(), chen, b.ID)
	o.must(err)
	if b.Status != bulletin.Published || b.Unseen != bulletin.UnseenOff || b.Awaited() {
		t.Errorf("without review: %+v", b)
	}

	set(community.ReviewColleague, true)
	ordinary := o.write(chen, nil)
	ordinary, err = o.SubmitBulletin(t.Context(), chen, ordinary.ID)
	o.must(err)
	if ordinary.Status != bulletin.InReview {
		t.Errorf("an ordinary notice went out: %s", ordinary.Status)
	}
	urgent := o.write(chen, func(w *bulletin.Write) { w.Urgency = bulletin.Urgent })
	urgent, err = o.SubmitBulletin(t.Context(), chen, urgent.ID)
	o.must(err)
	if urgent.Status != bulletin.Published || !urgent.Awaited() || !urgent.ReviewDue.Equal(noon.Add(24*time.Hour)) {
		t.Errorf("urgent: %+v", urgent)
	}
	o.swept(0)
	o.clock.Advance(24 * time.Hour)
	o.swept(1)
	o.swept(0)
	urgent, err = o.ApproveBulletin(t.Context(), gu, bulletin.Review{Bulletin: urgent.ID})
	o.must(err)
	if urgent.Awaited() || urgent.Reviewer.Account != "gu" || !urgent.PublishedAt.Equal(noon) {
		t.Errorf("looked at afterwards: %+v", urgent)
	}
}

func (o *office) swept(want int) {
	o.t.Helper()
	if n, err := o.SweepReviews(o.t.Context()); err != nil || n != want {
		o.t.Fatalf("the sweep found %d (%v), want %d", n, err, want)
	}
}

func TestAnAudienceIsOfTheCommunity(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, tt := range []struct {
		name string
		by   identity.Actor
		cmd  bulletin.Write
		code string
	}{
		{"a building of another community", chen, bulletin.Write{Node: "hexiang", Audience: bulletin.Audience{Buildings: []community.BuildingID{"yinxing-1"}}}, "bulletin.no_place"},
		{"a grid that is none", chen, bulletin.Write{Node: "hexiang", Audience: bulletin.Audience{Grids: []community.GridID{"g"}}}, "bulletin.no_place"},
		{"another community", chen, bulletin.Write{Node: "yinxing"}, "identity.denied"},
		{"another community beside the own", chen, bulletin.Write{Node: "hexiang", Communities: []community.ID{"yinxing"}}, "bulletin.no_community"},
		{"a town's to a building", fang, bulletin.Write{Node: "luoxi", Audience: bulletin.Audience{Buildings: []community.BuildingID{"yinxing-1"}}}, "bulletin.no_place"},
		{"a town's to somewhere else", fang, bulletin.Write{Node: "luoxi", Communities: []community.ID{"elsewhere"}}, "bulletin.no_community"},
		{"staff for the whole town", chen, bulletin.Write{Node: "luoxi"}, "identity.denied"},
		{"a board on which residents speak", chen, bulletin.Write{Node: "hexiang", Board: deliberation.BoardNearby}, "board.not_found"},
		{"an urgency that is none", chen, bulletin.Write{Node: "hexiang", Urgency: "特急"}, "bulletin.bad_urgency"},
		{"too many places", chen, bulletin.Write{Node: "hexiang", Audience: bulletin.Audience{Grids: make([]community.GridID, 101)}}, "bulletin.too_many_places"},
		{"no title to speak of", chen, bulletin.Write{Node: "hexiang", Title: strings.Repeat("长", 41)}, "topic.title_too_long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.cmd.ID, tt.cmd.Body = bulletin.ID(ids.New(noon)), "周四停水。"
			if _, err := o.WriteBulletin(t.Context(), tt.by, tt.cmd); fault.CodeOf(err) != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
		})
	}
}

func TestOneFormIsOneBulletin(t *testing.T) {
	t.Parallel()
	o := open(t)
	cmd := bulletin.Write{ID: bulletin.ID(ids.New(noon)), Node: "hexiang", Title: "停水", Body: "周四停水。"}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if _, err := o.WriteBulletin(t.Context(), chen, cmd); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	_, err := o.WriteBulletin(t.Context(), gu, cmd)
	o.refused(err, bulletin.ErrTaken)
	_, err = o.SubmitBulletin(t.Context(), chen, cmd.ID)
	o.must(err)
	for range 8 {
		group.Go(func() {
			if _, err := o.ApproveBulletin(t.Context(), gu, bulletin.Review{Bulletin: cmd.ID}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	o.follow(true)
	o.told(cmd.ID, 7)
	feed, err := o.topics.Feed(t.Context(), identity.Actor{}, "hexiang", "", "")
	o.must(err)
	if len(feed.Items) != 1 {
		t.Errorf("published %d times", len(feed.Items))
	}
}

// told checks how many people were told of a bulletin, each once.
func (o *office) told(id bulletin.ID, want int) {
	o.t.Helper()
	if got := len(o.post.told[id]); got != want {
		o.t.Errorf("%d people were told, want %d", got, want)
	}
}

func TestOnlyThoseAddressedAreTold(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.people["hexiang"] = 1001
	b := o.published(func(w *bulletin.Write) { w.Audience.Buildings = []community.BuildingID{"hexiang-2"} })
	o.follow(false)
	o.told(b.ID, 500)
	for who := range o.post.told[b.ID] {
		if who[len(who)-1]%2 == '0'%2 {
			t.Fatalf("%s lives in the other building", who)
		}
	}
	p, err := o.Progress(t.Context(), chen, b.ID)
	o.must(err)
	if p.Planned != 500 || !p.Done {
		t.Errorf("progress: %+v", p)
	}
	if r, ok, err := o.Record(t.Context(), b.ID.Topic()); err != nil || !ok || fmt.Sprint(r.Audience.Names) != "[2号楼]" || r.Reviewer.Name != "gu" {
		t.Errorf("the record says %+v %v %v", r, ok, err)
	}
	if _, err := o.topics.Topic(t.Context(), identity.Actor{}, b.ID.Topic()); err != nil {
		t.Errorf("others may not read it: %v", err)
	}
}

// TestKilledBetweenPlanningAndTelling breaks the post off in the middle of every batch, lets a neighbour come in
// meanwhile, and starts again: everybody who was planned is told, and nobody is planned twice.
func TestKilledBetweenPlanningAndTelling(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.people["hexiang"] = 650
	b := o.published(nil)
	o.post.breaks = errors.New("killed")
	if failed := o.follow(false); len(failed) != 4 {
		t.Fatalf("%d batches broke off", len(failed))
	}
	o.people["hexiang"], o.post.breaks, o.read = 651, nil, 0
	o.follow(true)
	o.told(b.ID, 650)
	p, err := o.Progress(t.Context(), chen, b.ID)
	o.must(err)
	if p.Planned != 650 {
		t.Errorf("planned %d", p.Planned)
	}
}

func TestATownSpeaksToItsCommunities(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.write(fang, func(w *bulletin.Write) { w.Node = "luoxi" })
	_, err := o.SubmitBulletin(t.Context(), fang, b.ID)
	o.must(err)
	_, err = o.ApproveBulletin(t.Context(), gu, bulletin.Review{Bulletin: b.ID})
	o.refused(err, bulletin.ErrNotFound)
	_, err = o.ApproveBulletin(t.Context(), ding, bulletin.Review{Bulletin: b.ID})
	o.must(err)
	o.follow(true)
	copies, progress, err := o.TownProgress(t.Context(), fang, b.ID)
	o.must(err)
	if len(copies) != 2 || progress[0].Planned != 7 || progress[1].Planned != 3 {
		t.Fatalf("%d copies, %+v", len(copies), progress)
	}
	o.told(copies[0].ID, 7)
	o.told(copies[1].ID, 3)
	if _, err := o.Bulletin(t.Context(), chen, copies[1].ID); !errors.Is(err, bulletin.ErrNotFound) {
		t.Errorf("one community sees another's copy: %v", err)
	}
	if _, err := o.WithdrawBulletin(t.Context(), chen, bulletin.Withdraw{Bulletin: copies[0].ID, Reason: "不想要"}); fault.CodeOf(err) != "bulletin.part_of_town" {
		t.Errorf("staff withdraw the town's: %v", err)
	}
	_, err = o.WithdrawBulletin(t.Context(), ding, bulletin.Withdraw{Bulletin: b.ID, Reason: "日期写错"})
	o.must(err)
	o.follow(true)
	for _, c := range copies {
		topic, err := o.topics.Topic(t.Context(), identity.Actor{}, c.ID.Topic())
		o.must(err)
		if !topic.Masked || topic.Reason != "日期写错" || topic.Body != "" {
			t.Errorf("in its place stands %+v", topic.Topic)
		}
	}
}

func TestWithdrawnStopsWhatHasNotLeft(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.published(nil)
	if _, err := o.WithdrawBulletin(t.Context(), chen, bulletin.Withdraw{Bulletin: b.ID}); fault.CodeOf(err) != "bulletin.reason_needed" {
		t.Fatalf("without a reason: %v", err)
	}
	_, err := o.WithdrawBulletin(t.Context(), chen, bulletin.Withdraw{Bulletin: b.ID, Reason: "日期写错"})
	o.must(err)
	if stopped, err := o.Stopped(t.Context(), string(b.ID)); err != nil || !stopped {
		t.Errorf("stopped: %v %v", stopped, err)
	}
	o.follow(true)
	o.told(b.ID, 0)
	topic, err := o.topics.Topic(t.Context(), lin, b.ID.Topic())
	o.must(err)
	if topic.Status != deliberation.Withdrawn || topic.Reason != "日期写错" || topic.Title != "" {
		t.Errorf("in its place stands %+v", topic.Topic)
	}
	if last := topic.History[len(topic.History)-1]; last.Name != "chen" || last.Actor != "" {
		t.Errorf("the history says %+v", last)
	}
}

func TestOpeningIsCountedAndNotListed(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.published(nil)
	for i := range 5 {
		p, err := o.Progress(t.Context(), chen, b.ID)
		o.must(err)
		if p.Readers != 0 || p.Few != (i > 0) {
			t.Errorf("after %d readers: %d, few %v", i, p.Readers, p.Few)
		}
		for range 3 {
			o.must(o.Opened(t.Context(), identity.Actor{ID: person("hexiang", i)}, b.ID.Topic()))
		}
	}
	o.must(o.Opened(t.Context(), identity.Actor{}, b.ID.Topic()))
	p, err := o.Progress(t.Context(), chen, b.ID)
	o.must(err)
	if p.Readers != 5 || p.Few {
		t.Errorf("five people, each three times: %+v", p)
	}
	page, err := o.store.Find(t.Context(), docstore.Query{Kind: bulletin.ReaderKind, Index: docstore.ByID, Limit: 10})
	o.must(err)
	if len(page.Docs) != 5 {
		t.Fatalf("%d readers are kept", len(page.Docs))
	}
	for _, doc := range page.Docs {
		if text := doc.ID + string(doc.Body); strings.Contains(text, "hexiang-p") {
			t.Errorf("a reader can be found: %s", text)
		}
	}
}
