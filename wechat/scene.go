package wechat

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// sceneMarkChars is the length of a scene's signature: 8 hex digits. A guess succeeds once in 4·10^9, and
// each guess needs a code made by our account.
const sceneMarkChars = 8

// SceneSigner signs the scenes of QR codes. People see and pass on the scene of a code they scanned, so
// what it names must not be guessable by changing a digit.
type SceneSigner struct{ key []byte }

// NewSceneSigner derives the signer's key from the installation's secret.
func NewSceneSigner(secret []byte) SceneSigner {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("wechat qr scene"))
	return SceneSigner{key: mac.Sum(nil)}
}

// SignScene returns "kind|id|mark", at most MaxScene characters. kind and id are ours: ASCII letters,
// digits, "-" and "_"; anything else, or too long, is refused.
func (s SceneSigner) SignScene(kind, id string) (string, error) {
	scene := kind + "|" + id + "|" + s.mark(kind, id)
	if !sceneWord(kind) || !sceneWord(id) || len(scene) > MaxScene {
		return "", errScene.With("max", MaxScene).With("kind", kind)
	}
	return scene, nil
}

// ParseScene returns what a scene names, and false if we did not sign it.
func (s SceneSigner) ParseScene(scene string) (kind, id string, ok bool) {
	parts := strings.Split(scene, "|")
	if len(scene) > MaxScene || len(parts) != 3 {
		return "", "", false
	}
	if !hmac.Equal([]byte(parts[2]), []byte(s.mark(parts[0], parts[1]))) {
		return "", "", false
	}
	return parts[0], parts[1], sceneWord(parts[0]) && sceneWord(parts[1])
}

func (s SceneSigner) mark(kind, id string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(kind + "|" + id))
	return hex.EncodeToString(mac.Sum(nil))[:sceneMarkChars]
}

func sceneWord(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !isAlphanumeric(r) && r != '-' && r != '_' })
}
