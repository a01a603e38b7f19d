package seal_test

import (
	"errors"
	"strings"
	"testing"

	"jushou/internal/identity/seal"
)

var (
	first  = seal.Key{1}
	second = seal.Key{2}
)

func box(t *testing.T, current seal.Key, previous ...seal.Key) *seal.Box {
	t.Helper()
	b, err := seal.New(seal.International{}, current, previous...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatWasSealedOpensAtItsPlaceOnly(t *testing.T) {
	b := box(t, first)
	s := b.Seal("account/a#phone", "13800138000")
	if strings.Contains(string(s), "138") {
		t.Errorf("sealed text shows the number: %s", s)
	}
	if got, err := b.Open("account/a#phone", s); err != nil || got != "13800138000" {
		t.Fatalf("Open = %q, %v", got, err)
	}
	for _, place := range []string{"account/b#phone", "account/a#name", ""} {
		if _, err := b.Open(place, s); !errors.Is(err, seal.ErrUnsealable) {
			t.Errorf("opened at %q: %v", place, err)
		}
	}
}

func TestEqualValuesSealDifferentlyAndHashEqually(t *testing.T) {
	b := box(t, first)
	if b.Seal("p", "x") == b.Seal("p", "x") {
		t.Error("the same sealed text twice")
	}
	if b.Hash("phone", "x") != b.Hash("phone", "x") {
		t.Error("one value, two hashes")
	}
	if b.Hash("phone", "x") == b.Hash("openid", "x") {
		t.Error("hashes of two purposes can be compared")
	}
	if b.Hash("phone", "x") == box(t, second).Hash("phone", "x") {
		t.Error("the hash does not depend on the key")
	}
}

func TestKeysChangeWithoutLosingWhatIsStored(t *testing.T) {
	old, rotated := box(t, first), box(t, second, first)
	s := old.Seal("p", "王小明")
	if got, err := rotated.Open("p", s); err != nil || got != "王小明" {
		t.Fatalf("Open = %q, %v", got, err)
	}
	if !rotated.Stale(s) || rotated.Stale(rotated.Seal("p", "x")) {
		t.Error("Stale does not tell old keys from new")
	}
	hashes := rotated.Hashes("phone", "1")
	if len(hashes) != 2 || hashes[0] != rotated.Hash("phone", "1") || hashes[1] != old.Hash("phone", "1") {
		t.Errorf("Hashes = %v", hashes)
	}
	if _, err := box(t, second).Open("p", s); !errors.Is(err, seal.ErrUnsealable) {
		t.Errorf("opened without the key: %v", err)
	}
}

func TestDamagedTextIsRefused(t *testing.T) {
	b := box(t, first)
	s := string(b.Seal("p", "secret"))
	for _, bad := range []string{"x", "a1.", "a1.00000000.AA", s[:len(s)-2], "a2" + s[2:], s + "!", strings.Replace(s, "a1.", "a1..", 1)} {
		if got, err := b.Open("p", seal.Sealed(bad)); !errors.Is(err, seal.ErrUnsealable) {
			t.Errorf("Open(%q) = %q, %v", bad, got, err)
		}
	}
}

func TestNothingStaysNothing(t *testing.T) {
	b := box(t, first)
	if s := b.Seal("p", ""); s != "" {
		t.Errorf("Seal = %q", s)
	}
	if got, err := b.Open("p", ""); got != "" || err != nil {
		t.Errorf("Open = %q, %v", got, err)
	}
	if b.Hash("phone", "") != "" {
		t.Error("the empty value has a hash")
	}
}
