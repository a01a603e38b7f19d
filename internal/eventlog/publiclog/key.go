package publiclog

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"jushou/internal/docstore"
)

// Vault seals what must not be read from the store. It is the house's box for personal fields, seen from down here.
type Vault interface {
	Seal(place, plain string) string
	Open(place, sealed string) (string, error)
}

// keyID is the one document of its kind: an installation has one log, and a log one name and one key for ever.
const keyID = "log"

// keyPlace binds what is sealed to where it lies.
const keyPlace = "log_key/log"

// storedKey is the log's identity as it is stored.
type storedKey struct {
	// Origin is the log's name: the address of the log without its scheme, as it was when the log began.
	Origin string `json:"origin"`
	// Verifier is the public key in the form of signed notes.
	Verifier string `json:"verifier"`
	// Sealed holds the seed of the signing key and the secret that salts hashes, both in base64, a space between.
	Sealed string `json:"sealed"`
}

// identity is the log's key, opened.
type identity struct {
	origin, verifier string
	signer           note.Signer
	secret           []byte
}

func keys(s docstore.Store) docstore.Table[storedKey] {
	return docstore.Table[storedKey]{Store: s, Kind: keyKind}
}

// identify reads the log's key, or makes it if there is none. Another process may make it at the same moment: the first counts.
func identify(ctx context.Context, s docstore.Store, v Vault, origin string) (*identity, error) {
	stored, _, err := keys(s).Get(ctx, keyID)
	if errors.Is(err, docstore.ErrNotFound) {
		fresh, err := newKey(v, origin)
		if err != nil {
			return nil, err
		}
		if _, err := keys(s).Put(ctx, keyID, docstore.Absent, fresh); err != nil && !errors.Is(err, docstore.ErrConflict) {
			return nil, err
		}
		stored, _, err = keys(s).Get(ctx, keyID)
		if err != nil {
			return nil, err
		}
		return stored.open(v)
	}
	if err != nil {
		return nil, err
	}
	return stored.open(v)
}

func newKey(v Vault, origin string) (storedKey, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return storedKey{}, fmt.Errorf("make the log's key: %w", err)
	}
	verifier, err := note.NewEd25519VerifierKey(origin, public)
	if err != nil {
		return storedKey{}, fmt.Errorf("name the log %q: %w", origin, err)
	}
	secret := make([]byte, 32)
	rand.Read(secret) // never fails: crypto/rand aborts the program instead
	both := base64.StdEncoding.EncodeToString(private.Seed()) + " " + base64.StdEncoding.EncodeToString(secret)
	return storedKey{Origin: origin, Verifier: verifier, Sealed: v.Seal(keyPlace, both)}, nil
}

func (k storedKey) open(v Vault) (*identity, error) {
	both, err := v.Open(keyPlace, k.Sealed)
	if err != nil {
		return nil, fmt.Errorf("open the log's key, which was sealed under another SECRET_KEY or damaged: %w", err)
	}
	first, second, _ := strings.Cut(both, " ")
	seed, err := base64.StdEncoding.DecodeString(first)
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, errors.New("the log's key is malformed")
	}
	secret, err := base64.StdEncoding.DecodeString(second)
	if err != nil || len(secret) == 0 {
		return nil, errors.New("the log's salt is malformed")
	}
	signer, err := k.signer(seed)
	if err != nil {
		return nil, err
	}
	return &identity{origin: k.Origin, verifier: k.Verifier, signer: signer, secret: secret}, nil
}

// signer builds the note signer: its text form is the private key's own, made only here and kept nowhere.
func (k storedKey) signer(seed []byte) (note.Signer, error) {
	name, rest, _ := strings.Cut(k.Verifier, "+")
	hash, _, _ := strings.Cut(rest, "+")
	const ed25519Algorithm = 1
	text := "PRIVATE+KEY+" + name + "+" + hash + "+" + base64.StdEncoding.EncodeToString(append([]byte{ed25519Algorithm}, seed...))
	signer, err := note.NewSigner(text)
	if err != nil {
		return nil, errors.New("the log's key does not fit its name") // never the library's text: it may quote
	}
	return signer, nil
}
