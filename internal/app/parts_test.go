package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jushou/deliberation"
)

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// wordsIn returns what a list finds in a text.
func wordsIn(t *testing.T, list *deliberation.WordList, text string) []string {
	t.Helper()
	v, err := list.Review(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return v.Words()
}

func TestTheOperatorsWordListReplacesOurs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ours, err := wordList(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(wordsIn(t, ours, "代开发票"), []string{"代开发票"}) {
		t.Error("without a file the sample list does not screen")
	}
	write(t, dir, "words.txt", "# 本区词表\n广场舞\n")
	theirs, err := wordList(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := wordsIn(t, theirs, "今晚跳广-场-舞"); !slices.Equal(got, []string{"广场舞"}) || len(wordsIn(t, theirs, "代开发票")) != 0 {
		t.Errorf("their list finds %v", got)
	}
	write(t, dir, "words.txt", "的\n")
	if _, err := wordList(dir); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a list that would hold half of all posts is taken: %v", err)
	}
}

func TestOnlyVerificationFilesAreServed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "MP_verify_0123456789abcdef.txt", "0123456789abcdef")
	write(t, dir, "MP_verify_short.txt", "no")
	write(t, dir, "secret.txt", "no")
	write(t, dir, "MP_verify_fedcba9876543210.txt", strings.Repeat("x", maxVerification+1))
	found, err := verifications(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found["MP_verify_0123456789abcdef.txt"] != "0123456789abcdef" {
		t.Errorf("found %v", found)
	}
}
