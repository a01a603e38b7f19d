package hall_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/hall"
	"jushou/deliberation/redline"
	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// TestAParkingDeliberation plays one session from its topic to the report of its execution.
func TestAParkingDeliberation(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	topic, err := g.Topics.PostTopic(ctx, g.wang, deliberation.PostTopic{ID: deliberation.TopicID(g.Token()), Community: "c1", Board: "nearby", Body: "晚上没处停车", Via: deliberation.ViaH5})
	roomtest.Must(t, err)
	x := g.open(topic.ID)
	if len(x.Options) != 2 || x.Round().N != 1 || x.State != hall.Talking {
		t.Fatalf("opened as %+v", x)
	}
	first, err := g.argue(g.wang, x, hall.For, "老人接送孙子，位置固定好找。")
	roomtest.Must(t, err)
	_, err = g.argue(g.zhao, x, hall.Against, "白天空着别人不能停，浪费。")
	roomtest.Must(t, err)
	roomtest.Must(t, g.SupportArgument(ctx, g.zhao, first.ID, true))
	roomtest.Must(t, g.SupportArgument(ctx, g.zhao, first.ID, true))
	roomtest.Refused(t, g.SupportArgument(ctx, g.wang, first.ID, true), "hall.own_argument")
	g.feed(g.Count, hall.Supported)
	page, err := g.Arguments(ctx, g.zhao, x.ID, x.Options[0].ID, hall.For, "")
	roomtest.Must(t, err)
	if len(page.Items) != 1 || page.Items[0].Supports != 1 || !page.Items[0].Supported || page.Items[0].Mine || page.Items[0].Round != 1 {
		t.Fatalf("the side in favour is %+v", page.Items)
	}
	roomtest.Must(t, g.SupportArgument(ctx, g.zhao, first.ID, false))
	g.feed(g.Count, hall.Supported)
	page, err = g.Arguments(ctx, g.zhao, x.ID, x.Options[0].ID, hall.For, "")
	roomtest.Must(t, err)
	if page.Items[0].Supports != 0 || page.Items[0].Supported {
		t.Fatalf("taken back, it is supported by %d", page.Items[0].Supports)
	}

	_, err = g.RecordFact(ctx, g.staff, hall.RecordFact{Session: x.ID, Label: "车位多少个", Value: "86 个"})
	roomtest.Must(t, err)
	_, err = g.WriteDraft(ctx, g.staff, hall.WriteDraft{Session: x.ID, Body: "每户限停一辆，先到先得。"})
	roomtest.Must(t, err)
	_, err = g.WriteDraft(ctx, g.colleague, hall.WriteDraft{Session: x.ID, Base: 0, Body: "每户限停两辆。"})
	roomtest.Refused(t, err, "hall.draft_stale")
	_, err = g.WriteDraft(ctx, g.colleague, hall.WriteDraft{Session: x.ID, Base: 1, Body: "每户限停一辆，第二辆排队，先到先得。", Note: "加上第二辆"})
	roomtest.Must(t, err)
	drafted, err := g.Draft(ctx, g.wang, x.ID, 2)
	roomtest.Must(t, err)
	if len(drafted.Changes) != 3 || drafted.Changes[1].Kind != redline.Added || drafted.Changes[1].Text != "第二辆排队，" {
		t.Fatalf("version 2 changes %v", drafted.Changes)
	}

	_, err = g.Decide(ctx, g.staff, hall.Decide{Session: x.ID, Kind: hall.Consensus, Text: "照第二稿办", DueAt: g.In(30 * day)})
	roomtest.Refused(t, err, "hall.wrong_state")
	_, err = g.CloseRound(ctx, g.staff, hall.CloseRound{ID: g.Token(), Session: x.ID, Round: 1, Agreed: "每户先保证一辆"})
	roomtest.Must(t, err)
	_, err = g.argue(g.wang, x, hall.For, "再说一句")
	roomtest.Refused(t, err, "hall.wrong_state")
	_, err = g.Decide(ctx, g.staff, hall.Decide{Session: x.ID, Kind: hall.Consensus, Text: "照第二稿办", Draft: 2})
	roomtest.Refused(t, err, "hall.bad_due")
	due := g.In(30 * day)
	_, err = g.Decide(ctx, g.staff, hall.Decide{Session: x.ID, Kind: hall.Consensus, Text: "照第二稿办", Draft: 2, DueAt: due})
	roomtest.Must(t, err)

	// The promise passes: recorded once, at its own instant, whoever looks and however often.
	g.Clock.Set(due.Add(-time.Millisecond))
	if n, err := g.Keep(ctx); n != 0 || err != nil {
		t.Fatalf("before the promise has passed the sweep changed %d: %v", n, err)
	}
	g.Clock.Set(due.Add(5 * day))
	for range 2 {
		_, err := g.Keep(ctx)
		roomtest.Must(t, err)
	}
	seen, err := g.Session(ctx, g.wang, x.ID)
	roomtest.Must(t, err)
	if !seen.Outcome.BreachedAt.Equal(due) || len(g.Events(hall.SessionOverdue)) != 1 {
		t.Fatalf("breached at %v, told %d times", seen.Outcome.BreachedAt, len(g.Events(hall.SessionOverdue)))
	}
	report := hall.ReportExecution{ID: g.Token(), Session: x.ID, Body: "车位线已经重新划好。", Final: true}
	_, err = g.ReportExecution(ctx, g.staff, report)
	roomtest.Must(t, err)
	again, err := g.ReportExecution(ctx, g.staff, report)
	roomtest.Must(t, err)
	if again.State != hall.Done || len(again.Reports) != 1 || !again.Reports[0].Late || again.Outcome.Late(g.Clock.Now()) != 5*day {
		t.Fatalf("reported as %+v", again.Outcome)
	}

	g.feed(g.Topics.FollowLinks, hall.Links()...)
	seenTopic, err := g.Topics.Topic(ctx, g.wang, topic.ID)
	roomtest.Must(t, err)
	if l := seenTopic.Links; len(l) != 1 || l[0].ID != string(x.ID) || l[0].What != hall.SessionReported {
		t.Fatalf("the topic links to %+v", l)
	}
	people, err := g.Participants(ctx, x.ID)
	roomtest.Must(t, err)
	if len(people) != 3 { // the facilitator's options, wang and zhao
		t.Fatalf("took part: %v", people)
	}
}

