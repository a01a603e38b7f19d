package apptest_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/internal/apptest"
	"jushou/wechat/wxsim"
)

// chronicle is where the three days are told, in the order in which they happened.
const chronicle = "../../docs/three-days.md"

// teller walks through days of a community and writes down what was done, what WeChat brought to whom, and what the clock said.
type teller struct {
	*testing.T
	h    *apptest.House
	text strings.Builder
	// heard is how many messages of each chat were told already.
	heard map[string]int
	names map[string]string
	// story are the topics whose messages are told; the demo's other matters are left out.
	story []string
}

// people are whose phones the teller looks at, in this order.
var people = []string{"lin", "wang", "chen", "gu", "zhang", "town", "greening"}

func newTeller(t *testing.T) *teller {
	h := apptest.Open(t)
	h.Settle()
	s := &teller{T: t, h: h, heard: map[string]int{}, names: map[string]string{
		"lin": "林阿姨（居民）", "wang": "老王（居民）", "chen": "社工小陈（值班）", "gu": "社工小顾（下一班）", "zhang": "张书记",
		"town": "镇里小方", "greening": "绿化市容所",
	}}
	for _, who := range people {
		s.heard[who] = len(h.Sim.Chat(who))
	}
	s.text.WriteString("# 一个社区的三天\n\n" +
		"这份记录由测试写成（`internal/apptest/three_days_test.go`）：程序在运行，几部手机在微信模拟器里，时钟往前拨。每一步都是真的页面和表单，" +
		"每条消息都是模拟器收到的。重写：`go test ./internal/apptest -run TestThreeDaysOfACommunity -update`。\n")
	return s
}

// What is left out of the story: marks of links, and the minute of the day, which the machine's speed decides.
var (
	tags    = regexp.MustCompile(`<[^>]*>`)
	minute  = regexp.MustCompile(`(\d+年\d+月\d+日) \d\d:\d\d`)
	late    = regexp.MustCompile(`已超 \d+ 分钟`)
	minutes = regexp.MustCompile(`(刚刚|\d+ (分钟|小时)前|(今天|昨天|前天|\d+月\d+日)( \d+:\d\d)?)`)
)

// day begins a part of the story.
func (s *teller) day(title string) { fmt.Fprintf(&s.text, "\n## %s\n\n", title) }

// did tells what somebody did, and then what reached whom because of it.
func (s *teller) did(who, what string) {
	s.Helper()
	s.h.Settle()
	fmt.Fprintf(&s.text, "- **%s** %s\n", s.names[who], what)
	s.news()
}

// passes moves the clock and tells what it brought.
func (s *teller) passes(d time.Duration, until string) {
	s.Helper()
	s.h.Pass(d)
	fmt.Fprintf(&s.text, "- 时钟走到 %s。\n", until)
	s.news()
}

// news tells the messages of the story that were not told yet, those of one moment in the order of their words: which is
// sent first is chance. The same message to one person twice would be told twice.
func (s *teller) news() {
	for _, who := range people {
		chat := s.h.Sim.Chat(who)
		var fresh []string
		for _, m := range chat[s.heard[who]:] {
			if m.From == wxsim.FromAccount && s.concerns(m) {
				fresh = append(fresh, said(m))
			}
		}
		slices.Sort(fresh)
		for _, words := range fresh {
			fmt.Fprintf(&s.text, "  - 微信 → %s：%s\n", s.names[who], words)
		}
		s.heard[who] = len(chat)
	}
}

// concerns reports whether a message is about the story: a chat's reply, a Round, what Rounds hand on to the town, or a card
// that opens one of its topics.
func (s *teller) concerns(m wxsim.Message) bool {
	return m.Title == "" || m.Title == round || strings.HasSuffix(m.URL, "/desk/town/luoxi") || slices.ContainsFunc(s.story, func(topic string) bool { return strings.HasSuffix(m.URL, topic) })
}

// begins takes a topic into the story.
func (s *teller) begins(topic string) string {
	s.story = append(s.story, topic)
	return topic
}

// said returns what a message says in one line, without the times of a minute that the machine's speed decides.
func said(m wxsim.Message) string {
	if m.Title == "" {
		return strings.Join(strings.Fields(tags.ReplaceAllString(m.Text, "")), " ")
	}
	parts := []string{"【" + m.Title + "】"}
	for _, f := range m.Fields {
		parts = append(parts, minute.ReplaceAllString(f.Value, "$1"))
	}
	return strings.Join(parts, " ")
}

// reads tells what the clock of a topic says to whom.
func (s *teller) reads(who, topic string) {
	s.Helper()
	page := s.h.Phone(who).Get("/t/" + topic).Want(200)
	for _, words := range page.All(".clock-words") {
		fmt.Fprintf(&s.text, "  - %s看到的时钟：%s\n", s.names[who], late.ReplaceAllString(strings.Join(strings.Fields(words), " "), "已超几分钟"))
	}
}

