package api

import "jushou/internal/identity"

// Preferences are the caller's own settings.
type Preferences struct {
	Elder         bool   `json:"elder" doc:"Large type and fewer things on a page."`
	WeChatNotices bool   `json:"wechat_notices" doc:"The inbox keeps every notice in any case."`
	QuietFrom     string `json:"quiet_from,omitempty" doc:"Hours in which WeChat messages wait, as 22:00 in Asia/Shanghai; both left out for the product's own, equal for none."`
	QuietTo       string `json:"quiet_to,omitempty"`
}

// prefer replaces the caller's settings.
func (a *Actions) prefer(c *Call, in Preferences) (Preferences, error) {
	quiet, err := identity.NewQuiet(in.QuietFrom, in.QuietTo)
	if err != nil {
		return in, err
	}
	return in, a.People.Prefer(c.Context(), c.Actor, identity.Preferences{Elder: in.Elder, NoWeChat: !in.WeChatNotices, Quiet: quiet})
}

func showPreferences(p identity.Preferences) Preferences {
	shown := Preferences{Elder: p.Elder, WeChatNotices: !p.NoWeChat, QuietFrom: p.Quiet.From, QuietTo: p.Quiet.To}
	if p.Quiet.Off {
		shown.QuietFrom, shown.QuietTo = "00:00", "00:00"
	}
	return shown
}
