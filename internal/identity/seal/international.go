package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"hash"
)

// International is AES-256-GCM and HMAC-SHA256.
type International struct{}

// Name implements Suite.
func (International) Name() string { return "a1" }

// AEAD implements Suite.
func (International) AEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Hash implements Suite.
func (International) Hash() hash.Hash { return sha256.New() }
