package apptest_test

import (
	"fmt"
	"testing"
	"time"

	"jushou/internal/apptest"
	"jushou/notify"
	"jushou/wechat/wxsim"
)

// postAs posts from the H5 and returns the topic's id. It fails the test if posting takes long: whatever happens to
// WeChat, a post does not wait for it.
func postAs(t *testing.T, h *apptest.House, p *apptest.Phone, body string) string {
	t.Helper()
	form := p.Get("/c/hexiang/post").Want(200)
	began := time.Now()
	posted := form.Submit("/post", "body", body, "anyway", "1").Want(200, body)
	if took := time.Since(began); took > 8*time.Second { // less than WeChat's time-out, and fair to a busy machine
		t.Errorf("posting took %v", took)
	}
	return topicOf(t, posted.Path)
}

// noticeOf returns the newest notice of a person, with what became of its delivery.
func noticeOf(t *testing.T, h *apptest.House, who, link string) (notify.Notice, notify.Delivery) {
	t.Helper()
	list, _, err := h.Notices.Inbox(t.Context(), h.Actor(who), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range list {
		if n.Link == link && len(n.Delivery) == 1 {
			return n, n.Delivery[0]
		}
	}
	t.Fatalf("%s has no notice that opens %s among %d", who, link, len(list))
	return notify.Notice{}, notify.Delivery{}
}

// TestWeChatInBadWeather posts while the platform refuses or loses template messages. Posting does not notice; the
// notice arrives once, if need be later; and what happened is on record.
func TestWeChatInBadWeather(t *testing.T) {
	t.Parallel()
	for _, weather := range []struct {
		name   string
		fault  wxsim.Fault
		state  notify.State  // after the first attempt
		after  time.Duration // until it has arrived
		reason bool          // the record says why it was late
	}{
		{"another system fetched a token (40001)", wxsim.Fault{Action: "tokenRevoke"}, notify.Sent, 0, false},
		{"the day's quota is used up (45009)", wxsim.Fault{Action: "quota0"}, notify.Pending, 14 * time.Hour, true},
		{"a gateway answers 502, for a while", wxsim.Fault{Action: "http:502", Times: 6}, notify.Pending, 30 * time.Minute, true},
		{"the answer is lost on the way", wxsim.Fault{Action: "dropAfter"}, notify.Sent, 0, false},
		{"the answer is cut in the middle", wxsim.Fault{Action: "half"}, notify.Sent, 0, false},
		{"done, but answered after the time-out", wxsim.Fault{Action: "delay:9000"}, notify.Sent, 0, false},
	} {
		t.Run(weather.name, func(t *testing.T) {
			t.Parallel()
			h := apptest.Open(t)
			h.Settle()                                                                                   // what the district itself has to tell is told in good weather
			weather.fault.Match = wxsim.Match{Path: "template/send", OpenID: h.Phone("chen").Who.OpenID} // and nobody else's
			if err := h.Sim.Inject(weather.fault); err != nil {
				t.Fatal(err)
			}
			topic := postAs(t, h, h.Phone("lin"), "小花园的长椅断了一根木条")
			h.Settle()
			link := "/desk/t/" + topic
			if _, d := noticeOf(t, h, "chen", link); d.State != weather.state || weather.reason != (d.Reason != "") {
				t.Errorf("the record says %+v, want %s", d, weather.state)
			}
			for passed := time.Duration(0); passed < weather.after; passed += weather.after / 4 {
				h.Pass(weather.after / 4)
			}
			if _, d := noticeOf(t, h, "chen", link); d.State != notify.Sent || d.SentAt.IsZero() {
				t.Errorf("in the end the record says %+v", d)
			}
			if n := about(cards(h, "chen", work), link); n != 1 {
				t.Errorf("chen was told %d times", n)
			}
			if left := h.Sim.Faults(); len(left) != 0 {
				t.Errorf("the weather never came: %+v", left)
			}
		})
	}
}

// TestChatRepliesInBadWeather loses the reply to a chat message: the topic is filed all the same, once.
func TestChatRepliesInBadWeather(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	h.Settle() // what the demo left for others to follow
	before := len(h.Phone("wang").Get("/me/topics").Want(200).All(`a[href^="/t/"]`))
	for i, action := range []string{"tokenRevoke", "http:500", "dropAfter", "quota0"} {
		if err := h.Sim.Inject(wxsim.Fault{Match: wxsim.Match{Path: "custom/send"}, Action: action}); err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("%d号车位的地锁坏了", 100+i)
		if _, err := h.Sim.SendText("wang", text); err != nil {
			t.Fatal(err)
		}
		h.Settle()
		mine := h.Phone("wang").Get("/me/topics").Want(200, text)
		if n := len(mine.All(`a[href^="/t/"]`)); n != before+i+1 {
			t.Errorf("after %s there are %d topics, want %d", action, n, before+i+1)
		}
	}
}
