package api

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"

	"jushou/internal/fault"
	"jushou/internal/ids"
)

// keyHeader carries the client's name for one attempt at one thing.
const keyHeader = "Idempotency-Key"

const (
	// keyLife is how long the body of a keyed request is remembered. The ids that follow from a key hold for ever.
	keyLife = 24 * time.Hour
	// maxKey bounds a key, in bytes.
	maxKey = 128
)

var (
	errBadKey = fault.New(fault.Invalid, "api.bad_key").With("max", maxKey)
	// errKeyReused means that the key came with another body before.
	errKeyReused = fault.New(fault.Invalid, "api.key_reused")
)

// key is the Idempotency-Key of a call, the zero key if there is none.
type key struct {
	// sum follows from account, method, path and the client's key.
	sum [sha256.Size]byte
	// body is the fingerprint of what was sent.
	body string
	// earlier is the id that the same call made before and noted; "" if it made none or this is the first.
	earlier string
	made    string
}

func (k key) given() bool { return k.body != "" }

func (k key) name() string { return "api:key:" + hex.EncodeToString(k.sum[:]) }

// open reads the key and refuses one that was used for something else. A memory that does not answer is as good as
// one that forgot: what happens once rests on document ids.
func (all *Actions) open(c *Call) error {
	text := c.Ctx.Get(keyHeader)
	if text == "" {
		return nil
	}
	if len(text) > maxKey || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return errBadKey
	}
	parts := []string{string(c.Actor.ID), c.Ctx.Method(), c.Ctx.Path(), text}
	c.key.sum = sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	if err := c.fingerprint(); err != nil {
		return err
	}
	value, ok, err := all.Memory.Get(c.Context(), c.key.name())
	if err != nil || !ok {
		return nil
	}
	body, made, _ := strings.Cut(value, " ")
	if body != c.key.body {
		return errKeyReused
	}
	c.key.earlier = made
	return nil
}

// fingerprint hashes what was sent. Of a form it is the file: the envelope has a new boundary every time.
func (c *Call) fingerprint() error {
	data := c.Ctx.Body()
	if strings.HasPrefix(c.Ctx.Get("Content-Type"), "multipart/") {
		file, err := c.upload()
		if err != nil {
			return err
		}
		data = append([]byte(file.Name+"\x00"), file.Data...)
	}
	sum := sha256.Sum256(data)
	c.key.body = hex.EncodeToString(sum[:])
	return nil
}

// close remembers a call that went well.
func (all *Actions) close(c *Call) {
	if c.key.given() {
		_ = all.Memory.Set(c.Context(), c.key.name(), c.key.body+" "+c.key.made, keyLife)
	}
}

// token returns the id of the document that a call makes: the body's, else the one that follows from the key,
// else a new one. The same key gives the same id for ever, so a repeat meets the first document.
func (c *Call) token(fromBody string) string {
	switch {
	case fromBody != "":
		return fromBody
	case c.key.given():
		return ids.Derive(time.UnixMilli(int64(binary.BigEndian.Uint64(c.key.sum[8:16])>>16)), c.key.sum)
	}
	return ids.New(c.Now)
}