// TestAnEntryAfterTheRoundBelongsToTheNext holds the half-open end of a round to the millisecond.
func TestAnEntryAfterTheRoundBelongsToTheNext(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	ends := x.Round().Ends
	for _, at := range []time.Time{ends.Add(-time.Millisecond), ends, ends.Add(time.Millisecond)} {
		g.Clock.Set(at)
		_, err := g.argue(g.wang, x, hall.For, "在"+at.Format(time.StampMilli)+"说的")
		roomtest.Must(t, err)
	}
	check := func() {
		page, err := g.Arguments(ctx, g.wang, x.ID, x.Options[0].ID, hall.For, "")
		roomtest.Must(t, err)
		for i, want := range []int{1, 2, 2} {
			if got := page.Items[i].Round; got != want {
				t.Errorf("what was said %v from the end is of round %d, want %d", page.Items[i].CreatedAt.Sub(ends), got, want)
			}
		}
	}
	check()
	g.Clock.Set(ends.Add(day))
	_, err := g.CloseRound(ctx, g.staff, hall.CloseRound{ID: g.Token(), Session: x.ID, Round: 1, Open: "还没谈拢", Ends: g.In(2 * day)})
	roomtest.Must(t, err)
	check() // summing up late changes nothing
	_, err = g.ExtendRound(ctx, g.staff, hall.ExtendRound{Session: x.ID, Ends: g.In(3 * day), Reason: "要多听几户"})
	roomtest.Must(t, err)
	check()
}

