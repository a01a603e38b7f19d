package wxsim_test

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/wechat/wxsim"
)

func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w *world) download(address string) (*http.Response, []byte) {
	w.Helper()
	res, err := http.Get(address)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.Fatal(err)
	}
	return res, body
}

func TestAPhotoCanBeFetchedForThreeDays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	picture := photo(t)
	if _, err := w.sim.SendPhoto("lin", picture); err != nil {
		t.Fatal(err)
	}
	p := w.seen()[0].fields
	address := func() string {
		return w.base + "/api/cgi-bin/media/get?access_token=" + w.stable(false).text("access_token") + "&media_id=" + p.MediaId
	}
	res, body := w.download(address())
	if !bytes.Equal(body, picture) || res.Header.Get("Content-Type") != "image/jpeg" || !strings.Contains(res.Header.Get("Content-Disposition"), p.MediaId+".jpg") {
		t.Errorf("%d bytes, %v", len(body), res.Header)
	}
	if _, shown := w.download(p.PicUrl); !bytes.Equal(shown, picture) {
		t.Errorf("PicUrl %s shows %d bytes", p.PicUrl, len(shown))
	}
	w.clock.Advance(72 * time.Hour)
	res, body = w.download(address())
	if res.StatusCode != 200 || !bytes.Contains(body, []byte("40007")) {
		t.Errorf("after three days: %d %s", res.StatusCode, body)
	}
}

func TestUploadedMediaCanBeSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	part, err := m.CreateFormFile("media", "a.jpg")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(photo(t)); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	upload := w.base + "/api/cgi-bin/media/upload?type=image&access_token=" + w.stable(false).text("access_token")
	got := w.read(http.Post(upload, m.FormDataContentType(), &form))
	if got.text("type") != "image" || len(got.text("media_id")) < 20 {
		t.Fatalf("%v", got)
	}
	if _, err := w.sim.SendText("lin", "看看"); err != nil {
		t.Fatal(err)
	}
	w.want(w.api("message/custom/send", answer{"touser": w.openID("lin"), "msgtype": "image", "image": answer{"media_id": got.text("media_id")}}), 0)
	w.want(w.post(strings.TrimPrefix(upload, w.base), "{}"), 41005)
	w.want(w.post(strings.TrimPrefix(strings.Replace(upload, "type=image", "type=smell", 1), w.base), "{}"), 40004)
}

func TestCodesAreMadeShownAndForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.api("qrcode/create", `{"expire_seconds":600,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"bind|7"}}}`)
	if got["expire_seconds"] != 600.0 {
		t.Fatalf("%v", got)
	}
	show := w.base + "/mp/cgi-bin/showqrcode?ticket=" + url.QueryEscape(got.text("ticket"))
	res, body := w.download(show)
	if _, err := png.Decode(bytes.NewReader(body)); err != nil || res.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%v %v", res.Header, err)
	}
	if raw, _ := w.download(w.base + "/mp/cgi-bin/showqrcode?ticket=" + got.text("ticket")); raw.StatusCode != 404 {
		t.Errorf("an unescaped ticket answers %d", raw.StatusCode)
	}
	w.clock.Advance(10 * time.Minute)
	if res, _ := w.download(show); res.StatusCode != 404 {
		t.Errorf("an expired code answers %d", res.StatusCode)
	}
	limit := `{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"b|1"}}}`
	if a, b := w.api("qrcode/create", limit), w.api("qrcode/create", limit); a.text("ticket") != b.text("ticket") {
		t.Error("a permanent code changed")
	}
	for _, bad := range []string{
		`{"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":""}}}`,
		`{"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"` + strings.Repeat("x", 65) + `"}}}`,
		`{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":100001}}}`,
	} {
		w.want(w.api("qrcode/create", bad), 40053)
	}
	w.want(w.api("qrcode/create", `{"action_name":"QR_ART"}`), 40052)
}

