package wxsim_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/silenceper/wechat/v2/cache"
	"github.com/silenceper/wechat/v2/credential"
	"github.com/silenceper/wechat/v2/officialaccount/basic"
	"github.com/silenceper/wechat/v2/officialaccount/config"
	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/officialaccount/menu"
	"github.com/silenceper/wechat/v2/officialaccount/message"
	"github.com/silenceper/wechat/v2/officialaccount/oauth"
	"github.com/silenceper/wechat/v2/officialaccount/user"
	"github.com/silenceper/wechat/v2/util"

	"jushou/wechat/oracle"
)

// TestCoWechatAPIWorksAgainstTheSimulator plays npm's co-wechat-api: neither the app nor the simulator
// wrote that client.
func TestCoWechatAPIWorksAgainstTheSimulator(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.sim.SendText("lin", "在吗"); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "node", "conformance.js", w.base+"/api", appID, secret, w.openID("lin"))
	run.Dir = oracle.Dir(t)
	var out, trouble bytes.Buffer
	run.Stdout, run.Stderr = &out, &trouble
	err := run.Run()
	steps := 0
	lines := bufio.NewScanner(&out)
	for lines.Scan() {
		var step struct {
			Step, Error string
			OK          bool
		}
		if err := json.Unmarshal(lines.Bytes(), &step); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		if steps++; !step.OK {
			t.Errorf("%s: %s", step.Step, step.Error)
		}
	}
	if err != nil || steps < 10 {
		t.Fatalf("%d steps, %v, %s", steps, err, trouble.String())
	}
	if m := lastOf(t, w.sim.Chat("lin")); !strings.Contains(m.Text, "a=1&b=2") {
		t.Errorf("the chat shows %+v", m)
	}
}

// TestSilenceperWorksAgainstTheSimulator plays the Go SDK. It can only be pointed elsewhere for the whole
// process, so it is the one test that does it, and it does not run in parallel.
func TestSilenceperWorksAgainstTheSimulator(t *testing.T) {
	w := newWorld(t)
	util.SetURIModifier(func(uri string) string {
		return strings.Replace(uri, "https://api.weixin.qq.com", w.base+"/api", 1)
	})
	t.Cleanup(func() { util.SetURIModifier(nil) })
	store := cache.NewMemory()
	sdk := &sdkcontext.Context{
		Config:            &config.Config{AppID: appID, AppSecret: secret, Token: token, Cache: store},
		AccessTokenHandle: credential.NewStableAccessToken(appID, secret, credential.CacheKeyOfficialAccountPrefix, store),
	}
	if _, err := w.sim.SendText("lin", "在吗"); err != nil {
		t.Fatal(err)
	}
	lin := w.openID("lin")
	steps := map[string]func() error{
		"template": func() error {
			_, err := message.NewTemplate(sdk).Send(&message.TemplateMessage{ToUser: lin, TemplateID: "T1", ClientMsgID: "x1",
				Data: map[string]*message.TemplateDataItem{"thing1": {Value: "路灯"}, "phrase2": {Value: "已回应"}}})
			return err
		},
		"custom": func() error {
			return message.NewMessageManager(sdk).Send(message.NewCustomerTextMessage(lin, "您好"))
		},
		"qr":   func() error { _, err := basic.NewBasic(sdk).GetQRTicket(basic.NewLimitQrRequest("b|1")); return err },
		"menu": func() error { return menu.NewMenu(sdk).SetMenuByJSON(oneMenu) },
		"user": func() error {
			info, err := user.NewUser(sdk).GetUserInfo(lin)
			if err == nil && info.Subscribe != 1 {
				t.Errorf("user %+v", info)
			}
			return err
		},
		"oauth": func() error {
			got, err := oauth.NewOauth(sdk).GetUserAccessToken(w.sim.Authorize(lin, "snsapi_base"))
			if err == nil && got.OpenID != lin {
				t.Errorf("oauth %+v", got)
			}
			return err
		},
	}
	for name, step := range steps {
		if err := step(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := message.NewTemplate(sdk).Send(&message.TemplateMessage{ToUser: lin, TemplateID: "none"}); err == nil || !strings.Contains(err.Error(), "40037") {
		t.Errorf("unknown template: %v", err)
	}
}