// TestTwoFacilitatorsCloseARoundAtOnce lets one through, tells the other, and the first one's second tap changes nothing.
func TestTwoFacilitatorsCloseARoundAtOnce(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	var won, lost atomic.Int64
	var both sync.WaitGroup
	for i, who := range []identity.Actor{g.staff, g.colleague} {
		cmd := hall.CloseRound{ID: g.Token(), Session: x.ID, Round: 1, Agreed: fmt.Sprintf("共识 %d", i), Ends: g.In(2 * day)}
		for range 2 {
			both.Go(func() {
				switch _, err := g.CloseRound(ctx, who, cmd); {
				case err == nil:
					won.Add(1)
				case fault.CodeOf(err) == "hall.round_closed":
					lost.Add(1)
				default:
					t.Error(err)
				}
			})
		}
	}
	both.Wait()
	seen, err := g.Session(ctx, g.wang, x.ID)
	roomtest.Must(t, err)
	if won.Load() != 2 || lost.Load() != 2 || len(seen.Rounds) != 2 || len(g.Events(hall.SessionRoundClosed)) != 1 {
		t.Errorf("%d won, %d lost, %d rounds, told %d times", won.Load(), lost.Load(), len(seen.Rounds), len(g.Events(hall.SessionRoundClosed)))
	}
}

func TestAPauseTakesNothingFromTheRound(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	ends := x.Round().Ends
	x, err := g.PauseSession(ctx, g.staff, hall.PauseSession{Session: x.ID, Until: g.In(day), Reason: "都歇一歇"})
	roomtest.Must(t, err)
	if got := x.Round().Ends.Sub(ends); got != day {
		t.Fatalf("the round ends %v later, want a day", got)
	}
	_, err = g.argue(g.wang, x, hall.For, "我要说")
	roomtest.Refused(t, err, "hall.paused")
	g.Clock.Set(g.In(6 * time.Hour))
	x, err = g.ResumeSession(ctx, g.colleague, x.ID)
	roomtest.Must(t, err)
	if got := x.Round().Ends.Sub(ends); got != 6*time.Hour {
		t.Fatalf("resumed early, the round ends %v later, want six hours", got)
	}
	_, err = g.argue(g.wang, x, hall.For, "我要说")
	roomtest.Must(t, err)
	x, err = g.PauseSession(ctx, g.staff, hall.PauseSession{Session: x.ID, Until: g.In(time.Hour), Reason: "再歇一歇"})
	roomtest.Must(t, err)
	g.Clock.Set(x.Pause.Until) // half open: at its very end it is over
	_, err = g.argue(g.zhao, x, hall.For, "到点了，我来说")
	roomtest.Must(t, err)
}

// TestWhoMayNot asks for what is not theirs: forged transitions, the next community's people, strangers.
func TestWhoMayNot(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	arg, err := g.argue(g.wang, x, hall.For, "有理由")
	roomtest.Must(t, err)
	ends := g.In(2 * day)
	steps := map[string]func(identity.Actor) error{
		"close": func(a identity.Actor) error {
			_, err := g.CloseRound(ctx, a, hall.CloseRound{ID: g.Token(), Session: x.ID, Round: 1, Agreed: "好", Ends: ends})
			return err
		},
		"draft": func(a identity.Actor) error {
			_, err := g.WriteDraft(ctx, a, hall.WriteDraft{Session: x.ID, Body: "我写的"})
			return err
		},
		"drop": func(a identity.Actor) error {
			_, err := g.DropSession(ctx, a, hall.DropSession{Session: x.ID, Reason: "不谈了"})
			return err
		},
		"hide": func(a identity.Actor) error {
			_, err := g.HideArgument(ctx, a, hall.HideArgument{Argument: arg.ID, Hide: true, Reason: "不想看"})
			return err
		},
	}
	for name, step := range steps {
		for who, a := range map[string]identity.Actor{"a resident": g.wang, "the police": g.police} {
			if k := fault.KindOf(step(a)); k != fault.Denied {
				t.Errorf("%s by %s: %v", name, who, step(a))
			}
		}
		for who, a := range map[string]identity.Actor{"a facilitator of another community": g.next, "a neighbour of another": g.sun, "a stranger": g.zhou} {
			if k := fault.KindOf(step(a)); k != fault.NotFound {
				t.Errorf("%s by %s: %v", name, who, step(a))
			}
		}
		if k := fault.KindOf(step(identity.Actor{})); k != fault.Unauthenticated {
			t.Errorf("%s by the public: %v", name, step(identity.Actor{}))
		}
	}
	_, err = g.argue(g.staff, x, hall.For, "我主持也要说")
	if fault.KindOf(err) != fault.Denied {
		t.Errorf("who facilitates argues: %v", err)
	}
	_, err = g.argue(g.police, x, hall.Against, "消防通道要留出来。")
	roomtest.Must(t, err)
	// A topic of the next community cannot be pulled in.
	topic, err := g.Topics.PostTopic(ctx, g.sun, deliberation.PostTopic{ID: deliberation.TopicID(g.Token()), Community: "c2", Board: "nearby", Body: "我们也没处停", Via: deliberation.ViaH5})
	roomtest.Must(t, err)
	_, err = g.OpenSession(ctx, g.staff, hall.OpenSession{ID: hall.SessionID(g.Token()), Community: "c1", Topics: []deliberation.TopicID{topic.ID}, Question: "问", Options: []string{"甲", "乙"}, Ends: ends})
	roomtest.Refused(t, err, "hall.no_topic")
}

