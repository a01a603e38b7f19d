package apptest_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/internal/apptest"
	"jushou/internal/coord/redistest"
	"jushou/internal/docstore/mongo/mongotest"
	"jushou/wechat/wxsim"
)

// TestFourDeliveriesAreOneTopic is WeChat's retry: the same push four times in a row, and four times at once. It
// is one topic, one reply and one notice.
func TestFourDeliveriesAreOneTopic(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	for _, action := range []string{"duplicate:4", "concurrent:4"} {
		deliverTwice(t, h, h, action, "二楼走廊的窗户关不上了，"+action)
	}
}

// deliverTwice sends one message whose push is delivered more than once, to one replica or two.
func deliverTwice(t *testing.T, a, b *apptest.House, action, text string) {
	t.Helper()
	if err := a.Sim.Inject(wxsim.Fault{Match: wxsim.Match{Path: "text"}, Action: action}); err != nil {
		t.Fatal(err)
	}
	said, told := len(a.Sim.Chat("wang")), len(cards(a, "chen", work))
	if _, err := a.Sim.SendText("wang", text); err != nil {
		t.Fatal(err)
	}
	settle(a, b)
	mine := b.Phone("wang").Get("/me/topics").Want(200, text)
	if n := strings.Count(mine.Text(), text); n != 1 {
		t.Errorf("%s: the message became %d topics", action, n)
	}
	if n := len(a.Sim.Chat("wang")) - said; n != 2 {
		t.Errorf("%s: the chat grew by %d, want the message and one reply: %+v", action, n, a.Sim.Chat("wang")[said:])
	}
	if now := cards(a, "chen", work)[told:]; len(now) != 1 {
		t.Errorf("%s: chen was told %d times: %+v", action, len(now), now)
	}
	if left := a.Sim.Faults(); len(left) != 0 {
		t.Errorf("the fault never happened: %+v", left)
	}
}

// settle lets two replicas finish: what one of them holds, the other cannot take, and each may leave work for the other.
func settle(a, b *apptest.House) {
	for range 2 {
		a.Settle()
		b.Settle()
	}
}

// TestFourDeliveriesToTwoReplicasAreOneTopic is the same with two processes on MongoDB's protocol and a real Redis.
// It runs by itself: two replicas, a Redis and a MongoDB wire server beside six other houses leave none of them time.
func TestFourDeliveriesToTwoReplicasAreOneTopic(t *testing.T) {
	uri := mongotest.Database(t, mongotest.Start(t))
	a, b := apptest.Twins(t, "MONGO_URI="+uri, "REDIS_URL="+redistest.Start(t).URL())
	hamlet(t, a)
	done(t, b.Directory.Refresh(t.Context()))
	settle(a, b) // what the hamlet's residents and staff are told must not be counted below
	for _, action := range []string{"duplicate:4", "concurrent:4"} {
		deliverTwice(t, a, b, action, "楼顶的避雷针歪了，"+action)
	}
	pushes := 0
	for _, e := range a.Sim.Log(0) {
		if e.Kind == "push" && e.Path == "text" {
			pushes++
		}
	}
	if pushes != 8 {
		t.Errorf("%d pushes were delivered, want 8", pushes)
	}
	// What one replica accepts, the other shows; who signed in at one is signed in at the other.
	topic := postAs(t, a, a.Phone("wang"), "地下车库的灯带熄了一半")
	b.Phone("chen").Get("/t/"+topic).Want(200, "灯带熄了一半")
}

// TestTwoStaffAnswerAtOnce keeps both answers; one of them stops the clock, and each is told that there are two.
func TestTwoStaffAnswerAtOnce(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	topic := postAs(t, h, lin, "西门的减速带松脱了")
	desk := []*apptest.Page{h.Phone("chen").Get("/desk/t/" + topic).Want(200), h.Phone("gu").Get("/desk/t/" + topic).Want(200)}
	bodies := []string{"已报物业，今天下午重新固定。", "我在现场，先放了警示桩。"}
	var group sync.WaitGroup
	for i, page := range desk {
		group.Go(func() { page.TrySubmit("/answer", "body", bodies[i]) })
	}
	group.Wait()
	h.Settle()
	shown := lin.Get("/t/"+topic).Want(200, bodies[0], bodies[1], "陈静", "顾海", "已回应")
	seen, err := h.Topics.Topic(t.Context(), h.Actor("chen"), topicID(topic))
	if err != nil {
		t.Fatal(err)
	}
	first := 0
	for _, r := range seen.Responses {
		if r.First {
			first++
		}
	}
	if len(seen.Responses) != 2 || first != 1 || seen.Clock.MetAt.IsZero() {
		t.Errorf("%d answers, of which %d stopped the clock", len(seen.Responses), first)
	}
	if n := strings.Count(shown.Text(), bodies[0]); n != 1 {
		t.Errorf("the first answer is shown %d times", n)
	}
	// The same form sent again, as by a double tap, changes nothing.
	desk[0].Submit("/answer", "body", bodies[0])
	if again, err := h.Topics.Topic(t.Context(), h.Actor("chen"), topicID(topic)); err != nil || len(again.Responses) != 2 {
		t.Errorf("after a double tap there are %d answers, %v", len(again.Responses), err)
	}
}

