package wechat

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"jushou/internal/fault"
)

// Refusals of the message crypto.
var (
	// ErrSignature means that a push was not signed with our token. Nothing of it may be used.
	ErrSignature = fault.New(fault.Unauthenticated, "wechat.bad_signature")
	// ErrCipher means that a signed message does not decrypt to something addressed to us.
	ErrCipher = fault.New(fault.Invalid, "wechat.bad_cipher")
	// ErrAESKey means that a configured EncodingAESKey is not 43 letters and digits.
	ErrAESKey = fault.New(fault.Invalid, "wechat.bad_aes_key")
)

// Sign returns the platform's signature of the parts: the lower-case hex SHA-1 of the parts sorted by
// bytes and joined. For `signature` the parts are token, timestamp and nonce; for `msg_signature` the
// Encrypt text is the fourth. WeChat chose SHA-1; the secret is the token among the parts.
func Sign(parts ...string) string {
	sorted := slices.Clone(parts)
	slices.Sort(sorted)
	sum := sha1.Sum([]byte(strings.Join(sorted, "")))
	return hex.EncodeToString(sum[:])
}

// signedBy compares in constant time. The platform writes lower-case hex and nothing else is taken.
func signedBy(got string, parts ...string) bool {
	return subtle.ConstantTimeCompare([]byte(got), []byte(Sign(parts...))) == 1
}

const (
	aesKeyChars = 43
	// padBlock is the PKCS#7 block of this format. It is 32, not the cipher's 16.
	padBlock = 32
	// headBytes is the random prefix and the length word in front of a message.
	headBytes = 16 + 4
)

// Cipher encrypts and decrypts the messages of one account with one EncodingAESKey:
// AES-256-CBC, IV the first half of the key, over random(16) ‖ uint32be(len) ‖ message ‖ appid. It is safe
// for concurrent use. It checks no signature; the Receiver does that first.
type Cipher struct {
	block cipher.Block
	iv    []byte
	appID []byte
}

// NewCipher decodes a 43 character EncodingAESKey. The last character may carry bits that the 32 byte key
// does not use: random keys from the console do.
func NewCipher(encodingAESKey, appID string) (*Cipher, error) {
	if len(encodingAESKey) != aesKeyChars || appID == "" {
		return nil, ErrAESKey.With("chars", len(encodingAESKey))
	}
	if strings.ContainsFunc(encodingAESKey, func(r rune) bool { return !isAlphanumeric(r) }) {
		return nil, ErrAESKey
	}
	key, err := base64.StdEncoding.DecodeString(encodingAESKey + "=")
	if err != nil {
		return nil, ErrAESKey.Because(err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, ErrAESKey.Because(err)
	}
	return &Cipher{block: block, iv: key[:aes.BlockSize], appID: []byte(appID)}, nil
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// Encrypt returns the Encrypt text of message with fresh randomness.
func (c *Cipher) Encrypt(message []byte) string {
	var random [16]byte
	rand.Read(random[:]) // never fails: crypto/rand aborts the program instead
	return c.encrypt(random, message)
}

func (c *Cipher) encrypt(random [16]byte, message []byte) string {
	full := make([]byte, 0, headBytes+len(message)+len(c.appID)+padBlock)
	full = append(full, random[:]...)
	full = binary.BigEndian.AppendUint32(full, uint32(len(message)))
	full = append(full, message...)
	full = append(full, c.appID...)
	pad := padBlock - len(full)%padBlock
	full = append(full, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(c.block, c.iv).CryptBlocks(full, full)
	return base64.StdEncoding.EncodeToString(full)
}

// Decrypt opens an Encrypt text. Every fault in it is ErrCipher with a step named for the log; the answer
// to the sender never tells the steps apart.
func (c *Cipher) Decrypt(encrypted string) ([]byte, error) {
	full, err := base64.StdEncoding.DecodeString(encrypted)
	if err != nil {
		return nil, ErrCipher.With("step", "base64").Because(err)
	}
	if len(full) == 0 || len(full)%aes.BlockSize != 0 {
		return nil, ErrCipher.With("step", "length").With("bytes", len(full))
	}
	cipher.NewCBCDecrypter(c.block, c.iv).CryptBlocks(full, full)
	full, ok := unpad(full)
	if !ok {
		return nil, ErrCipher.With("step", "padding")
	}
	return c.unframe(full)
}

// unpad removes PKCS#7 padding of 1 to 32 bytes, all of which must agree.
func unpad(full []byte) ([]byte, bool) {
	pad := int(full[len(full)-1])
	if pad < 1 || pad > padBlock || pad > len(full) {
		return nil, false
	}
	body, tail := full[:len(full)-pad], full[len(full)-pad:]
	return body, bytes.Count(tail, []byte{byte(pad)}) == pad
}

// unframe takes the message out of random ‖ length ‖ message ‖ appid, where the appid must be ours.
func (c *Cipher) unframe(full []byte) ([]byte, error) {
	if len(full) < headBytes {
		return nil, ErrCipher.With("step", "frame").With("bytes", len(full))
	}
	size, rest := binary.BigEndian.Uint32(full[16:headBytes]), full[headBytes:]
	if uint64(size) > uint64(len(rest)) {
		return nil, ErrCipher.With("step", "message_length")
	}
	message, appID := rest[:size], rest[size:]
	if subtle.ConstantTimeCompare(appID, c.appID) != 1 {
		return nil, ErrCipher.With("step", "appid")
	}
	return message, nil
}
