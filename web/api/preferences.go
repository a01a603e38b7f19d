package api

import "jushou/internal/identity"

// Preferences are the caller's own settings.
type Preferences struct {
	Elder         bool `json:"elder" doc:"Large type and fewer things on a page."`
	WeChatNotices bool `json:"wechat_notices" doc:"The inbox keeps every notice in any case."`
}

// prefer replaces the caller's settings.
func (a *Actions) prefer(c *Call, in Preferences) (Preferences, error) {
	return in, a.People.Prefer(c.Context(), c.Actor, identity.Preferences{Elder: in.Elder, NoWeChat: !in.WeChatNotices})
}