// TestAStaleEditKeepsWhatWasTyped is the author with two windows open.
func TestAStaleEditKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	topic := postAs(t, h, lin, "活动室的门锁不上")
	first, second := lin.Get("/t/"+topic+"/edit").Want(200), lin.Get("/t/"+topic+"/edit").Want(200)
	first.Submit("/edit", "body", "活动室的门锁不上，钥匙也断在里面了").Want(200, "钥匙也断")
	stale := second.Submit("/edit", "body", "活动室的门锁不上，晚上没人管").Want(409, "刚才在别处改过了")
	if typed := stale.Typed("/edit", "body"); typed != "活动室的门锁不上，晚上没人管" {
		t.Errorf("the form came back with %q", typed)
	}
	lin.Get("/t/"+topic).Want(200, "钥匙也断").Not("晚上没人管")
	// Once it is answered, the text is what was answered.
	open := lin.Get("/t/" + topic + "/edit").Want(200)
	h.Phone("chen").Get("/desk/t/"+topic).Submit("/answer", "body", "锁匠下午来。").Want(200)
	late := open.Submit("/edit", "body", "活动室的门已经好了")
	late.Want(409, "已经有正式回应")
	if typed := late.Typed("/edit", "body"); typed != "活动室的门已经好了" {
		t.Errorf("the form came back with %q", typed)
	}
}

// TestADoubleTapIsOnePost sends the same form twice at once.
func TestADoubleTapIsOnePost(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	form := lin.Get("/c/hexiang/post").Want(200)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() { form.TrySubmit("/post", "body", "楼下的充电桩没有电") })
	}
	group.Wait()
	h.Settle()
	if n := strings.Count(lin.Get("/me/topics").Text(), "充电桩没有电"); n != 1 {
		t.Errorf("four taps became %d topics", n)
	}
	if cards := cards(h, "chen", work); about(cards, topicOf(t, lin.Get("/me/topics").Attr(`a[href^="/t/"]`, "href"))) != 1 {
		t.Errorf("chen was told %+v", cards)
	}
}

// TestTheClockJumpsBackAnHour repeats an hour that has passed: Rounds and notices of that hour are not made
// again, sessions hold, and posting goes on.
func TestTheClockJumpsBackAnHour(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	waiting := postAs(t, h, lin, "楼道里的声控灯不灵了")
	h.Pass(4 * time.Hour) // past the Round of 14:00
	count := func() map[string]int {
		n := map[string]int{}
		for _, who := range []string{"chen", "gu", "zhang", "town", "lin"} {
			n[who] = len(h.Sim.Chat(who))
		}
		return n
	}
	before := count()
	h.Clock.Advance(-time.Hour)
	lin.Get("/me/topics").Want(200, "声控灯不灵了")
	h.Pass(0)
	for range 4 {
		h.Pass(16 * time.Minute) // 14:00 comes and goes a second time
	}
	for who, n := range count() {
		if n != before[who] {
			t.Errorf("%s got %d messages again", who, n-before[who])
		}
	}
	h.Clock.Advance(-time.Hour)
	posted := postAs(t, h, lin, "垃圾桶的盖子裂了")
	h.Settle()
	if n := about(cards(h, "chen", work), posted); n != 1 {
		t.Errorf("chen was told %d times of what was posted in the hour that came twice", n)
	}
	h.Phone("chen").Get("/desk/t/"+waiting).Want(200).Submit("/answer", "body", "今天换新的。").Want(200)
	lin.Get("/t/"+waiting).Want(200, "已回应", "今天换新的")
	h.Pass(8 * time.Hour) // the sweeps go on: 20:00 is held
	if report, ok := h.Ready(t.Context()); !ok {
		t.Errorf("not ready after the jump: %v", report)
	}
	if n := len(cards(h, "chen", round)); n <= 0 {
		t.Errorf("no Round after the jump")
	}
}
