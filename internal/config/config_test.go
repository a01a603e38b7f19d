package config_test

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jushou/internal/config"
)

// production is a complete set of good settings.
func production() map[string]string {
	return map[string]string{
		"BASE_URL": "https://sq.example.gov.cn", "DATA_DIR": "/var/lib/jushou", "SECRET_KEY": strings.Repeat("k", 32),
		"WECHAT_APP_ID": "wx0123456789abcdef", "WECHAT_APP_SECRET": strings.Repeat("5", 32), "WECHAT_TOKEN": "T0ken",
		"WECHAT_AES_KEY": strings.Repeat("A", 43),
	}
}

func environ(values map[string]string) []string {
	list := []string{"PATH=/bin", "HOME=/", "JUSHOU_TEST_NO_SKIP=1"}
	for name, value := range values {
		list = append(list, "JUSHOU_"+name+"="+value)
	}
	return list
}

func load(t *testing.T, values map[string]string) config.Config {
	t.Helper()
	c, err := config.Load(environ(values), "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func faults(t *testing.T, err error) config.Faults {
	t.Helper()
	f, ok := errors.AsType[config.Faults](err)
	if !ok {
		t.Fatalf("err = %v, want faults", err)
	}
	return f
}

func names(f config.Faults) (list []string) {
	for _, x := range f {
		list = append(list, strings.TrimPrefix(x.Name, "JUSHOU_"))
	}
	slices.Sort(list)
	return list
}

func TestTheSandboxNeedsNothingElse(t *testing.T) {
	c := load(t, map[string]string{"SANDBOX": "1"})
	if !c.Sandbox || c.Addr != "127.0.0.1:8080" || c.BaseURL != "http://127.0.0.1:8080" || c.DataDir != "data" || c.AdminAddr != "" ||
		c.LogLevel != slog.LevelInfo || c.WeChat.Mode != config.Safe || c.WeChat.APIBase != "http://127.0.0.1:8080/sandbox/api" {
		t.Errorf("%s", c.Dump())
	}
	c = load(t, map[string]string{"SANDBOX": "1", "ADDR": ":9000"})
	if c.BaseURL != "http://127.0.0.1:9000" || c.WeChat.MPBase != "http://127.0.0.1:9000/sandbox/mp" {
		t.Errorf("%s", c.Dump())
	}
}

func TestProduction(t *testing.T) {
	c := load(t, production())
	if c.Sandbox || c.BaseURL != "https://sq.example.gov.cn" || c.WeChat.APIBase != "https://api.weixin.qq.com" ||
		c.WeChat.OpenBase != "https://open.weixin.qq.com" || c.WeChat.MPBase != "https://mp.weixin.qq.com" || c.AdminAddr != "127.0.0.1:9080" {
		t.Errorf("%s", c.Dump())
	}
}

func TestAnEmptyProductionStartNamesEverythingThatIsMissing(t *testing.T) {
	_, err := config.Load(environ(nil), "")
	f := faults(t, err)
	want := []string{"BASE_URL", "DATA_DIR", "SECRET_KEY", "WECHAT_AES_KEY", "WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TOKEN"}
	if got := names(f); !slices.Equal(got, want) {
		t.Errorf("faults of %v, want %v", got, want)
	}
	for _, x := range f {
		if x.Problem == "" || x.Fix == "" || !strings.Contains(err.Error(), x.Name+": "+x.Problem+"; "+x.Fix) {
			t.Errorf("%+v is not told", x)
		}
	}
}

func TestOneWrongSettingIsOneFault(t *testing.T) {
	for _, tt := range []struct{ name, value, problem string }{
		{"SANDBOX", "yes", "neither 1 nor 0"},
		{"ADDR", "8080", "host:port"},
		{"ADDR", "127.0.0.1:http", "host:port"},
		{"ADDR", "127.0.0.1:70000", "host:port"},
		{"ADMIN_ADDR", "127.0.0.1:8080", "same as"},
		{"BASE_URL", "http://sq.example.gov.cn", "not https"},
		{"BASE_URL", "https://sq.example.gov.cn/app", "scheme://host"},
		{"BASE_URL", "https://user@sq.example.gov.cn", "scheme://host"},
		{"BASE_URL", "https://sq.example.gov.cn?x=1", "scheme://host"},
		{"BASE_URL", "sq.example.gov.cn", "scheme://host"},
		{"BASE_URL", "ftp://sq.example.gov.cn", "scheme://host"},
		{"DATA_DIR", "data", "absolute"},
		{"MONGO_URI", "localhost:27017", "mongodb://"},
		{"REDIS_URL", "localhost:6379", "redis://"},
		{"SECRET_KEY", strings.Repeat("k", 31), "31 bytes and needs 32"},
		{"SECRET_KEY", "sandbox-secret-key-known-to-everybody-0000", "known to everybody"},
		{"LOG_LEVEL", "loud", "not a level"},
		{"LOG_PUSH_URL", "archive.example.gov.cn", "not an address"},
		{"LOG_PUSH_URL", "https://user:word@archive.example.gov.cn/", "not an address"},
		{"LOG_PUSH_URL", "http://archive.example.gov.cn/", "not https"},
		{"WECHAT_APP_ID", "wxsandbox0jushou01", "known to everybody"},
		{"WECHAT_APP_ID", "gh_0123456789ab", "16 more"},
		{"WECHAT_APP_SECRET", "short", "5 bytes and needs 32"},
		{"WECHAT_TOKEN", "no spaces please", "letters and digits"},
		{"WECHAT_AES_KEY", strings.Repeat("A", 42), "43"},
		{"WECHAT_AES_KEY", strings.Repeat("A", 44), "43"},
		{"WECHAT_AES_KEY", strings.Repeat("村", 15), "43"},
		{"WECHAT_MODE", "secure", "not a mode"},
		{"WECHAT_API_BASE", "http://api.weixin.qq.com", "weixin.qq.com"},
		{"WECHAT_API_BASE", "https://api.weixin.qq.com.evil.example", "weixin.qq.com"},
		{"WECHAT_OPEN_BASE", "https://evilweixin.qq.com", "weixin.qq.com"},
		{"WECHAT_MP_BASE", "http://127.0.0.1:8080/sandbox", "weixin.qq.com"},
		{"WECHAT_MP_BASE", "https://mp.weixin.qq.com:8443", "weixin.qq.com"},
		{"WECHAT_MP_BASE", "mp.weixin.qq.com", "not an address"},
		{"REDIS_URI", "redis://x", "not a setting"},
		{"LOG_LEVEL_FILE", "/etc/level", "not a setting"},
		{"MONGO_URI_FILE", "/no/such/file", "cannot be read"},
	} {
		t.Run(tt.name+"="+tt.value, func(t *testing.T) {
			values := production()
			values[tt.name] = tt.value
			_, err := config.Load(environ(values), "")
			f := faults(t, err)
			if len(f) != 1 || f[0].Name != "JUSHOU_"+tt.name || !strings.Contains(f[0].Problem, tt.problem) {
				t.Errorf("faults = %v, want one of %s with %q", f, tt.name, tt.problem)
			}
		})
	}
}

func TestGoodVariants(t *testing.T) {
	for name, change := range map[string]map[string]string{
		"plain without a key": {"WECHAT_MODE": "plain", "WECHAT_AES_KEY": ""},
		"another api host":    {"WECHAT_API_BASE": "https://sh.api.weixin.qq.com/"},
		"slash at the end":    {"BASE_URL": "https://sq.example.gov.cn/"},
		"stores":              {"MONGO_URI": "mongodb+srv://u:p@host/db", "REDIS_URL": "rediss://:p@host:6379/1"},
		"free port":           {"ADDR": "127.0.0.1:0", "ADMIN_ADDR": ""},
	} {
		values := production()
		for k, v := range change {
			values[k] = v
		}
		if c, err := config.Load(environ(values), ""); err != nil || strings.HasSuffix(c.BaseURL, "/") || strings.HasSuffix(c.WeChat.APIBase, "/") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFileOfTheSameNames(t *testing.T) {
	var text strings.Builder
	text.WriteString("# ours\n\n")
	for name, value := range production() {
		fmt.Fprintf(&text, " JUSHOU_%s = \"%s\" \r\n", name, value)
	}
	path := write(t, text.String())
	c, err := config.Load([]string{"JUSHOU_ADDR=127.0.0.1:1234"}, path)
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:1234" || c.DataDir != "/var/lib/jushou" {
		t.Errorf("%s", c.Dump())
	}
	c, err = config.Load([]string{"JUSHOU_DATA_DIR=/srv"}, path)
	if err != nil || c.DataDir != "/srv" {
		t.Errorf("the environment does not win: %v, %s", err, c.Dump())
	}
	_, err = config.Load(nil, write(t, text.String()+"nonsense\nOTHER=1\n"))
	if f := faults(t, err); len(f) != 2 || !strings.Contains(f[0].Name, "line 10") {
		t.Errorf("faults = %v", f)
	}
	_, err = config.Load(environ(production()), "/no/such/file")
	if f := faults(t, err); len(f) != 1 {
		t.Errorf("faults = %v", f)
	}
}

func TestSecretsFromFiles(t *testing.T) {
	values := production()
	key := values["SECRET_KEY"]
	delete(values, "SECRET_KEY")
	values["SECRET_KEY_FILE"] = write(t, key+"\n")
	want := load(t, production()).Key("session")
	if load(t, values).Key("session") != want {
		t.Error("the newline at the end of the file became part of the key")
	}
	values["SECRET_KEY"] = key
	_, err := config.Load(environ(values), "")
	if f := faults(t, err); len(f) != 1 || !strings.Contains(f[0].Problem, "twice") {
		t.Errorf("faults = %v", f)
	}
	// The environment replaces what the settings file says, in whichever form.
	file := write(t, "JUSHOU_SECRET_KEY=from-the-settings-file-and-long-enough\n")
	delete(values, "SECRET_KEY")
	if c, err := config.Load(environ(values), file); err != nil || c.Key("session") != want {
		t.Errorf("NAME_FILE in the environment over NAME in the file: %v", err)
	}
}

func TestKeysDifferByPurposeAndSecretOnly(t *testing.T) {
	c := load(t, production())
	if c.Key("session") != load(t, production()).Key("session") {
		t.Error("the key of a purpose changed")
	}
	if c.Key("session") == c.Key("phone") || c.Key("session") == [32]byte{} {
		t.Error("two purposes share a key")
	}
	other := production()
	other["SECRET_KEY"] = strings.Repeat("K", 32)
	if c.Key("session") == load(t, other).Key("session") {
		t.Error("two secrets give one key")
	}
}

func TestNoSecretIsShown(t *testing.T) {
	values := production()
	values["MONGO_URI"], values["REDIS_URL"] = "mongodb://u:hunter2@host", "redis://:hunter3@host"
	c := load(t, values)
	shown := c.Dump() + fmt.Sprintf("%v %+v %#v %s %v %+v %#v", c, c, c, c, c.WeChat, c.WeChat, c.WeChat)
	for _, secret := range []string{values["SECRET_KEY"], values["WECHAT_APP_SECRET"], values["WECHAT_TOKEN"], values["WECHAT_AES_KEY"], "hunter2", "hunter3"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q is shown", secret)
		}
	}
	for _, line := range []string{"JUSHOU_SECRET_KEY=(set) (environment)", "JUSHOU_WECHAT_MODE=safe (default)", "JUSHOU_SANDBOX=0"} {
		if !strings.Contains(shown, line) {
			t.Errorf("Dump lacks %q:\n%s", line, c.Dump())
		}
	}
	for name, value := range map[string]string{"SECRET_KEY": "hunter4", "REDIS_URL": "hunter5", "WECHAT_TOKEN": "hunter 6", "WECHAT_AES_KEY": "hunter7"} {
		values[name] = value
	}
	if _, err := config.Load(environ(values), ""); err == nil || strings.Contains(err.Error(), "hunter") {
		t.Errorf("a fault shows the secret: %v", err)
	}
}

func TestVariablesThatKubernetesAddsAreNotFaults(t *testing.T) {
	env := environ(production())
	for _, name := range []string{"SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT", "PORT_8080_TCP", "PORT_8080_TCP_ADDR", "REDIS_SERVICE_HOST", "REDIS_PORT_6379_TCP_PROTO"} {
		env = append(env, "JUSHOU_"+name+"=tcp://10.0.0.1:8080")
	}
	if _, err := config.Load(env, ""); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"PORTS", "SERVICE_HOSTS", "PORT_TCP"} {
		if _, err := config.Load(append(environ(production()), "JUSHOU_"+name+"=x"), ""); err == nil {
			t.Errorf("%s is taken for one of Kubernetes's", name)
		}
	}
}
