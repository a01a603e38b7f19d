package wechat

import (
	"context"
	"regexp"

	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/officialaccount/message"
)

// Template is a message template that the account holds.
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

// Templates returns the templates of the account, 25 at most. Their ids differ from account to account, so
// find them by title.
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
	for i, item := range list {
		templates[i] = Template{ID: item.TemplateID, Title: item.Title, Content: item.Content}
	}
	return templates, nil
}