func TestOptionsOfResidentsAreLookedAtFirst(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	propose := func(who identity.Actor, id, text string) (hall.Session, error) {
		return g.ProposeOption(ctx, who, hall.ProposeOption{ID: id, Session: x.ID, Text: text})
	}
	id := g.Token()
	for range 2 { // a double tap
		_, err := propose(g.wang, id, "借旁边学校的操场")
		roomtest.Must(t, err)
	}
	_, err := propose(g.zhao, g.Token(), "本人代开发票")
	roomtest.Must(t, err)
	_, err = propose(g.zhao, g.Token(), "按户轮流")
	roomtest.Refused(t, err, "hall.option_twice")
	seen, err := g.Session(ctx, g.wang, x.ID)
	roomtest.Must(t, err)
	if n := len(seen.Options); n != 4 || seen.Options[3].Text != "" || seen.Options[3].Hits != nil {
		t.Fatalf("%d options; the last as a neighbour sees it: %+v", n, seen.Options[n-1])
	}
	_, err = g.Argue(ctx, g.zhao, hall.Argue{ID: hall.ArgumentID(g.Token()), Session: x.ID, Option: id, Side: hall.For, Body: "好主意"})
	roomtest.Refused(t, err, "hall.option_not_open")
	_, err = g.ClearOption(ctx, g.staff, hall.ClearOption{Session: x.ID, Option: id, Take: true})
	roomtest.Must(t, err)
	_, err = g.ClearOption(ctx, g.colleague, hall.ClearOption{Session: x.ID, Option: id, Reason: "学校不肯"})
	roomtest.Refused(t, err, "hall.option_decided")
	_, err = g.ClearOption(ctx, g.staff, hall.ClearOption{Session: x.ID, Option: seen.Options[3].ID})
	roomtest.Refused(t, err, "hall.reason_needed")
	for i := range hall.MaxOwnOptions - 1 {
		_, err = propose(g.wang, g.Token(), fmt.Sprintf("第 %d 个主意", i))
		roomtest.Must(t, err)
	}
	_, err = propose(g.wang, g.Token(), "再来一个")
	roomtest.Refused(t, err, "hall.proposed_enough")
}

