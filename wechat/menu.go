package wechat

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	sdkmenu "github.com/silenceper/wechat/v2/officialaccount/menu"

	"jushou/internal/fault"
)

// Bounds of the account's menu. Names and keys are counted in bytes of UTF-8, as the platform does.
const (
	maxButtons     = 3
	maxSubButtons  = 5
	maxButtonName  = 16
	maxSubName     = 60
	maxButtonKey   = 128
	maxButtonURL   = 1024
	codeNoMenuData = 46003
)

var errMenu = fault.New(fault.Invalid, "wechat.bad_menu")

// Button is one entry of the menu under the chat: a click (Key), a view (URL), or a group (Sub).
type Button struct {
	Type string   `json:"type,omitempty"` // click, view; "" for a group
	Name string   `json:"name"`
	Key  string   `json:"key,omitempty"`
	URL  string   `json:"url,omitempty"`
	Sub  []Button `json:"sub_button,omitempty"`
}

// CreateMenu replaces the account's menu. Clients show it within five minutes, or at once after following
// again.
func (c *Client) CreateMenu(ctx context.Context, buttons []Button) error {
	if err := checkMenu(buttons); err != nil {
		return err
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(map[string]any{"button": buttons}); err != nil {
		return fmt.Errorf("encode menu: %w", err)
	}
	return c.withToken(ctx, true, func(token string) error {
		return c.viaSDK(ctx, token, func(_ context.Context, sdk *sdkcontext.Context) error {
			return sdkmenu.NewMenu(sdk).SetMenuByJSON(buffer.String())
		})
	})
}

// GetMenu returns the account's menu, or none if it has none.
func (c *Client) GetMenu(ctx context.Context) ([]Button, error) {
	var menu sdkmenu.ResMenu
	err := c.withToken(ctx, true, func(token string) error {
		return c.viaSDK(ctx, token, func(_ context.Context, sdk *sdkcontext.Context) (err error) {
			menu, err = sdkmenu.NewMenu(sdk).GetMenu()
			return err
		})
	})
	if e := asAPIError(err); e != nil && e.Code == codeNoMenuData {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	buttons := make([]Button, len(menu.Menu.Button))
	for i := range menu.Menu.Button {
		buttons[i] = buttonOf(&menu.Menu.Button[i])
	}
	return buttons, nil
}

func buttonOf(b *sdkmenu.Button) Button {
	button := Button{Type: b.Type, Name: b.Name, Key: b.Key, URL: b.URL}
	for _, sub := range b.SubButtons {
		button.Sub = append(button.Sub, buttonOf(sub))
	}
	return button
}

// checkMenu refuses what the platform would refuse, with the button's name.
func checkMenu(buttons []Button) error {
	if len(buttons) == 0 || len(buttons) > maxButtons {
		return errMenu.With("buttons", len(buttons)).With("max", maxButtons)
	}
	for _, b := range buttons {
		if len(b.Sub) > maxSubButtons {
			return errMenu.With("name", b.Name).With("max", maxSubButtons)
		}
		if err := b.check(maxButtonName, len(b.Sub) > 0); err != nil {
			return err
		}
		for _, sub := range b.Sub {
			if err := sub.check(maxSubName, false); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b Button) check(maxName int, group bool) error {
	bad := errMenu.With("name", b.Name)
	switch {
	case b.Name == "" || len(b.Name) > maxName:
		return bad.With("max", maxName)
	case len(b.Key) > maxButtonKey || len(b.URL) > maxButtonURL:
		return bad.With("reason", "key or url too long")
	case group:
		return nil
	case len(b.Sub) > 0:
		return bad.With("reason", "a group inside a group")
	case b.Type == "click" && b.Key == "", b.Type == "view" && b.URL == "", b.Type == "":
		return bad.With("reason", "needs a key or a url for its type")
	}
	return nil
}
