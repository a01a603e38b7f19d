package wechat

import (
	"context"
	"net/url"
	"time"

	"jushou/internal/fault"
)

// MaxScene is the longest scene of a QR code, in characters of ASCII.
const MaxScene = 64

const (
	longestQR  = 30 * 24 * time.Hour
	shortestQR = time.Minute
)

var errScene = fault.New(fault.Invalid, "wechat.bad_scene")

// QR is a code that carries a scene to us when somebody scans it.
type QR struct {
	Ticket  string        // for ShowQRURL
	URL     string        // what the code says; render it ourselves or use ShowQRURL
	Expires time.Duration // 0 for a permanent code
}

// CreateQR makes a code for a scene (see SceneSigner). valid 0 makes a permanent code, of which an account has
// 100 000 for ever and cannot delete any; otherwise valid is between a minute and 30 days.
//
// We make this call ourselves: the SDK takes any errmsg, "ok" included, for a failure, and fails
// on integer scenes.
func (c *Client) CreateQR(ctx context.Context, scene string, valid time.Duration) (QR, error) {
	if scene == "" || len(scene) > MaxScene {
		return QR{}, errScene.With("max", MaxScene)
	}
	if valid != 0 && (valid < shortestQR || valid > longestQR) {
		return QR{}, errScene.With("valid", valid)
	}
	request := map[string]any{
		"action_name": "QR_LIMIT_STR_SCENE",
		"action_info": map[string]any{"scene": map[string]string{"scene_str": scene}},
	}
	if valid != 0 {
		request["action_name"] = "QR_STR_SCENE"
		request["expire_seconds"] = int64(valid / time.Second)
	}
	var answer struct {
		Ticket  string `json:"ticket"`
		URL     string `json:"url"`
		Seconds int64  `json:"expire_seconds"`
	}
	// A second copy of a temporary code costs nothing; a permanent one may count twice.
	err := c.withToken(ctx, valid != 0, func(token string) error {
		return c.post(ctx, "/cgi-bin/qrcode/create", url.Values{"access_token": {token}}, request, &answer)
	})
	if err != nil {
		return QR{}, err
	}
	return QR{Ticket: answer.Ticket, URL: answer.URL, Expires: time.Duration(answer.Seconds) * time.Second}, nil
}

// ShowQRURL is the address of the platform's picture of a code. It needs no token. The SDK's own does not
// escape the ticket.
func (c *Client) ShowQRURL(ticket string) string {
	return c.mp + "/cgi-bin/showqrcode?ticket=" + url.QueryEscape(ticket)
}