func TestMenusAreChecked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	click := `{"name":"说","type":"click","key":"k"}`
	for body, code := range map[string]int{
		`{"button":[]}`: 40016,
		`{"button":[` + strings.Repeat(click+",", 3) + click + `]}`:                               40016,
		`{"button":[{"name":"六个汉字太长","type":"click","key":"k"}]}`:                                 40018,
		`{"button":[{"name":"说","type":"click"}]}`:                                                40019,
		`{"button":[{"name":"看","type":"view"}]}`:                                                 40020,
		`{"button":[{"name":"说","type":"dance"}]}`:                                                40017,
		`{"button":[{"name":"多","sub_button":[` + strings.Repeat(click+",", 5) + click + `]}]}`:   40023,
		`{"button":[{"name":"长","sub_button":[{"name":"` + strings.Repeat("长", 21) + `"}]}]}`:     40025,
		`{"button":[{"name":"\u8bf4","type":"click","key":"k"}]}`:                                 40033,
		`{"button":[` + click + `]}`:                                                              0,
		`{"button":[{"name":"社区","sub_button":[{"name":"议事","type":"view","url":"https://x"}]}]}`: 0,
	} {
		if got := w.api("menu/create", body); got.code() != code {
			t.Errorf("%s: %v, want %d", body, got, code)
		}
	}
	path := "/api/cgi-bin/menu/%s?access_token=" + w.stable(false).text("access_token")
	w.want(w.get(fmt.Sprintf(path, "delete")), 0)
	w.want(w.get(fmt.Sprintf(path, "get")), 46003)
}

func TestUserInfoAndTags(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	info := func(id string) answer {
		return w.get("/api/cgi-bin/user/info?openid=" + w.openID(id) + "&lang=zh_CN&access_token=" + w.stable(false).text("access_token"))
	}
	if got := info("chen"); got["subscribe"] != 0.0 || got["subscribe_time"] != nil {
		t.Errorf("stranger %v", got)
	}
	if _, err := w.sim.Scan("chen", "b|9"); err != nil {
		t.Fatal(err)
	}
	if got := info("chen"); got["subscribe"] != 1.0 || got.text("qr_scene_str") != "b|9" || got.text("subscribe_scene") != "ADD_SCENE_QR_CODE" || got["nickname"] != nil {
		t.Errorf("follower %v", got)
	}
	made := w.api("tags/create", answer{"tag": answer{"name": "居委"}})
	w.want(w.api("tags/create", answer{"tag": answer{"name": "居委"}}), 45157)
	tagged, isMap := made["tag"].(map[string]any)
	if !isMap {
		t.Fatalf("%v", made)
	}
	w.want(w.api("tags/members/batchtagging", answer{"openid_list": []string{w.openID("chen")}, "tagid": tagged["id"]}), 0)
	w.want(w.api("tags/members/batchtagging", answer{"openid_list": []string{}, "tagid": tagged["id"]}), 40032)
	if got := info("chen"); got.text("tagid_list") != "["+fmt.Sprint(tagged["id"])+"]" {
		t.Errorf("tags %v", got["tagid_list"])
	}
}

func TestTheLogHidesSecretsAndTheInboxShowsTheChat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.api("message/template/send", templateTo(w.openID("lin"), nil))
	w.want(got, 0)
	w.sim.Settle()
	res, body := w.download(w.base + "/__sim/log?since=0")
	if res.StatusCode != 200 || bytes.Contains(body, []byte(secret)) || bytes.Contains(body, []byte(w.stable(false).text("access_token"))) {
		t.Errorf("the log tells a secret: %s", body)
	}
	for _, want := range []string{"/cgi-bin/message/template/send", "TEMPLATESENDJOBFINISH", `"access_token=hidden~`} {
		if !bytes.Contains(body, []byte(want)) {
			t.Errorf("%q is missing in %s", want, body)
		}
	}
	if inbox := w.get("/__sim/inbox/" + w.openID("lin")); !strings.Contains(inbox.text("messages"), "三号楼楼道灯") {
		t.Errorf("inbox %v", inbox)
	}
	if c := w.get("/__sim/counters"); c["template"] != 1.0 || c["pushes"] != 1.0 {
		t.Errorf("counters %v", c)
	}
}

func TestControlMovesTheClockTheAppFollows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for body, want := range map[string]time.Time{
		`{"advance":"3h"}`: noon.Add(3 * time.Hour), `{"advance":"3d"}`: noon.Add(72 * time.Hour), `{"advance":"-1h"}`: noon.Add(-time.Hour),
		`{"set":"2027-01-01T00:00:00+08:00"}`: time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC),
		`{"next":"14:00"}`:                    noon.Add(2 * time.Hour), `{"next":"12:00"}`: noon.Add(24 * time.Hour), `{"next":"09:00"}`: noon.Add(21 * time.Hour),
	} {
		w.clock.Set(noon)
		w.post("/__sim/clock", body)
		if !w.clock.Now().Equal(want) {
			t.Errorf("%s: %v, want %v", body, w.clock.Now(), want)
		}
	}
	for _, bad := range []string{`{"advance":"soon"}`, `{"next":"25:00"}`, `{}`} {
		if got := w.post("/__sim/clock", bad); got.text("code") != "wxsim.bad_time" {
			t.Errorf("%s: %v", bad, got)
		}
	}
}

