package wechat

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	pathToken    = "/cgi-bin/stable_token"
	pathTemplate = "/cgi-bin/message/template/send"
	pathCustom   = "/cgi-bin/message/custom/send"
)

func TestTheTokenIsAskedForInNormalModeAndOnce(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathCustom, says(ok))
	c, _ := newClient(t, p, nil)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if err := c.SendText(t.Context(), "oA", "hi"); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	asked := p.made(pathToken)
	if len(asked) != 1 {
		t.Fatalf("%d tokens asked for", len(asked))
	}
	body := decoded(t, asked[0].body)
	if body["force_refresh"] != false || body["grant_type"] != "client_credential" || body["appid"] != testAppID || body["secret"] != testSecret {
		t.Errorf("asked with %v", body)
	}
	for _, call := range p.made(pathCustom) {
		if call.query.Get("access_token") != "TOKEN1" {
			t.Errorf("sent with %v", call.query)
		}
	}
}

func TestReplicasShareOneTokenAndARotatedSecretDoesNot(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathCustom, says(ok))
	shared := newMemory()
	share := func(cfg *Config) { cfg.Cache = shared }
	one, _ := newClient(t, p, share)
	two, _ := newClient(t, p, share)
	rotated, _ := newClient(t, p, func(cfg *Config) { cfg.Cache, cfg.Secret = shared, strings.Repeat("f", 32) })
	for i, c := range []*Client{one, two, rotated} {
		if err := c.SendText(t.Context(), "oA", "hi"); err != nil {
			t.Fatal(i, err)
		}
	}
	if n := len(p.made(pathToken)); n != 2 {
		t.Fatalf("%d tokens for two secrets", n)
	}
	for key := range shared.values {
		if strings.Contains(key, testSecret) {
			t.Errorf("the key tells the secret: %s", key)
		}
	}
}

func TestTokensAreKeptFiveMinutesLessThanTheyLive(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		expires string
		keep    time.Duration
	}{{"7200", 115 * time.Minute}, {"400", 100 * time.Second}, {"300", time.Minute}, {"0", time.Minute}, {"-5", time.Minute}} {
		p := newPlatform(t)
		p.on(pathToken, says(`{"access_token":"T","expires_in":`+c.expires+`}`))
		p.on(pathCustom, says(ok))
		shared := newMemory()
		client, now := newClient(t, p, func(cfg *Config) { cfg.Cache = shared })
		send := func() {
			if err := client.SendText(t.Context(), "oA", "hi"); err != nil {
				t.Fatal(err)
			}
		}
		send()
		if got := shared.lives[client.token.key]; got != c.keep {
			t.Errorf("expires_in %s kept %v, want %v", c.expires, got, c.keep)
		}
		now.Advance(c.keep - time.Second)
		send()
		before := len(p.made(pathToken))
		now.Advance(time.Second)
		send()
		if after := len(p.made(pathToken)); before != 1 || after != 2 {
			t.Errorf("expires_in %s: asked %d times before its end and %d after", c.expires, before, after)
		}
	}
}

func TestARefusedTokenIsReplacedOnceAndTheCallRepeated(t *testing.T) {
	t.Parallel()
	for _, code := range []int{40001, 40014, 42001, 41001} {
		p := newPlatform(t)
		p.on(pathCustom, refuses(code), says(ok))
		shared := newMemory()
		c, _ := newClient(t, p, func(cfg *Config) { cfg.Cache = shared })
		if err := c.SendText(t.Context(), "oA", "hi"); err != nil {
			t.Fatalf("%d: %v", code, err)
		}
		sent := p.made(pathCustom)
		if len(sent) != 2 || sent[0].query.Get("access_token") != "TOKEN1" || sent[1].query.Get("access_token") != "TOKEN2" {
			t.Fatalf("%d: sent %v", code, sent)
		}
		if got, _ := splitShared(shared.values[c.token.key]); got != "TOKEN2" {
			t.Errorf("%d: shared %q", code, got)
		}
	}
}

