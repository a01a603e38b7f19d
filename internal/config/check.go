package config

import (
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// check turns the raw values into a Config and notes every fault.
func (r *reader) check() Config {
	c := Config{origins: map[string]string{}}
	c.Sandbox = r.flag("SANDBOX")
	r.applyDefaults(c.Sandbox)
	c.Addr = r.address("ADDR")
	if c.AdminAddr = r.get("ADMIN_ADDR"); c.AdminAddr != "" {
		c.AdminAddr = r.address("ADMIN_ADDR")
	}
	if c.Addr != "" && c.Addr == c.AdminAddr {
		r.fault(Prefix+"ADMIN_ADDR", "is the same as JUSHOU_ADDR", "give metrics an address of their own, not reachable from outside")
	}
	c.BaseURL = r.baseURL(c)
	c.DataDir = r.dataDir(c.Sandbox)
	c.MongoURI = r.uri("MONGO_URI", "mongodb", "mongodb+srv")
	c.RedisURL = r.uri("REDIS_URL", "redis", "rediss")
	c.LogLevel = r.level()
	c.LogPushURL = r.pushURL(c.Sandbox)
	c.secretKey = r.secret("SECRET_KEY", c.Sandbox, minSecret, "make one with: openssl rand -base64 33")
	c.WeChat = r.weChat(c)
	for _, s := range settings() {
		c.origins[s.name] = r.from[Prefix+s.name]
	}
	return c
}

// minSecret is the shortest SECRET_KEY in bytes: as long as the keys derived from it.
const minSecret = 32

func (r *reader) get(short string) string { return r.raw[Prefix+short] }

func (r *reader) applyDefaults(sandbox bool) {
	for _, s := range settings() {
		name, value := Prefix+s.name, s.production
		if sandbox {
			value = s.sandbox
		}
		// A variable that is set to nothing means nothing where that is legal, and the default elsewhere.
		if _, given := r.raw[name]; r.raw[name] == "" && !(given && s.name == "ADMIN_ADDR") && value != "" {
			r.raw[name], r.from[name] = value, fromDefault
		}
	}
}

func (r *reader) flag(short string) bool {
	switch r.get(short) {
	case "", "0", "false":
		return false
	case "1", "true":
		return true
	}
	r.fault(Prefix+short, "is neither 1 nor 0", "set it to 1 for the simulator and demo data, to 0 for real residents")
	return false
}

func (r *reader) address(short string) string {
	value := r.get(short)
	_, port, err := net.SplitHostPort(value)
	n, portErr := strconv.Atoi(port)
	if err != nil || portErr != nil || n < 0 || n > 65535 {
		r.fault(Prefix+short, "is not host:port: "+strconv.Quote(value), "write for example 127.0.0.1:8080")
	}
	return value
}

// baseURL checks BASE_URL; in the sandbox it defaults to the address that is listened on.
func (r *reader) baseURL(c Config) string {
	const name = Prefix + "BASE_URL"
	value := strings.TrimRight(r.raw[name], "/")
	if value == "" && c.Sandbox {
		r.from[name] = fromDefault
		host, port, _ := net.SplitHostPort(c.Addr)
		if host == "" || host == "0.0.0.0" || host == "::" {
			host = "127.0.0.1"
		}
		return "http://" + net.JoinHostPort(host, port)
	}
	if value == "" {
		r.fault(name, "is not set", "set it to the address that residents see, for example https://sq.example.gov.cn")
		return ""
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "http" && u.Scheme != "https":
		r.fault(name, "is not scheme://host: "+strconv.Quote(value), "write scheme and host only, for example https://sq.example.gov.cn")
	case u.Scheme != "https" && !c.Sandbox:
		r.fault(name, "is not https", "WeChat and the session cookies need https; put Caddy or the city's gateway in front")
	}
	return value
}

func (r *reader) dataDir(sandbox bool) string {
	value := r.get("DATA_DIR")
	switch {
	case value == "":
		r.fault(Prefix+"DATA_DIR", "is not set", "set it to a directory that is backed up, for example /var/lib/jushou")
		return ""
	case !sandbox && !filepath.IsAbs(value):
		r.fault(Prefix+"DATA_DIR", "is not an absolute path", "a relative one depends on where the program was started and loses data")
	}
	return filepath.Clean(value)
}

func (r *reader) uri(short string, schemes ...string) string {
	value := r.get(short)
	if value == "" {
		return ""
	}
	for _, s := range schemes {
		if rest, ok := strings.CutPrefix(value, s+"://"); ok && rest != "" {
			return value
		}
	}
	r.fault(Prefix+short, "does not begin with "+strings.Join(schemes, ":// or ")+"://", "write the whole address, or leave it out")
	return ""
}

// pushURL checks where checkpoints go. They are public, but somebody on the way must not be able to swap them.
func (r *reader) pushURL(sandbox bool) string {
	const name = Prefix + "LOG_PUSH_URL"
	value := r.raw[name]
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.Scheme != "http" && u.Scheme != "https":
		r.fault(name, "is not an address: "+strconv.Quote(value), "write for example https://archive.example.gov.cn/checkpoints, without a password, or leave it out")
	case u.Scheme != "https" && !sandbox:
		r.fault(name, "is not https", "somebody on the way could swap the checkpoints")
	}
	return value
}

