package app

import (
	"context"
	"fmt"
	"net/url"

	"jushou/web/words"
	"jushou/wechat"
)

// menu is what stands under the chat: three taps that need no typing. Every entry goes through WeChat's silent
// sign-in, so that a person is known when the page opens.
func menu(base string, say *words.Catalogue) []wechat.Button {
	view := func(key, path string) wechat.Button {
		return wechat.Button{Type: "view", Name: say.T(key), URL: base + "/auth/wechat?next=" + url.QueryEscape(path)}
	}
	return []wechat.Button{
		view("menu.home", "/"),
		view("menu.post", "/post"),
		{Name: say.T("menu.me"), Sub: []wechat.Button{
			view("menu.mine", "/me/topics"), view("menu.inbox", "/me/inbox"), view("menu.account", "/me"), view("menu.desk", "/desk"),
		}},
	}
}

// PublishMenu replaces the account's menu by ours.
func (a *App) PublishMenu(ctx context.Context) error {
	catalogue, err := words.Load(words.Chinese)
	if err != nil {
		return err
	}
	if err := a.client.CreateMenu(ctx, menu(a.cfg.BaseURL, catalogue)); err != nil {
		return fmt.Errorf("publish the menu: %w", err)
	}
	return nil
}
