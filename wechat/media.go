package wechat

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"jushou/internal/fault"
)

// ErrMediaType means that a media id is something that cannot be downloaded here, a video above all.
var ErrMediaType = fault.New(fault.Invalid, "wechat.media_type")

// Media is a downloaded temporary material. Its bytes come from a person's phone: decode them with care.
type Media struct {
	Body        []byte
	ContentType string
	Name        string // as the platform names it; never use it as a path
}

// DownloadMedia fetches what a person sent, up to limit bytes. The platform keeps it three days.
//
// We make this call ourselves: the SDK has none. A refusal comes as JSON with status 200 and now and then
// with an image's content type, so both the type and the bytes are asked.
func (c *Client) DownloadMedia(ctx context.Context, mediaID string, limit int64) (Media, error) {
	var media Media
	err := c.withToken(ctx, true, func(token string) error {
		query := url.Values{"access_token": {token}, "media_id": {mediaID}}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, officialAPI+"/cgi-bin/media/get?"+query.Encode(), nil)
		if err != nil {
			return fmt.Errorf("build media/get: %w", withoutURL(err))
		}
		a, refusal := c.roundTrip(ctx, req, limit, judgeMedia)
		if refusal != nil {
			return refusal
		}
		media = Media{Body: a.body, ContentType: a.header.Get("Content-Type"), Name: mediaName(a.header)}
		return nil
	})
	if err != nil {
		return Media{}, err
	}
	if looksJSON(media.ContentType, media.Body) {
		return Media{}, ErrMediaType.With("type", media.ContentType)
	}
	return media, nil
}

func judgeMedia(api string, a answer) *APIError {
	if a.status == http.StatusOK && !looksJSON(a.header.Get("Content-Type"), a.body) {
		return nil
	}
	return answerError(api, a.status, a.body)
}

func looksJSON(contentType string, body []byte) bool {
	return strings.Contains(contentType, "json") || strings.HasPrefix(contentType, "text/") ||
		bytes.HasPrefix(bytes.TrimSpace(body), []byte("{"))
}

func mediaName(header http.Header) string {
	_, params, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}