// TestHeldWordsAreInNoEventAndNoPage keeps what the word list found from everybody but who facilitates.
func TestHeldWordsAreInNoEventAndNoPage(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	a, err := g.argue(g.wang, x, hall.For, "本人代开发票，加微信")
	roomtest.Must(t, err)
	if !a.Hidden {
		t.Fatal("the word list let it through")
	}
	page, err := g.Arguments(ctx, g.zhao, x.ID, a.Option, hall.For, "")
	roomtest.Must(t, err)
	if v := page.Items[0]; v.Body != "" || v.Hits != nil || v.Reason == "" {
		t.Errorf("a neighbour sees %+v", v)
	}
	g.feed(func(_ context.Context, e docstore.Event) error {
		if strings.Contains(string(e.Data), "代开") {
			return errors.New("an event quotes it")
		}
		return nil
	}, hall.Argued)
	held, err := g.HeldArguments(ctx, g.staff, x.ID)
	roomtest.Must(t, err)
	if len(held.Items) != 1 || held.Items[0].Body == "" {
		t.Fatalf("to look at: %+v", held.Items)
	}
	_, err = g.HideArgument(ctx, g.staff, hall.HideArgument{Argument: a.ID})
	roomtest.Must(t, err)
	page, err = g.Arguments(ctx, g.zhao, x.ID, a.Option, hall.For, "")
	roomtest.Must(t, err)
	if page.Items[0].Body == "" {
		t.Error("released, it is still out of sight")
	}
}

// TestAThousandArgumentsTurnInPages finds each once, in the order of saying, at a cost that does not grow.
func TestAThousandArgumentsTurnInPages(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	const n = 1000
	cost := func() int64 {
		before := g.Store.Trips.Load()
		_, err := g.Arguments(ctx, g.zhao, x.ID, x.Options[0].ID, hall.For, "")
		roomtest.Must(t, err)
		return g.Store.Trips.Load() - before
	}
	_, err := g.argue(g.wang, x, hall.For, "第 0 条")
	roomtest.Must(t, err)
	alone := cost()
	for i := 1; i < n; i++ {
		g.Clock.Set(g.Clock.Now().Add(time.Second))
		_, err := g.argue(g.wang, x, hall.For, fmt.Sprintf("第 %d 条", i))
		roomtest.Must(t, err)
	}
	if among := cost(); among != alone {
		t.Errorf("a page of one took %d reads, the first of a thousand %d", alone, among)
	}
	seen := 0
	for after := docstore.Cursor(""); ; {
		page, err := g.Arguments(ctx, g.zhao, x.ID, x.Options[0].ID, hall.For, after)
		roomtest.Must(t, err)
		for _, a := range page.Items {
			if want := fmt.Sprintf("第 %d 条", seen); a.Body != want {
				t.Fatalf("%q stands where %q belongs", a.Body, want)
			}
			seen++
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if seen != n {
		t.Errorf("saw %d of %d", seen, n)
	}
}

func TestADeletedAccountLeavesItsWordsOnly(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	x := g.open()
	mine, err := g.argue(g.wang, x, hall.For, "我的理由")
	roomtest.Must(t, err)
	g.Clock.Advance(time.Second) // they are shown in the order they were given
	other, err := g.argue(g.zhao, x, hall.For, "他的理由")
	roomtest.Must(t, err)
	roomtest.Must(t, g.SupportArgument(ctx, g.wang, other.ID, true))
	_, err = g.ProposeOption(ctx, g.wang, hall.ProposeOption{ID: g.Token(), Session: x.ID, Text: "我的主意"})
	roomtest.Must(t, err)
	roomtest.Must(t, g.ForgetAuthor(ctx, docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "wang"}}))
	g.feed(g.Count, hall.Supported)
	page, err := g.Arguments(ctx, g.zhao, x.ID, mine.Option, hall.For, "")
	roomtest.Must(t, err)
	if a := page.Items[0]; a.Author.Account != "" || a.Author.Name != identity.ErasedName || a.Body != "我的理由" || page.Items[1].Supports != 0 {
		t.Errorf("left behind: %+v, %d supports", a.Author, page.Items[1].Supports)
	}
	seen, err := g.Session(ctx, g.staff, x.ID)
	roomtest.Must(t, err)
	if by := seen.Options[2].By; by.Account != "" || by.Name != identity.ErasedName {
		t.Errorf("the option is still %+v's", by)
	}
}
