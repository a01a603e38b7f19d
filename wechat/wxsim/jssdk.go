package wxsim

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// serveRes answers res.wx.qq.com: the JS-SDK stub.
func (s *Sim) serveRes(w http.ResponseWriter, r *http.Request, path string) {
	if path != "/open/js/jweixin-1.6.0.js" {
		http.NotFound(w, r)
		return
	}
	script, err := assets.ReadFile("ui/jweixin.js")
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Write([]byte(strings.ReplaceAll(string(script), "__BASE__", s.opt.Base)))
}

// jsConfig is what wx.config was given, and the page that gave it.
type jsConfig struct {
	URL       string `json:"url"`
	AppID     string `json:"appId"`
	Timestamp any    `json:"timestamp"`
	Nonce     string `json:"nonceStr"`
	Signature string `json:"signature"`
}

// checkJSConfig says what the client would say: config:ok or the error.
func (s *Sim) checkJSConfig(in jsConfig) (any, error) {
	page, err := url.Parse(in.URL)
	if err != nil {
		return ok{"errMsg": "config:invalid url"}, nil
	}
	signed, host := in.URL, page.Host
	if phoneID(host) != "" { // the app only knows its own address
		signed = s.opt.AppURL + strings.TrimPrefix(in.URL, page.Scheme+"://"+host)
	}
	at := fmt.Sprint(in.Timestamp)
	if n, isNumber := in.Timestamp.(float64); isNumber {
		at = fmt.Sprintf("%.0f", n)
	}
	verdict := "config:ok"
	s.mu.Lock()
	switch {
	case in.AppID != s.opt.Account.AppID:
		verdict = "config:invalid appid"
	case !s.allowedHost(host):
		verdict = "config:invalid url domain"
	case s.ticket == nil || in.Signature != jsSignature(s.ticket.value, in.Nonce, at, signed):
		verdict = "config:invalid signature"
	}
	s.mu.Unlock()
	s.enter(Entry{Kind: "jssdk", Path: page.Path, Result: verdict})
	return ok{"errMsg": verdict}, nil
}

// jsSignature is SHA-1 over the four raw values in this order.
func jsSignature(ticket, nonce, timestamp, page string) string {
	sum := sha1.Sum([]byte("jsapi_ticket=" + ticket + "&noncestr=" + nonce + "&timestamp=" + timestamp + "&url=" + page))
	return hex.EncodeToString(sum[:])
}
