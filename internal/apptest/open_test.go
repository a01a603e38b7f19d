package apptest_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
)

var openLink = regexp.MustCompile(`href="(/open[^"]*)"`)

func TestAnybodyReadsThePublicPagesInAnyBrowser(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	stranger, linked := h.Browser(), map[string]bool{}
	home := "/open/c/" + string(demo.HomeCommunity)
	for path, want := range map[string]string{
		"/open": "示范区", "/open/": "居村", home: "多久有人回应", "/open/clock": "国办发明电", "/open/privacy": "注销账号", "/open/accessibility": "长辈版",
	} {
		page := stranger.Get(path)
		if page.Status != http.StatusOK || page.Path != path || !strings.Contains(page.Text(), want) {
			t.Errorf("%s: %d at %s, says %q: %v", path, page.Status, page.Path, want, strings.Contains(page.Text(), want))
		}
		if got := page.Header.Values("Set-Cookie"); len(got) > 0 {
			t.Errorf("%s sets %q", path, got)
		}
		for _, link := range openLink.FindAllStringSubmatch(string(page.Body), -1) {
			linked[link[1]] = true
		}
	}
	if len(linked) < 30 {
		t.Errorf("only %d public pages are linked", len(linked))
	}
	for href := range linked {
		if page := stranger.Get(href); page.Status != http.StatusOK {
			t.Errorf("%s answers %d", href, page.Status)
		}
	}
	for _, path := range []string{"/open/c/nowhere", "/open/c/luoxi", "/open/c/..%2f..%2fetc"} {
		if page := stranger.Get(path); page.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
}

func TestPublicPagesNameNobodyButWhoAnnounces(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	home := "/open/c/" + string(demo.HomeCommunity)
	seen := h.Browser().Get(home).Text()
	if asked := h.Phone("chen").Get(home).Text(); asked != seen {
		t.Error("staff read another public page than strangers")
	}
	for _, who := range demo.Personas() {
		if who.Phone() != "" && strings.Contains(seen, who.Phone()) {
			t.Errorf("%s's phone is public", who.Name())
		}
	}
	for _, text := range []string{"号楼", "**"} {
		if strings.Contains(seen, text) {
			t.Errorf("the public page holds %q: something of a resident", text)
		}
	}
}