func (r *reader) level() slog.Level {
	var level slog.Level
	if err := level.UnmarshalText([]byte(r.get("LOG_LEVEL"))); err != nil {
		r.fault(Prefix+"LOG_LEVEL", "is not a level", "use debug, info, warn or error")
	}
	return level
}

// secret checks that a secret is there, long enough, and not the sandbox's in production.
func (r *reader) secret(short string, sandbox bool, least int, fix string) string {
	value := r.get(short)
	switch {
	case value == "":
		r.fault(Prefix+short, "is not set", fix)
	case !sandbox && strings.Contains(strings.ToLower(value), sandboxMark):
		r.fault(Prefix+short, "is a value of the sandbox, known to everybody", fix)
	case len(value) < least:
		r.fault(Prefix+short, "has "+strconv.Itoa(len(value))+" bytes and needs "+strconv.Itoa(least), fix)
	}
	return value
}

var (
	appIDForm = regexp.MustCompile(`^wx[0-9a-z]{16}$`)
	tokenForm = regexp.MustCompile(`^[0-9A-Za-z]{3,32}$`)
	aesForm   = regexp.MustCompile(`^[0-9A-Za-z]{43}$`)
)

// console is where the operator finds a WeChat value.
const console = "copy it from the 公众平台 console, 设置与开发"

func (r *reader) weChat(c Config) WeChat {
	w := WeChat{
		AppID: r.secret("WECHAT_APP_ID", c.Sandbox, 0, console), AppSecret: r.secret("WECHAT_APP_SECRET", c.Sandbox, 32, console),
		Token: r.secret("WECHAT_TOKEN", c.Sandbox, 0, console), Mode: Mode(r.get("WECHAT_MODE")),
	}
	r.form("WECHAT_APP_ID", w.AppID, appIDForm, `is not "wx" and 16 more characters`)
	r.form("WECHAT_TOKEN", w.Token, tokenForm, "is not 3 to 32 letters and digits")
	switch w.Mode {
	case Plain:
		w.AESKey = r.get("WECHAT_AES_KEY")
	case Compat, Safe:
		w.AESKey = r.secret("WECHAT_AES_KEY", c.Sandbox, 0, console)
	default:
		r.fault(Prefix+"WECHAT_MODE", "is not a mode", "use safe (安全), compat (兼容) or plain (明文), as in the console")
	}
	r.form("WECHAT_AES_KEY", w.AESKey, aesForm, "is not 43 letters and digits")
	w.APIBase = r.weChatBase("WECHAT_API_BASE", c)
	w.OpenBase = r.weChatBase("WECHAT_OPEN_BASE", c)
	w.MPBase = r.weChatBase("WECHAT_MP_BASE", c)
	return w
}

func (r *reader) form(short, value string, form *regexp.Regexp, problem string) {
	if value != "" && !form.MatchString(value) {
		r.fault(Prefix+short, problem, console)
	}
}

// simulatorPath is where the simulator answers in WeChat's place.
const simulatorPath = "/sandbox"

// weChatBase checks an address of WeChat's. Residents' openids and messages go there, so production talks to
// weixin.qq.com over https and to nobody else.
func (r *reader) weChatBase(short string, c Config) string {
	value := strings.TrimRight(r.get(short), "/")
	if value == "" && c.Sandbox {
		r.from[Prefix+short] = fromDefault
		host, _, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(short, "WECHAT_")), "_")
		return c.BaseURL + simulatorPath + "/" + host // the simulator keeps the platform's hosts apart by path
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		r.fault(Prefix+short, "is not an address: "+strconv.Quote(value), "leave it out")
	case !c.Sandbox && (u.Scheme != "https" || u.Path != "" || !isWeixin(u)):
		r.fault(Prefix+short, "is not an https address of weixin.qq.com: "+strconv.Quote(value), "leave it out, or set JUSHOU_SANDBOX=1 if this is not a real installation")
	}
	return value
}

func isWeixin(u *url.URL) bool {
	return u.Port() == "" && (u.Hostname() == "weixin.qq.com" || strings.HasSuffix(u.Hostname(), ".weixin.qq.com"))
}
