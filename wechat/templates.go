package wechat

import (
	"context"

	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/officialaccount/message"
)

// Template is a message template that the account holds, as its owner applied for it.
type Template struct {
	ID      string
	Title   string
	Content string // "议题：{{thing1.DATA}}\n时间：{{time2.DATA}}"
}

// Templates lists the account's message templates; there are at most 25.
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
