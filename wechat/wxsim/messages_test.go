package wxsim_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"jushou/internal/fault"
	"jushou/wechat/wxsim"
)

func templateTo(openID string, more answer) answer {
	m := answer{"touser": openID, "template_id": "T1", "url": "https://x/t/1", "data": answer{
		"thing1": answer{"value": "三号楼楼道灯"}, "phrase2": answer{"value": "已回应"}}}
	for k, v := range more {
		m[k] = v
	}
	return m
}

func TestATemplateMessageBecomesACardAndAReceipt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.api("message/template/send", templateTo(w.openID("lin"), nil))
	w.want(got, 0)
	w.sim.Settle()
	m := lastOf(t, w.sim.Chat("lin"))
	if m.Kind != "template" || m.Title != "新回应" || m.URL != "https://x/t/1" || len(m.Fields) != 2 ||
		m.Fields[0] != (wxsim.Field{Key: "thing1", Label: "议题", Value: "三号楼楼道灯"}) {
		t.Errorf("card %+v", m)
	}
	if len(w.seen()) != 1 || w.seen()[0].fields.Event != "TEMPLATESENDJOBFINISH" || w.seen()[0].fields.Status != "success" ||
		!strings.HasPrefix(w.seen()[0].fields.MsgID, "3000000000") {
		t.Errorf("receipt %+v", w.seen())
	}
}

func TestTemplateSendRefusesByTheDocumentedCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lin := w.openID("lin")
	for name, c := range map[string]struct {
		body answer
		code int
	}{
		"not a follower":   {templateTo(w.openID("chen"), nil), 43004},
		"unknown openid":   {templateTo("oNobody", nil), 40003},
		"persona id":       {templateTo("lin", nil), 40003},
		"unknown template": {templateTo(lin, answer{"template_id": "T9"}), 40037},
		"field missing":    {templateTo(lin, answer{"data": answer{"thing1": answer{"value": "x"}}}), 47003},
		"field too long":   {templateTo(lin, answer{"data": answer{"thing1": answer{"value": strings.Repeat("长", 21)}, "phrase2": answer{"value": "好"}}}), 47003},
	} {
		t.Run(name, func(t *testing.T) {
			got := w.api("message/template/send", c.body)
			if got.code() != c.code {
				t.Errorf("got %v, want %d", got, c.code)
			}
		})
	}
	if n := len(w.sim.Chat("lin")); n != 0 {
		t.Errorf("%d refused messages are in the chat", n)
	}
}

func TestClientMsgIDIsTakenOnceInTenMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	once := templateTo(w.openID("lin"), answer{"client_msg_id": "d1"})
	body, err := json.Marshal(once)
	if err != nil {
		t.Fatal(err)
	}
	var answers [2]string // compared as text: the id is larger than a float is exact
	for i := range answers {
		if _, answers[i], err = w.raw("message/template/send", string(body)); err != nil {
			t.Fatal(err)
		}
	}
	if answers[0] != answers[1] || !strings.Contains(answers[0], `"msgid":3`) || len(w.sim.Chat("lin")) != 1 {
		t.Errorf("%v, %d cards", answers, len(w.sim.Chat("lin")))
	}
	w.clock.Advance(10 * time.Minute)
	w.api("message/template/send", once)
	if n := len(w.sim.Chat("lin")); n != 2 {
		t.Errorf("%d cards after ten minutes, want 2", n)
	}
}

func TestAPersonWhoBlockedTheAccountGetsAReceiptButNoCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *wxsim.Options) { o.Personas[0].Blocked = true })
	w.want(w.api("message/template/send", templateTo(w.openID("lin"), nil)), 0)
	w.sim.Settle()
	if len(w.sim.Chat("lin")) != 0 || w.seen()[0].fields.Status != "failed:user block" {
		t.Errorf("chat %v, receipt %q", w.sim.Chat("lin"), w.seen()[0].fields.Status)
	}
}

func TestTemplatesAreAddedListedAndDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	added := w.api("template/api_add_template", answer{"template_id_short": "42000", "keyword_name_list": []string{"议题名称", "处理进度", "回应时间"}})
	w.want(added, 0)
	list := w.get("/api/cgi-bin/template/get_all_private_template?access_token=" + w.stable(false).text("access_token"))
	text := list.text("template_list")
	for _, want := range []string{"议题名称:{{thing1.DATA}}", "处理进度:{{phrase2.DATA}}", "回应时间:{{time3.DATA}}"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	w.want(w.api("template/del_private_template", answer{"template_id": added.text("template_id")}), 0)
	w.want(w.api("template/del_private_template", answer{"template_id": added.text("template_id")}), 40037)
	for range 24 {
		w.want(w.api("template/api_add_template", answer{"template_id_short": "1", "keyword_name_list": []string{"名称"}}), 0)
	}
	w.want(w.api("template/api_add_template", answer{"template_id_short": "1", "keyword_name_list": []string{"名称"}}), 45026)
}

