package config

import (
	"fmt"
	"strings"
)

// redacted stands for a secret that is set.
const redacted = "(set)"

// Dump lists every setting with its value and where it came from, one a line, for the start of the log and for
// `jushou doctor`. Secrets and addresses that may hold a password are not shown.
func (c Config) Dump() string {
	values := map[string]string{
		"SANDBOX": map[bool]string{true: "1", false: "0"}[c.Sandbox], "ADDR": c.Addr, "ADMIN_ADDR": c.AdminAddr, "BASE_URL": c.BaseURL,
		"DATA_DIR": c.DataDir, "MONGO_URI": c.MongoURI, "REDIS_URL": c.RedisURL, "SECRET_KEY": c.secretKey, "LOG_LEVEL": c.LogLevel.String(), "LOG_PUSH_URL": c.LogPushURL,
		"WECHAT_APP_ID": c.WeChat.AppID, "WECHAT_APP_SECRET": c.WeChat.AppSecret, "WECHAT_TOKEN": c.WeChat.Token,
		"WECHAT_AES_KEY": c.WeChat.AESKey, "WECHAT_MODE": string(c.WeChat.Mode), "WECHAT_API_BASE": c.WeChat.APIBase,
		"WECHAT_OPEN_BASE": c.WeChat.OpenBase, "WECHAT_MP_BASE": c.WeChat.MPBase,
	}
	var b strings.Builder
	for _, s := range settings() {
		value := values[s.name]
		if s.secret && value != "" {
			value = redacted
		}
		from := c.origins[s.name]
		if from == "" {
			from = "not set"
		}
		fmt.Fprintf(&b, "%s%s=%s (%s)\n", Prefix, s.name, value, from)
	}
	return b.String()
}

// String is what %v shows: nothing that could hold a secret.
func (c Config) String() string { return "config of " + c.BaseURL }

// GoString is what %#v shows.
func (c Config) GoString() string { return c.String() }

// String is what %v shows of the WeChat settings.
func (w WeChat) String() string { return "wechat " + w.AppID }

// GoString is what %#v shows.
func (w WeChat) GoString() string { return w.String() }
