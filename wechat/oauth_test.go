package wechat

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/internal/fault"
)

const pathExchange = "/sns/oauth2/access_token"

func TestTheAuthorizeLinkKeepsThePlatformsOrder(t *testing.T) {
	t.Parallel()
	c, _ := newClient(t, newPlatform(t), nil)
	got, err := c.AuthorizeURL("https://jushou.example/auth/wechat/callback?next=/t/1&x=y", ScopeBase, "00ff00ff")
	want := "https://open.weixin.qq.com/connect/oauth2/authorize?appid=" + testAppID +
		"&redirect_uri=https%3A%2F%2Fjushou.example%2Fauth%2Fwechat%2Fcallback%3Fnext%3D%2Ft%2F1%26x%3Dy" +
		"&response_type=code&scope=snsapi_base&state=00ff00ff#wechat_redirect"
	if err != nil || got != want {
		t.Fatalf("%v\n got %s\nwant %s", err, got, want)
	}
	for _, state := range []string{"", "abc", "x&y=z#f", "ABCDEF00", strings.Repeat("a", 129)} {
		if _, err := c.AuthorizeURL("https://jushou.example/", ScopeBase, state); fault.KindOf(err) != fault.Invalid {
			t.Errorf("state %q: %v", state, err)
		}
	}
	if a, b := NewState(), NewState(); a == b || !stateForm.MatchString(a) {
		t.Errorf("states %s %s", a, b)
	}
}

func TestACodeIsExchangedOnceHoweverOftenTheBrowserComesBack(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathExchange, says(`{"access_token":"U","expires_in":7200,"refresh_token":"R","openid":"oA","scope":"snsapi_base","unionid":"u"}`), refuses(40163))
	shared := newMemory()
	one, _ := newClient(t, p, func(cfg *Config) { cfg.Cache = shared })
	two, _ := newClient(t, p, func(cfg *Config) { cfg.Cache = shared })
	want := OAuthUser{OpenID: "oA", UnionID: "u"}
	var wait sync.WaitGroup
	for range 5 {
		wait.Go(func() {
			if got, err := one.Exchange(t.Context(), "CODE&1"); err != nil || got != want {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	wait.Wait()
	if got, err := two.Exchange(t.Context(), "CODE&1"); err != nil || got != want {
		t.Errorf("another replica: %+v, %v", got, err)
	}
	made := p.made(pathExchange)
	if len(made) != 1 {
		t.Fatalf("%d exchanges", len(made))
	}
	if q := made[0].query; q.Get("code") != "CODE&1" || q.Get("secret") != testSecret || q.Get("appid") != testAppID || q.Get("grant_type") != "authorization_code" {
		t.Errorf("asked %v", q)
	}
	for key, value := range shared.values {
		if strings.Contains(key+value, "CODE") || strings.Contains(value, `"R"`) {
			t.Errorf("kept %s = %s", key, value)
		}
		if shared.lives[key] != codeLife {
			t.Errorf("kept for %v", shared.lives[key])
		}
	}
}

func TestTheReplicaThatComesSecondWaitsForTheFirstOnesResult(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathExchange, refuses(40163))
	var c *Client
	pauses := 0
	c, _ = newClient(t, p, func(cfg *Config) {
		cfg.Pause = func(ctx context.Context, _ time.Duration) error {
			if pauses++; pauses == 2 { // the other replica has its answer now
				c.remember(ctx, c.codeKey("CODE"), OAuthUser{OpenID: "oA"})
			}
			return nil
		}
	})
	if got, err := c.Exchange(t.Context(), "CODE"); err != nil || got.OpenID != "oA" || pauses != 2 {
		t.Fatalf("%+v, %v after %d pauses", got, err, pauses)
	}
	pauses = 10
	if _, err := c.Exchange(t.Context(), "OLD"); !errors.Is(err, ErrCodeUsed) || pauses != 13 {
		t.Fatalf("%v after %d pauses", err, pauses-10)
	}
}

func TestCodesThatAreGoneSayStartAgain(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	c, _ := newClient(t, p, nil)
	for _, code := range []int{40029, 40163, 42003, 41008} {
		p.on(pathExchange, refuses(code))
		if _, err := c.Exchange(t.Context(), "CODE"); !errors.Is(err, ErrCodeUsed) || fault.KindOf(err) != fault.TooLate {
			t.Errorf("%d: %v", code, err)
		}
	}
	for _, code := range []string{"", strings.Repeat("c", 300)} {
		if _, err := c.Exchange(t.Context(), code); !errors.Is(err, ErrCodeUsed) {
			t.Errorf("code of %d bytes: %v", len(code), err)
		}
	}
	p.on(pathExchange, refuses(40164))
	if _, err := c.Exchange(t.Context(), "CODE"); !errors.Is(err, ErrOperator) {
		t.Errorf("40164: %v", err)
	}
	p.on(pathExchange, status(502))
	if _, err := c.Exchange(t.Context(), "CODE"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("502: %v", err)
	}
}

func TestASnapshotIsNotAPerson(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathExchange, says(`{"access_token":"U","openid":"oVirtual","is_snapshotuser":1}`))
	c, _ := newClient(t, p, nil)
	if got, err := c.Exchange(t.Context(), "CODE"); err != nil || !got.Snapshot {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestScenes(t *testing.T) {
	t.Parallel()
	signer, other := NewSceneSigner([]byte("a")), NewSceneSigner([]byte("b"))
	scene, err := signer.SignScene("building", "01jd0000000000000000")
	if err != nil || len(scene) > MaxScene {
		t.Fatalf("%q, %v", scene, err)
	}
	kind, id, good := signer.ParseScene(scene)
	if !good || kind != "building" || id != "01jd0000000000000000" {
		t.Fatalf("%q %q %v", kind, id, good)
	}
	for _, forged := range []string{"", "||", scene + "0", scene[:len(scene)-1], strings.ToUpper(scene), "building|01jd0000000000000001|" + scene[len(scene)-8:], "x|" + scene} {
		if _, _, good := signer.ParseScene(forged); good {
			t.Errorf("%q passed", forged)
		}
	}
	if _, _, good := other.ParseScene(scene); good {
		t.Error("another installation's key passed")
	}
	for _, bad := range [][2]string{{"", "1"}, {"a", ""}, {"a|b", "1"}, {"a", "b|c"}, {"楼", "1"}, {"a", strings.Repeat("1", 60)}} {
		if _, err := signer.SignScene(bad[0], bad[1]); !errors.Is(err, errScene) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}