func customText(openID, text string) answer {
	return answer{"touser": openID, "msgtype": "text", "text": answer{"content": text}}
}

func TestCustomerServiceWindows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		open  func(s *wxsim.Sim) (wxsim.Delivery, error)
		left  int
		lasts time.Duration
	}{
		"message": {func(s *wxsim.Sim) (wxsim.Delivery, error) { return s.SendText("lin", "在吗") }, 5, 48 * time.Hour},
		"follow":  {func(s *wxsim.Sim) (wxsim.Delivery, error) { return s.Follow("lin", "") }, 3, time.Minute},
		"scan":    {func(s *wxsim.Sim) (wxsim.Delivery, error) { return s.Scan("lin", "b|1") }, 3, time.Minute},
		"menu":    {func(s *wxsim.Sim) (wxsim.Delivery, error) { return s.ClickMenu("lin", "say") }, 3, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			send := func() int { return w.api("message/custom/send", customText(w.openID("lin"), "您好")).code() }
			w.want(w.api("menu/create", `{"button":[{"name":"说","type":"click","key":"say"}]}`), 0)
			if got := send(); got != 45015 {
				t.Fatalf("before any act: %d, want 45015", got)
			}
			act := func() {
				if _, err := c.open(w.sim); err != nil {
					t.Fatal(err)
				}
			}
			act()
			act() // renews, does not add up
			for i := range c.left {
				if got := send(); got != 0 {
					t.Fatalf("message %d: %d", i+1, got)
				}
			}
			if got := send(); got != 45047 {
				t.Errorf("message %d: %d, want 45047", c.left+1, got)
			}
			act()
			w.clock.Advance(c.lasts - time.Second)
			if got := send(); got != 0 {
				t.Errorf("in the last second: %d", got)
			}
			w.clock.Advance(time.Second)
			if got := send(); got != 45015 {
				t.Errorf("after the window: %d, want 45015", got)
			}
		})
	}
}

func TestCustomSendRefusesWhatTheChatCannotShow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.sim.SendText("lin", "在吗"); err != nil {
		t.Fatal(err)
	}
	lin := w.openID("lin")
	w.want(w.api("message/custom/send", `{"touser":"`+lin+`","msgtype":"text","text":{"content":"\u4f60"}}`), 40033)
	w.want(w.api("message/custom/send", answer{"touser": lin, "msgtype": "image", "image": answer{"media_id": "none"}}), 40007)
	w.want(w.api("message/custom/send", answer{"touser": lin, "msgtype": "news", "news": answer{"articles": []answer{{}, {}}}}), 45008)
	w.want(w.api("message/custom/send", answer{"touser": lin, "msgtype": "smell"}), 40008)
	w.want(w.api("message/custom/send", ""), 44002)
	w.want(w.api("message/custom/send", "{"), 47001)
	if _, err := w.sim.Unfollow("lin"); err != nil {
		t.Fatal(err)
	}
	w.want(w.api("message/custom/send", customText(lin, "x")), 45015)
}

func TestAMsgmenuChoiceComesBackWithItsOwnID(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.sim.SendText("lin", "在吗"); err != nil {
		t.Fatal(err)
	}
	w.want(w.api("message/custom/send", answer{"touser": w.openID("lin"), "msgtype": "msgmenu",
		"msgmenu": answer{"head_content": "满意吗", "list": []answer{{"id": "agree", "content": "满意"}}, "tail_content": "谢谢"}}), 0)
	if _, err := w.sim.Choose("lin", "agree"); err != nil {
		t.Fatal(err)
	}
	if body := w.seen()[1].body; !strings.Contains(body, "<bizmsgmenuid><![CDATA[agree]]></bizmsgmenuid>") || !strings.Contains(body, "满意") {
		t.Errorf("pushed %s", body)
	}
	if _, err := w.sim.Choose("lin", "no"); fault.CodeOf(err) != "wxsim.no_such_choice" {
		t.Errorf("unknown choice: %v", err)
	}
}

func TestTypingNeedsARecentActAndIsNotRepeated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	typing := func(command string) int {
		return w.api("message/custom/typing", answer{"touser": w.openID("lin"), "command": command}).code()
	}
	if got := typing("Typing"); got != 45080 {
		t.Errorf("without an act: %d", got)
	}
	if _, err := w.sim.SendText("lin", "在吗"); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		command string
		code    int
	}{{"Typing", 0}, {"Typing", 45081}, {"CancelTyping", 0}, {"Typing", 0}, {"Sing", 45072}} {
		if got := typing(c.command); got != c.code {
			t.Errorf("step %d %s: %d, want %d", i, c.command, got, c.code)
		}
	}
	w.clock.Advance(15 * time.Second)
	if got := typing("Typing"); got != 0 {
		t.Errorf("after 15 s: %d", got)
	}
}
