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
		v, err := w.Review(t.Context(), c.text)
		if err != nil || !slices.Equal(v.Words(), c.want) || v.Holds() != (c.want != nil) {
			t.Errorf("Review(%q) = %+v, want %q", c.text, v, c.want)
		}
	}
}

func TestAFindingSaysWhatItIsTakenForAndWhere(t *testing.T) {
	t.Parallel()
	w, err := ReadWordList(strings.NewReader("广场舞\n[advert]\n代开发票\n[ abuse ]\n笨蛋\n"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := w.Review(t.Context(), "你个笨。蛋，今天十二点半楼下有人代-开-发-票，价格好商量请联系")
	want := []Finding{
		{FoundAdvert, "代开发票", "…点半楼下有人代-开-发-票，价格好商量…"},
		{FoundAbuse, "笨蛋", "你个笨。蛋，今天十二点…"},
	}
	if err != nil || !slices.Equal(v.Findings, want) {
		t.Errorf("%+v, %v", v.Findings, err)
	}
	if v.Reason() != "word_list:advert,abuse" {
		t.Errorf("the author is told %q", v.Reason())
	}
	key, found, ok := PlatformReason(v.Reason())
	if !ok || key != ReasonWordList || !slices.Equal(found, []Category{FoundAdvert, FoundAbuse}) {
		t.Errorf("%s %v %v", key, found, ok)
	}
	for _, own := range []string{"广告", "word_list:因为不好", "word_lists", ReasonFirst + ":advert", ""} {
		if _, _, ok := PlatformReason(own); ok {
			t.Errorf("%q is taken for the platform's", own)
		}
	}
	if _, err := ReadWordList(strings.NewReader("[adverts]\n代开发票\n")); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a category nobody can be told: %v", err)
	}
}

func TestWordListFile(t *testing.T) {
	t.Parallel()
	if hits, err := SampleWords().Review(t.Context(), "本店代开发票"); err != nil || hits.Reason() != "word_list:advert" {
		t.Errorf("the shipped list finds %+v, %v", hits, err)
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
