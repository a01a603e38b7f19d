package wxsim

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// padBlock is the PKCS#7 block of the WeChat envelope: 32, not the 16 of AES.
const padBlock = 32

// sign is the platform's signature: SHA-1 over the byte-wise sorted, concatenated parts, in lower-case hex.
func sign(parts ...string) string {
	sorted := slices.Clone(parts)
	slices.Sort(sorted)
	sum := sha1.Sum([]byte(strings.Join(sorted, "")))
	return hex.EncodeToString(sum[:])
}

// envelope seals and opens the AES-256-CBC envelope of one account.
type envelope struct {
	block cipher.Block
	iv    []byte
	appID string
}

func newEnvelope(aesKey, appID string) (*envelope, error) {
	if len(aesKey) != 43 {
		return nil, fmt.Errorf("EncodingAESKey has %d characters, want 43", len(aesKey))
	}
	key, err := base64.StdEncoding.DecodeString(aesKey + "=")
	if err != nil {
		return nil, fmt.Errorf("EncodingAESKey: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("EncodingAESKey: %w", err)
	}
	return &envelope{block: block, iv: key[:aes.BlockSize], appID: appID}, nil
}

// seal returns base64(AES(random ‖ length ‖ msg ‖ appID)).
func (e *envelope) seal(random [16]byte, msg []byte) string {
	full := append([]byte{}, random[:]...)
	full = binary.BigEndian.AppendUint32(full, uint32(len(msg)))
	full = append(full, msg...)
	full = append(full, e.appID...)
	pad := padBlock - len(full)%padBlock
	full = append(full, bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(e.block, e.iv).CryptBlocks(full, full)
	return base64.StdEncoding.EncodeToString(full)
}

// open undoes seal and names the first thing that is wrong.
func (e *envelope) open(sealed string) ([]byte, error) {
	full, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, fmt.Errorf("not base64: %w", err)
	}
	if len(full) == 0 || len(full)%aes.BlockSize != 0 {
		return nil, fmt.Errorf("cipher of %d bytes is not whole blocks", len(full))
	}
	cipher.NewCBCDecrypter(e.block, e.iv).CryptBlocks(full, full)
	full, err = unpad(full)
	if err != nil {
		return nil, err
	}
	if len(full) < 20 {
		return nil, errors.New("shorter than its header")
	}
	size := uint64(binary.BigEndian.Uint32(full[16:20]))
	if size > uint64(len(full)-20) {
		return nil, fmt.Errorf("length %d exceeds the rest", size)
	}
	msg, owner := full[20:20+size], full[20+size:]
	if string(owner) != e.appID {
		return nil, fmt.Errorf("sealed for %q", owner)
	}
	return msg, nil
}

func unpad(full []byte) ([]byte, error) {
	pad := int(full[len(full)-1])
	if pad < 1 || pad > padBlock || pad > len(full) {
		return nil, fmt.Errorf("pad byte %d", pad)
	}
	body, tail := full[:len(full)-pad], full[len(full)-pad:]
	if !bytes.Equal(tail, bytes.Repeat([]byte{byte(pad)}, pad)) {
		return nil, errors.New("pad bytes differ")
	}
	return body, nil
}
