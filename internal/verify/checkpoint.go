package verify

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what a log signed: how many entries it has and the root over them.
type Checkpoint struct {
	Origin string
	Tree   tlog.Tree
	Note   []byte
}

// Key is a log's public key.
type Key struct {
	Text     string
	verifier note.Verifier
}

// ParseKey reads a public key in the form of signed notes. There is one spelling of each key.
func ParseKey(text string) (Key, error) {
	v, err := note.NewVerifier(text)
	if err != nil {
		return Key{}, fmt.Errorf("%w: the key %q is malformed", ErrWrong, text)
	}
	part := strings.Split(text, "+")
	if len(part) < 3 || part[1] != fmt.Sprintf("%08x", v.KeyHash()) || !exact(strings.Join(part[2:], "+")) {
		return Key{}, fmt.Errorf("%w: the key %q is spelt otherwise than keys are", ErrWrong, text)
	}
	return Key{text, v}, nil
}

// exact reports whether a text is base64 as it is written, and not only as it may be read.
func exact(text string) bool {
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	return err == nil && base64.StdEncoding.EncodeToString(raw) == text
}

// ParseCheckpoint checks the signature of a note by the key and reads it as a checkpoint (C2SP tlog-checkpoint).
func ParseCheckpoint(msg []byte, key Key) (Checkpoint, error) {
	n, err := note.Open(msg, note.VerifierList(key.verifier))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("%w: the checkpoint is not signed by %s: %w", ErrWrong, key.verifier.Name(), err)
	}
	for _, s := range append(n.Sigs, n.UnverifiedSigs...) {
		if !exact(s.Base64) {
			return Checkpoint{}, fmt.Errorf("%w: a signature of the checkpoint is spelt otherwise than signatures are", ErrWrong)
		}
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != key.verifier.Name() {
		return Checkpoint{}, fmt.Errorf("%w: the checkpoint is not one of %s", ErrWrong, key.verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("%w: the checkpoint's size %q is no number", ErrWrong, lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil || root.String() != lines[2] {
		return Checkpoint{}, fmt.Errorf("%w: the checkpoint's root %q is no hash", ErrWrong, lines[2])
	}
	return Checkpoint{Origin: lines[0], Tree: tlog.Tree{N: size, Hash: root}, Note: msg}, nil
}
