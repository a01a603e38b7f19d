package wxsim_test

import (
	"strings"
	"testing"
	"time"
)

func TestStableTokenStaysUntilFiveMinutesBeforeItsEndAndThenOverlaps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.stable(false)
	w.clock.Advance(6899 * time.Second)
	again := w.stable(false)
	if first.text("access_token") != again.text("access_token") || again["expires_in"] != 301.0 {
		t.Fatalf("after 6899 s: new token or expires_in %v, want the same with 301", again["expires_in"])
	}
	w.clock.Advance(2 * time.Second)
	renewed := w.stable(false)
	if renewed.text("access_token") == first.text("access_token") || renewed["expires_in"] != 7200.0 {
		t.Fatalf("no new token five minutes before the end: %v", renewed["expires_in"])
	}
	if w.alive(first.text("access_token")) != 0 || w.alive(renewed.text("access_token")) != 0 {
		t.Error("both tokens must live in the overlap")
	}
	w.clock.Advance(300 * time.Second)
	if got := w.alive(first.text("access_token")); got != 42001 {
		t.Errorf("old token after its end: %d, want 42001", got)
	}
}

func TestForcedRefreshKillsTheOldTokenAndIsRationed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.stable(false).text("access_token")
	fresh := w.stable(true)
	if got := w.alive(old); got != 40001 {
		t.Errorf("old token: %d, want 40001", got)
	}
	w.want(fresh, 0)
	w.want(w.stable(true), 45011)
	for range 19 {
		w.clock.Advance(31 * time.Second)
		w.want(w.stable(true), 0)
	}
	w.clock.Advance(31 * time.Second)
	w.want(w.stable(true), 45009)
	w.clock.Advance(24 * time.Hour)
	w.want(w.stable(true), 0)
}

func TestEachPlainTokenReplacesTheOneBeforeAfterFiveMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := "/api/cgi-bin/token?grant_type=client_credential&appid=" + appID + "&secret=" + secret
	stable := w.stable(false).text("access_token")
	first, second := w.get(path).text("access_token"), w.get(path).text("access_token")
	if first == second || w.alive(first) != 0 || w.alive(second) != 0 {
		t.Fatal("two different tokens must live side by side for a while")
	}
	w.clock.Advance(5 * time.Minute)
	if w.alive(first) != 40001 || w.alive(second) != 0 {
		t.Errorf("after five minutes: first %d, second %d; want 40001 and 0", w.alive(first), w.alive(second))
	}
	if w.alive(stable) != 0 {
		t.Error("/cgi-bin/token must not touch the stable token")
	}
}

func TestCredentialsAreCheckedByName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for query, code := range map[string]int{
		"grant_type=client_credential&appid=wxother&secret=" + secret: 40013,
		"grant_type=client_credential&appid=" + appID + "&secret=no":  40125,
		"grant_type=client_credential&appid=" + appID:                 41004,
		"grant_type=client_credential":                                41002,
		"grant_type=password&appid=" + appID + "&secret=" + secret:    40002,
	} {
		w.want(w.get("/api/cgi-bin/token?"+query), code)
	}
	w.want(w.get("/api/cgi-bin/getcallbackip"), 41001)
	w.want(w.get("/api/cgi-bin/getcallbackip?access_token=made-up"), 40001)
	w.want(w.get("/api/cgi-bin/no/such/call"), 40066)
	w.want(w.get("/api/cgi-bin/stable_token"), 43002)
	w.want(w.post("/api/cgi-bin/token", "{}"), 43001)
}

func TestQuotaRunsOutAtTheDailyLimitAndCanBeClearedTenTimesAMonth(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := "/api/cgi-bin/token?grant_type=client_credential&appid=" + appID + "&secret=" + secret
	for range 2000 {
		w.get(path)
	}
	w.want(w.get(path), 45009)
	for range 10 {
		w.want(w.post("/api/cgi-bin/clear_quota/v2", answer{"appid": appID, "appsecret": secret}), 0)
	}
	w.want(w.post("/api/cgi-bin/clear_quota/v2", answer{"appid": appID, "appsecret": secret}), 48006)
	w.want(w.get(path), 0)
	got := w.api("openapi/quota/get", answer{"cgi_path": "/cgi-bin/token"})
	quota, isMap := got["quota"].(map[string]any)
	if !isMap || quota["daily_limit"] != 2000.0 || quota["used"] != 1.0 {
		t.Errorf("quota = %v", got["quota"])
	}
}

func TestTicketIsKeptForItsLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := "/api/cgi-bin/ticket/getticket?type=jsapi&access_token="
	one := w.get(path + w.stable(false).text("access_token"))
	w.clock.Advance(time.Hour)
	two := w.get(path + w.stable(false).text("access_token"))
	if one.text("ticket") != two.text("ticket") || two["expires_in"] != 3600.0 {
		t.Errorf("ticket changed within its life, or expires_in %v", two["expires_in"])
	}
}

func TestTheBareBaseStandsForEveryHost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.want(w.get("/cgi-bin/token?grant_type=client_credential&appid="+appID+"&secret="+secret), 0)
	w.want(w.get("/sns/auth?access_token=none&openid=x"), 40001)
	if status, page, _ := w.fetch(w.base + "/connect/oauth2/authorize"); status != 200 || !strings.Contains(page, "10012") {
		t.Errorf("authorize: %d", status)
	}
	if status, _, _ := w.fetch(w.base + "/cgi-bin/showqrcode?ticket=none"); status != 404 {
		t.Errorf("showqrcode: %d", status)
	}
}