func TestATokenThatStaysRefusedIsNotAskedForInALoop(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathToken, says(`{"access_token":"SAME","expires_in":7200}`))
	p.on(pathCustom, refuses(40001))
	c, now := newClient(t, p, nil)
	for range 5 {
		err := c.SendText(t.Context(), "oA", "hi")
		if !errors.Is(err, ErrOperator) || PolicyOf(err).Action != RefreshToken {
			t.Fatalf("got %v", err)
		}
	}
	if n := len(p.made(pathToken)); n != 2 {
		t.Errorf("%d tokens asked for in the same minute", n)
	}
	if n := len(p.made(pathCustom)); n != 6 {
		t.Errorf("%d calls for five messages: only the first is tried twice", n)
	}
	now.Advance(stuckFor)
	p.on(pathCustom, refuses(40001))
	if err := c.SendText(t.Context(), "oA", "hi"); err == nil {
		t.Fatal("refused token sent")
	}
	if n := len(p.made(pathToken)); n != 3 {
		t.Errorf("%d tokens asked for a minute later", n)
	}
}

func TestATokenRefusedInPassingIsTriedAgain(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathToken, says(`{"access_token":"SAME","expires_in":7200}`))
	p.on(pathCustom, refuses(40001), says(ok))
	c, _ := newClient(t, p, nil)
	for range 3 {
		if err := c.SendText(t.Context(), "oA", "hi"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFreshTokenThatIsRefusedTooEndsTheCall(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathCustom, refuses(40001))
	c, _ := newClient(t, p, nil)
	if err := c.SendText(t.Context(), "oA", "hi"); PolicyOf(err).Action != RefreshToken {
		t.Fatal(err)
	}
	if n := len(p.made(pathCustom)); n != 2 {
		t.Fatalf("%d calls", n)
	}
}

func TestAnotherReplicasFreshTokenIsNotThrownAway(t *testing.T) {
	t.Parallel()
	shared := newMemory()
	p := newPlatform(t)
	c, now := newClient(t, p, func(cfg *Config) { cfg.Cache = shared })
	shared.values[c.token.key] = joinShared("NEWER", now.Now().Add(time.Hour))
	if !c.token.invalidate(t.Context(), "OLDER") {
		t.Fatal("an unknown token is not stuck")
	}
	if got, err := c.token.get(t.Context()); err != nil || got != "NEWER" {
		t.Fatalf("got %q, %v", got, err)
	}
}

func TestWithTheCacheDownTheProcessUsesItsOwnCopy(t *testing.T) {
	t.Parallel()
	shared := newMemory()
	p := newPlatform(t)
	p.on(pathCustom, says(ok), says(ok), refuses(42001), says(ok))
	c, now := newClient(t, p, func(cfg *Config) { cfg.Cache = shared })
	shared.turn(true)
	send := func() {
		t.Helper()
		if err := c.SendText(t.Context(), "oA", "hi"); err != nil {
			t.Fatal(err)
		}
	}
	send()
	send()
	if n := len(p.made(pathToken)); n != 1 {
		t.Fatalf("%d tokens asked for while the cache was down", n)
	}
	send() // refused, replaced, repeated
	if n := len(p.made(pathToken)); n != 2 {
		t.Fatalf("%d tokens after a refusal", n)
	}
	now.Advance(2 * time.Hour)
	send()
	if n := len(p.made(pathToken)); n != 3 {
		t.Fatalf("%d tokens after the copy's end", n)
	}
}

func TestWaitingForATokenEndsWithTheContext(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	c, _ := newClient(t, p, nil)
	c.token.fetching <- struct{}{} // somebody else is fetching and takes long
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.token.get(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestConfigurationErrorsOfTheTokenReachTheOperator(t *testing.T) {
	t.Parallel()
	for _, code := range []int{40013, 40125, 40164, 40243, 89503} {
		p := newPlatform(t)
		p.on(pathToken, refuses(code))
		c, _ := newClient(t, p, nil)
		err := c.SendText(t.Context(), "oA", "hi")
		if !errors.Is(err, ErrOperator) || PolicyOf(err).Action != Operator || len(p.made(pathToken)) != 1 {
			t.Errorf("%d: %v after %d tries", code, err, len(p.made(pathToken)))
		}
	}
}