func TestControlActsForAPersonaAndResets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if got := w.post("/__sim/push", answer{"openid": "lin", "kind": "text", "text": "你好"}); got.text("verdict") != "accepted" {
		t.Errorf("%v", got)
	}
	if got := w.post("/__sim/push", answer{"openid": "chen", "kind": "text", "text": "你好"}); got.text("code") != "wxsim.not_following" {
		t.Errorf("%v", got)
	}
	if got := w.post("/__sim/push", answer{"openid": "lin", "kind": "photo", "photo": photo(t), "async": true}); got["code"] != nil {
		t.Errorf("%v", got)
	}
	w.sim.Settle()
	if len(w.seen()) != 2 {
		t.Fatalf("%d pushes", len(w.seen()))
	}
	w.post("/__sim/reset", "{}")
	if len(w.sim.Chat("lin")) != 0 || len(w.sim.Log(0)) != 0 || w.sim.Personas()[1].Follows {
		t.Error("something survived the reset")
	}
}

func TestJSConfigIsCheckedAgainstThePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.get("/api/cgi-bin/ticket/getticket?type=jsapi&access_token=" + w.stable(false).text("access_token")).text("ticket")
	page := w.home() + "/t/1?x=%E4%BD%A0"
	good := answer{"url": page, "appId": appID, "timestamp": 1795233600, "nonceStr": "abc", "signature": jsSign(ticket, "abc", "1795233600", page)}
	with := func(key string, v any) answer {
		c := answer{}
		for k, old := range good {
			c[k] = old
		}
		c[key] = v
		return c
	}
	for want, in := range map[string]answer{
		"config:ok":                 good,
		"config:invalid signature":  with("url", page+"&y=1"),
		"config:invalid appid":      with("appId", "wxother"),
		"config:invalid url domain": with("url", "https://evil.example/"),
	} {
		if got := w.post("/__sim/jsconfig", in).text("errMsg"); got != want {
			t.Errorf("%v: %s, want %s", in, got, want)
		}
	}
	phone := with("url", w.sim.PhoneURL("lin", page))
	if got := w.post("/__sim/jsconfig", phone).text("errMsg"); got != "config:ok" {
		t.Errorf("on a phone's host: %s", got)
	}
}

func TestASnapshotKeepsChatsCodesAndTheClock(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "wxsim.json")
	w := newWorld(t, func(o *wxsim.Options) { o.Snapshot = file })
	if _, err := w.sim.SendText("lin", "记得我"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.sim.Scan("chen", "b|1"); err != nil {
		t.Fatal(err)
	}
	w.sim.LabelScene("b|1", "1 号楼")
	w.clock.Advance(time.Hour)
	if err := w.sim.Close(); err != nil {
		t.Fatal(err)
	}
	c := clock.Ahead(clock.Standing(noon))
	again, err := wxsim.New(wxsim.Options{Account: wxsim.Account{AppID: appID, Secret: secret, Token: token}, Clock: c, Snapshot: file,
		Personas: []wxsim.Persona{{ID: "lin", Nickname: "林奶奶"}, {ID: "chen"}}})
	if err != nil {
		t.Fatal(err)
	}
	people := again.Personas()
	if len(again.Chat("lin")) != 1 || !people[1].Follows || people[0].Nickname != "林奶奶" || !people[0].Follows || len(people) != 3 {
		t.Errorf("chat %v, people %+v", again.Chat("lin"), people)
	}
	if got := c.Now().Sub(noon); got != time.Hour {
		t.Errorf("the clock is %v ahead, want 1h", got)
	}
}

// jsSign is written out here so that the test shares nothing with the code it judges.
func jsSign(ticket, nonce, timestamp, page string) string {
	h := sha1.New()
	io.WriteString(h, "jsapi_ticket="+ticket)
	io.WriteString(h, "&noncestr="+nonce)
	io.WriteString(h, "&timestamp="+timestamp)
	io.WriteString(h, "&url="+page)
	return hex.EncodeToString(h.Sum(nil))
}