// TestThreeDaysOfACommunity is a walk through the simulator that is also something to read.
func TestThreeDaysOfACommunity(t *testing.T) {
	t.Parallel()
	s := newTeller(t)
	h := s.h
	lin, chen, zhang, greening := h.Phone("lin"), h.Phone("chen"), h.Phone("zhang"), h.Phone("greening")

	s.day("11 月 18 日，星期三")
	tree := s.begins(topicOf(t, lin.Get("/c/hexiang/post").Want(200).SubmitFiles("/post", []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(t, 40)}},
		"body", "小花园西侧的香樟树枝快压到晾衣架了，刮风天怕砸到人。", "anyway", "1").Want(200, "待回应").Path))
	s.did("lin", "上午在手机上反映“小花园西侧的香樟树枝快压到晾衣架了”，附一张照片。")
	s.reads("lin", tree)
	if _, err := h.Sim.SendText("wang", "垃圾房门口的台阶缺了一块，晚上容易绊倒"); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	step := s.begins(topicOf(t, linkIn(t, h, last(t, h, "wang"))))
	s.did("wang", "在服务号里发一句话：“垃圾房门口的台阶缺了一块，晚上容易绊倒”。")
	chen.Get("/desk/t/"+tree).Want(200).Submit("/answer", "body", "看到了，已经在树下围了一圈，今天就联系绿化市容所。").Want(200)
	s.did("chen", "点开消息，一分钟回应了香樟树的事。")
	s.reads("lin", tree)
	chen.Get("/desk/t/" + tree).Want(200).Submit("/accept").Want(200)
	s.did("chen", "受理，从这时起有办结的时限。")
	chen.Get("/desk/t/"+tree).Want(200).Submit("/dispatch", "department", "greening", "reason", "公共绿地的树由绿化市容所修剪").Want(200)
	s.did("chen", "派给绿化市容所。")
	s.passes(4*time.Hour, "星期三下午的巡查")
	s.reads("wang", step)
	s.passes(6*time.Hour, "星期三晚上的巡查")
	s.reads("wang", step)

	s.day("11 月 19 日，星期四")
	s.passes(13*time.Hour, "星期四上午的巡查")
	s.reads("wang", step)
	zhang.Get("/desk/t/"+step).Want(200).Submit("/answer", "body", "对不起，回应晚了。今天下午泥工来补，补好以前先放警示牌。").Want(200)
	s.did("zhang", "自己回应了台阶的事。晚了多少，页面上一直看得到。")
	greening.Get("/desk/t/" + tree).Want(200).Submit("/take").Want(200)
	s.did("greening", "接手。")
	chen.Get("/desk/t/"+tree).Want(200).Submit("/ask", "question", "晾衣架能挪开半天吗？升降车要停在那里。").Want(200)
	s.did("chen", "替绿化市容所问林阿姨一句，办理的时钟停下来等她，到时会自己接着走。")
	s.reads("lin", tree)
	s.passes(time.Hour, "星期四上午十点") // the pause is an hour, however fast the machine
	lin.Get("/t/"+tree).Want(200).Submit("/comments", "body", "能的，明天上午我和邻居们先收掉。").Want(200)
	s.did("lin", "在下面回复，时钟接着走。")
	s.reads("lin", tree)

	s.day("11 月 20 日，星期五")
	s.passes(24*time.Hour, "星期五上午")
	greening.Get("/desk/t/"+tree).Want(200).Submit("/report", "body", "伸到晾衣架上的三根粗枝已经锯掉，枝叶当天清走。").Want(200)
	s.did("greening", "反馈结果。办的人不能自己核查。")
	chen.Get("/desk/t/"+tree).Want(200).Submit("/verify", "passed", "1").Want(200)
	s.did("chen", "到现场看过，核查办结。")
	lin.Get("/t/"+tree).Want(200).Submit("/confirm", "solved", "1").Want(200)
	s.did("lin", "说办好了。")
	s.ledger(tree)
	s.keep()
}

// ledger tells the whole history of a topic as anybody in the community reads it.
func (s *teller) ledger(topic string) {
	s.Helper()
	page := s.h.Phone("wang").Get("/t/" + topic).Want(200)
	s.text.WriteString("\n## 页面上留下的经过\n\n")
	for _, m := range page.All(".moment-head") {
		fmt.Fprintf(&s.text, "1. %s\n", strings.Join(strings.Fields(minutes.ReplaceAllString(m, " ")), " "))
	}
}

// keep holds the story against the one in docs/.
func (s *teller) keep() {
	s.Helper()
	if *update {
		if err := os.WriteFile(chronicle, []byte(s.text.String()), 0o644); err != nil {
			s.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(chronicle)
	if err != nil {
		s.Fatal(err)
	}
	was, is := strings.Split(string(kept), "\n"), strings.Split(s.text.String(), "\n")
	for i := range max(len(was), len(is)) {
		if i >= len(was) || i >= len(is) || was[i] != is[i] {
			s.Fatalf("line %d of docs/three-days.md is another one now; run with -update and look at the difference\nwas %.300q\nis  %.300q",
				i+1, line(was, i), line(is, i))
		}
	}
}

func line(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}
