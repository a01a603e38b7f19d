package config

import (
	"regexp"
	"strings"
)

// Prefix begins the name of every variable.
const Prefix = "JUSHOU_"

// setting describes one variable.
type setting struct {
	name   string // without Prefix
	secret bool   // redacted in Dump; may also be given as NAME_FILE
	// sandbox and production are the defaults; an empty one leaves the setting empty.
	sandbox, production string
}

// Values that only the sandbox may have. They are in the source for everybody to read, so a
// production start refuses whatever looks like them.
const (
	sandboxMark   = "sandbox"
	sandboxSecret = "sandbox-secret-key-known-to-everybody-0000"
	sandboxApp    = "wxsandbox0jushou01"
	sandboxAppKey = "sandbox0secret0known0to0everyone"
	sandboxToken  = "sandboxtoken"
	sandboxAES    = "sandboxAESKeyKnownToEverybody00000000000000"
)

// settings is the list of variables in the order of Dump and of the documentation.
func settings() []setting {
	return []setting{
		{name: "SANDBOX", sandbox: "1", production: "0"},
		{name: "ADDR", sandbox: "127.0.0.1:8080", production: "127.0.0.1:8080"},
		{name: "ADMIN_ADDR", production: "127.0.0.1:9080"},
		{name: "BASE_URL"},
		{name: "DATA_DIR", sandbox: "data"},
		{name: "MONGO_URI", secret: true},
		{name: "REDIS_URL", secret: true},
		{name: "SECRET_KEY", secret: true, sandbox: sandboxSecret},
		{name: "LOG_LEVEL", sandbox: "info", production: "info"},
		{name: "LOG_PUSH_URL"},
		{name: "WECHAT_APP_ID", sandbox: sandboxApp},
		{name: "WECHAT_APP_SECRET", secret: true, sandbox: sandboxAppKey},
		{name: "WECHAT_TOKEN", secret: true, sandbox: sandboxToken},
		{name: "WECHAT_AES_KEY", secret: true, sandbox: sandboxAES},
		{name: "WECHAT_MODE", sandbox: "safe", production: "safe"},
		{name: "WECHAT_API_BASE", production: "https://api.weixin.qq.com"},
		{name: "WECHAT_OPEN_BASE", production: "https://open.weixin.qq.com"},
		{name: "WECHAT_MP_BASE", production: "https://mp.weixin.qq.com"},
	}
}

// fromKubernetes matches the variables that Kubernetes puts into every pod for a service whose name begins with
// "jushou": JUSHOU_SERVICE_HOST, JUSHOU_REDIS_PORT_6379_TCP_ADDR. They are not typing mistakes of ours.
var fromKubernetes = regexp.MustCompile(`(_|^)(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?)$`)

// known reports whether a variable's full name is one of ours. Those of the test suite are let pass.
func known(name string) bool {
	short := strings.TrimPrefix(name, Prefix)
	if strings.HasPrefix(short, "TEST_") {
		return true
	}
	for _, s := range settings() {
		if short == s.name || s.secret && short == s.name+"_FILE" {
			return true
		}
	}
	return false
}
