package deliberation

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestWordListFindsWordsInDisguise(t *testing.T) {
	t.Parallel()
	w, err := ReadWordList(strings.NewReader("\ufeff# 说明\n代开发票\n\n  Casino \n代开发票\n"))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		text string
		want []string
	}{
		{"楼道灯坏了", nil},
		{"可代开发票", []string{"代开发票"}},
		{"代-开 发。票", []string{"代开发票"}},
		{"CASINO 开业", []string{"Casino"}},
		{"ｃａｓｉｎｏ，代开发票", []string{"代开发票", "Casino"}},
		{"说明", nil},
	}
	for _, c := range cases {
		if got := w.Screen(c.text); !slices.Equal(got, c.want) {
			t.Errorf("Screen(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWordListFile(t *testing.T) {
	t.Parallel()
	if hits := SampleWords().Screen("本店代开发票"); len(hits) != 1 {
		t.Errorf("the shipped list finds %q", hits)
	}
	path := filepath.Join(t.TempDir(), "words.txt")
	if _, err := LoadWordList(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a missing file: %v", err)
	}
	if err := os.WriteFile(path, []byte("好词\n的\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadWordList(path); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a word that would hold half of all posts: %v", err)
	}
}
