// Package config reads the settings of an installation: environment variables JUSHOU_*, or a file of the same
// names. All faults are reported at once, each with the variable and what to do about it.
//
// The result is a value that cmd hands on in parts; no other package reads the environment. With SANDBOX=1 every
// setting has a default, so that a fresh clone starts with nothing set; without it a start with sandbox secrets,
// or with WeChat addresses that are not WeChat's, is refused.
package config

import (
	"crypto/hkdf"
	"crypto/sha256"
	"log/slog"
)

// Config is a checked set of settings. Make it with Load.
type Config struct {
	// Sandbox means simulator, virtual clock and demo data: never real residents.
	Sandbox bool
	// Addr is where residents' requests are served, host:port.
	Addr string
	// AdminAddr is where metrics and pprof are served, host:port; "" serves them nowhere.
	AdminAddr string
	// BaseURL is what residents' browsers call this installation: scheme and host, no slash at the end.
	BaseURL string
	// DataDir holds the embedded store, photos and exports.
	DataDir string
	// MongoURI chooses MongoDB as the store; "" is SQLite in DataDir. It may hold a password.
	MongoURI string
	// RedisURL lets several processes work together; "" is one process. It may hold a password.
	RedisURL string
	LogLevel slog.Level
	// LogPushURL receives every checkpoint of the public log by POST; "" is nobody.
	LogPushURL string
	WeChat     WeChat

	secretKey string
	origins   map[string]string // setting to where its value came from, for Dump
}

// WeChat are the settings of the 服务号.
type WeChat struct {
	AppID     string
	AppSecret string
	Token     string // of the message push
	AESKey    string // 43 characters; may be "" in plain mode
	Mode      Mode
	// APIBase, OpenBase and MPBase are https://api.weixin.qq.com, https://open.weixin.qq.com and
	// https://mp.weixin.qq.com, or the simulator; no slash at the end.
	APIBase, OpenBase, MPBase string
}

// Mode is how WeChat's pushes are encrypted.
type Mode string

// The three modes of WeChat's console: 明文, 兼容, 安全.
const (
	Plain  Mode = "plain"
	Compat Mode = "compat"
	Safe   Mode = "safe"
)

// Key derives the key of one purpose ("session", "phone") from SECRET_KEY by HKDF-SHA256. Keys of different
// purposes tell nothing about each other; the same secret and purpose always give the same key, so changing
// SECRET_KEY makes what was encrypted unreadable.
func (c Config) Key(purpose string) [32]byte {
	key, err := hkdf.Key(sha256.New, []byte(c.secretKey), nil, "jushou "+purpose, 32)
	if err != nil {
		panic("config: HKDF refused a 32-byte key: " + err.Error()) // only a length over 255 hashes is refused
	}
	return [32]byte(key)
}
