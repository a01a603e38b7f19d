package wechat

import (
	"context"
	"regexp"

	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/officialaccount/message"
)

// Template is a message template that the account holds, as its owner applied for it.
type Template struct {
	ID      string
	Title   string
	Content string // "议题：{{thing1.DATA}}\n时间：{{time2.DATA}}"
}

var keyInContent = regexp.MustCompile(`\{\{\s*(\w+)\.DATA\s*\}\}`)

// Keys returns the keys whose values a message of this template needs, in the order of the card.
func (t Template) Keys() []string {
	var keys []string
	for _, m := range keyInContent.FindAllStringSubmatch(t.Content, -1) {
		keys = append(keys, m[1])
	}
	return keys
}

// Templates lists the account's message templates; there are at most 25. Their ids differ from account to
// account, so find them by title.
func (c *Client) Templates(ctx context.Context) ([]Template, error) {
	var list []*message.TemplateItem
	err := c.withToken(ctx, true, func(token string) error {
		return c.viaSDK(ctx, token, func(_ context.Context, sdk *sdkcontext.Context) (err error) {
			list, err = message.NewTemplate(sdk).List()
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	templates := make([]Template, len(list))
	for i, t := range list {
		templates[i] = Template{ID: t.TemplateID, Title: t.Title, Content: t.Content}
	}
	return templates, nil
}
