package wechat

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	sdkcredential "github.com/silenceper/wechat/v2/credential"
	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"

	"jushou/internal/fault"
)

// ErrPageHost means that a page on a host that is not ours asked to be signed.
var ErrPageHost = fault.New(fault.Denied, "wechat.page_host")

// JSConfig is what wx.config takes; the JSON names are wx.config's.
type JSConfig struct {
	AppID     string `json:"appId"`
	Timestamp int64  `json:"timestamp"`
	NonceStr  string `json:"nonceStr"`
	Signature string `json:"signature"`
}

// JSConfig signs a page for the JS-SDK. page is the address as the client sees it; what follows # is
// dropped. On iOS that is the address the WebView was entered with, whatever the history shows now.
func (c *Client) JSConfig(ctx context.Context, page string) (JSConfig, error) {
	page, _, _ = strings.Cut(page, "#")
	u, err := url.Parse(page)
	if err != nil || u.Scheme != "https" && !c.cfg.Sandbox || !slices.Contains(c.cfg.PageHosts, u.Host) {
		return JSConfig{}, ErrPageHost
	}
	ticket, err := c.ticket.get(ctx)
	if err != nil {
		return JSConfig{}, fmt.Errorf("jsapi ticket: %w", err)
	}
	signed := JSConfig{AppID: c.cfg.AppID, Timestamp: c.cfg.Clock.Now().Unix(), NonceStr: rand.Text()[:16]}
	signed.Signature = SignPage(ticket, signed.NonceStr, signed.Timestamp, page)
	return signed, nil
}

// SignPage is the JS-SDK signature: SHA-1 over the four raw values in this order, nothing escaped.
func SignPage(ticket, nonce string, timestamp int64, page string) string {
	sum := sha1.Sum(fmt.Appendf(nil, "jsapi_ticket=%s&noncestr=%s&timestamp=%d&url=%s", ticket, nonce, timestamp, page))
	return hex.EncodeToString(sum[:])
}

func (c *Client) fetchTicket(ctx context.Context) (string, time.Duration, error) {
	var ticket sdkcredential.ResTicket
	err := c.withToken(ctx, true, func(token string) error {
		return c.viaSDK(ctx, token, func(ctx context.Context, sdk *sdkcontext.Context) error {
			name, err := sdk.GetAccessToken()
			if err != nil {
				return err
			}
			ticket, err = sdkcredential.GetTicketFromServerContext(ctx, name)
			return err
		})
	})
	if err != nil {
		return "", 0, err
	}
	if ticket.Ticket == "" {
		return "", 0, &APIError{API: "/cgi-bin/ticket/getticket", Code: codeBusy, Status: 200, Msg: "no ticket in the answer"}
	}
	return ticket.Ticket, time.Duration(ticket.ExpiresIn) * time.Second, nil
}
