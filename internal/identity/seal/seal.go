// Package seal keeps personal fields unreadable in the store and still findable.
//
// A sealed field is encrypted with AES-256-GCM under a key that is named in the text, so that keys can be
// changed while old documents are still read, and it is bound to its place (document and field), so that a
// value copied into another document does not open. A lookup is a keyed hash: equal values of one purpose
// have equal hashes, and without the key a phone number cannot be found by trying them all.
//
// Algorithms stand behind Suite, so that an installation under Chinese commercial-crypto assessment can
// use SM4 and SM3 with the same documents' shape.
package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"sync"

	"jushou/internal/fault"
)

// Key is a root secret. Separate keys for encryption and look-up are derived from it.
type Key = [32]byte

// Sealed is an encrypted field: "suite.keyid.base64". The empty string is the empty value.
type Sealed string

// ErrUnsealable means that a field was damaged, moved to another place, or sealed by a key we lack.
var ErrUnsealable = fault.New(fault.Internal, "seal.unsealable")

// Suite is a set of algorithms.
type Suite interface {
	// Name stands at the front of what was sealed with the suite; no dots.
	Name() string
	// AEAD returns the authenticated cipher for a key of 32 bytes.
	AEAD(key []byte) (cipher.AEAD, error)
	// Hash returns the hash function that HMAC is built on.
	Hash() hash.Hash
}

// Box seals, opens and hashes. It is safe for concurrent use.
type Box struct {
	suite Suite
	keys  []derived // the current one first
}

type derived struct {
	id     string
	aead   cipher.AEAD
	lookup *sync.Pool // of HMACs that are keyed already, which is most of the work of a short one
}

// New returns a Box that seals with current and still opens and finds what previous keys made.
func New(suite Suite, current Key, previous ...Key) (*Box, error) {
	b := &Box{suite: suite}
	for _, root := range append([]Key{current}, previous...) {
		d, err := derive(suite, root)
		if err != nil {
			return nil, fmt.Errorf("derive keys for %s: %w", suite.Name(), err)
		}
		b.keys = append(b.keys, d)
	}
	return b, nil
}

// derive makes the working keys. The key's id is public and tells nothing about the key.
func derive(suite Suite, root Key) (derived, error) {
	var d derived
	part := func(info string, n int) ([]byte, error) { return hkdf.Key(sha256.New, root[:], nil, info, n) }
	id, err := part("jushou/seal/id", 4)
	if err != nil {
		return d, err
	}
	encrypt, err := part("jushou/seal/encrypt", 32)
	if err != nil {
		return d, err
	}
	lookup, err := part("jushou/seal/lookup", 32)
	if err != nil {
		return d, err
	}
	d.lookup = &sync.Pool{New: func() any { return hmac.New(suite.Hash, lookup) }}
	d.id = hex.EncodeToString(id)
	d.aead, err = suite.AEAD(encrypt)
	return d, err
}

// Seal encrypts plain for a place such as "account/01h…#phone". The same plain sealed twice differs.
func (b *Box) Seal(place, plain string) Sealed {
	if plain == "" {
		return ""
	}
	k := b.keys[0]
	n := k.aead.NonceSize()
	box := make([]byte, n, n+len(plain)+k.aead.Overhead())
	rand.Read(box) // never fails: crypto/rand aborts the program instead
	box = append(box, plain...)
	box = k.aead.Seal(box[:n], box[:n], box[n:], []byte(place)) // in place
	head := b.suite.Name() + "." + k.id + "."
	text := make([]byte, 0, len(head)+base64.RawURLEncoding.EncodedLen(len(box)))
	return Sealed(base64.RawURLEncoding.AppendEncode(append(text, head...), box))
}

// Open decrypts what was sealed for the place, or returns ErrUnsealable.
func (b *Box) Open(place string, s Sealed) (string, error) {
	if s == "" {
		return "", nil
	}
	name, rest, _ := strings.Cut(string(s), ".")
	id, text, _ := strings.Cut(rest, ".")
	box, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || name != b.suite.Name() {
		return "", ErrUnsealable.With("place", place).With("suite", name)
	}
	for _, k := range b.keys {
		if n := k.aead.NonceSize(); k.id == id && len(box) >= n {
			plain, err := k.aead.Open(nil, box[:n], box[n:], []byte(place))
			if err != nil {
				return "", ErrUnsealable.With("place", place).Because(err)
			}
			return string(plain), nil
		}
	}
	return "", ErrUnsealable.With("place", place).With("key", id)
}

// Stale reports whether s was sealed by a key that is no longer the current one.
func (b *Box) Stale(s Sealed) bool {
	return s != "" && !strings.HasPrefix(string(s), b.suite.Name()+"."+b.keys[0].id+".")
}

// Hash returns the look-up of value for a purpose such as "phone": 32 hexadecimal digits (128 bits)
// under the current key. "" has the hash "".
func (b *Box) Hash(purpose, value string) string {
	return b.hash(b.keys[0], purpose, value)
}

// Hashes returns the look-ups under every key, the current one first: what to search for while keys change.
func (b *Box) Hashes(purpose, value string) []string {
	all := make([]string, len(b.keys))
	for i, k := range b.keys {
		all[i] = b.hash(k, purpose, value)
	}
	return all
}

// hashBytes is how much of the hash is kept; 128 bits leave no chance collision among any city's people.
const hashBytes = 16

func (b *Box) hash(k derived, purpose, value string) string {
	if value == "" {
		return ""
	}
	h := k.lookup.Get().(hash.Hash)
	defer k.lookup.Put(h)
	h.Reset()
	h.Write([]byte(purpose + "\x00" + value))
	return hex.EncodeToString(h.Sum(nil)[:hashBytes])
}
