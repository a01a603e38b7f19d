package identity

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"sync"

	"jushou/internal/identity/seal"
)

// sumLength is the length of a signature in text.
var sumLength = base64.RawURLEncoding.EncodedLen(sha256.Size)

// signer makes HMAC-SHA256 signatures with one key. Every request checks one, so the keyed states are kept for use
// again. It is safe for concurrent use.
type signer struct{ states sync.Pool }

func newSigner(root seal.Key, info string) *signer {
	key, err := hkdf.Key(sha256.New, root[:], nil, info, 32)
	if err != nil {
		panic(err) // only for lengths that 32 is not
	}
	return &signer{states: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

// sum appends the signature of text, in base64, to out.
func (s *signer) sum(out []byte, text string) []byte {
	h := s.states.Get().(hash.Hash)
	defer s.states.Put(h)
	h.Reset()
	var in [256]byte
	h.Write(append(in[:0], text...)) // never fails
	var raw [sha256.Size]byte
	return base64.RawURLEncoding.AppendEncode(out, h.Sum(raw[:0]))
}

func (s *signer) sign(text string) string { return string(s.sum(nil, text)) }

// signed reports, in constant time, whether sum is the signature of text.
func (s *signer) signed(text, sum string) bool {
	if len(sum) != sumLength {
		return false
	}
	var want, got [64]byte
	return hmac.Equal(s.sum(want[:0], text), append(got[:0], sum...))
}
