package apptest_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/verify"
)

// patienceForLog is far longer than the sweep that signs takes to come round.
const patienceForLog = time.Minute

// sign has everything entered and signed that has happened.
func sign(t *testing.T, h *apptest.House) {
	t.Helper()
	h.Settle()
	if err := h.Sweep(t.Context(), "public_log"); err != nil && !strings.Contains(err.Error(), "elsewhere") {
		t.Fatal(err)
	}
	h.Eventually(patienceForLog, "the log is signed", func() bool {
		c, err := h.PublicLog.Latest(t.Context())
		return err == nil && c.Size > 0
	})
}

func TestWhatIsDoneInPublicIsInTheLog(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	sign(t, h)
	site, err := verify.Open(h.URL + "/open/log")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	first, err := verify.Save(t.Context(), site, dir, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if first.Tree.N < 50 {
		t.Errorf("the demo district has %d public acts", first.Tree.N)
	}

	lin := h.Phone("lin")
	lin.Get("/c/"+string(demo.HomeCommunity)+"/post").Submit("/c/"+string(demo.HomeCommunity)+"/post", "body", "公开账里看不到这句话", "board", "nearby", "anyway", "1")
	sign(t, h)
	h.Eventually(patienceForLog, "the post is signed", func() bool {
		c, err := h.PublicLog.Latest(t.Context())
		return err == nil && c.Size > first.Tree.N
	})
	var said []string
	second, err := verify.Save(t.Context(), site, dir, verify.Options{Report: func(c verify.Check) { said = append(said, c.Text) }})
	if err != nil {
		t.Fatal(err)
	}
	if second.Tree.N <= first.Tree.N || !strings.Contains(strings.Join(said, "\n"), "all unchanged") {
		t.Errorf("grew from %d to %d: %s", first.Tree.N, second.Tree.N, said)
	}
	nothingPrivate(t, h, dir)
}

// nothingPrivate reads all entries for what must not be in them.
func nothingPrivate(t *testing.T, h *apptest.House, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "tile", "entries", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("entries: %v, %v", files, err)
	}
	more, _ := filepath.Glob(filepath.Join(dir, "tile", "entries", "*.p", "*"))
	for _, name := range append(files, more...) {
		if info, err := os.Stat(name); err != nil || info.IsDir() {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if strings.ContainsFunc(text, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }) {
			t.Errorf("%s holds Chinese words", name)
		}
		for _, who := range demo.Personas() {
			if who.Phone() != "" && strings.Contains(text, who.Phone()) {
				t.Errorf("%s holds the phone of %s", name, who.Name())
			}
		}
		for _, id := range []string{"lin", "chen", "zhang"} {
			if strings.Contains(text, string(h.Actor(id).ID)) {
				t.Errorf("%s holds the account of %s", name, id)
			}
		}
	}
}

func TestTheLogsFilesAreForPrograms(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	sign(t, h)
	for path, want := range map[string]struct {
		status      int
		media, keep string
	}{
		"/open/log/checkpoint":      {200, "text/plain; charset=utf-8", "public, max-age=5"},
		"/open/log/key":             {200, "text/plain; charset=utf-8", "public, max-age=5"},
		"/open/log/tile/0/000.p/1":  {200, "application/octet-stream", "public, max-age=31536000, immutable"},
		"/open/log/tile/0/x999/000": {404, "", "no-store"},
		"/open/log/tile/../key":     {404, "", "no-store"},
		"/open/log/tile/entries/0":  {404, "", "no-store"},
	} {
		res, err := http.Get(h.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want.status || res.Header.Get("Cache-Control") != want.keep || want.media != "" && res.Header.Get("Content-Type") != want.media {
			t.Errorf("%s: %d, %v", path, res.StatusCode, res.Header)
		}
		if len(res.Header.Values("Set-Cookie")) > 0 {
			t.Errorf("%s sets a cookie", path)
		}
	}
}

func TestAnybodyReadsTheLogAndOnlyNeighboursTheWords(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	sign(t, h)
	was, err := h.PublicLog.Latest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	post := "/c/" + string(demo.HomeCommunity) + "/post"
	lin := h.Phone("lin")
	lin.Get(post).Submit(post, "body", "公开账里看不到这句话", "board", "nearby", "anyway", "1")
	sign(t, h)
	h.Eventually(patienceForLog, "the post is signed", func() bool {
		c, err := h.PublicLog.Latest(t.Context())
		return err == nil && c.Size > was.Size
	})
	list, err := h.PublicLog.Before(t.Context(), 1<<40, 50)
	if err != nil {
		t.Fatal(err)
	}
	entry := ""
	for _, line := range list {
		if line.Entry.Act == "topic.posted" && line.Index >= was.Size {
			entry = fmt.Sprintf("/open/log/entry/%d", line.Index)
		}
	}
	if entry == "" {
		t.Fatal("the post was not entered")
	}
	stranger := h.Browser()
	stranger.Get("/open").Want(200, "公开账")
	stranger.Get("/open/log").Want(200, "它能保证", "它保证不了", "居民发了帖", "荷香居民区")
	stranger.Get("/open/log?before=31").Want(200, "第 31 笔").Not("它能保证")
	stranger.Get("/open/log/check").Want(200, "jushou verify --key", "公钥")
	stranger.Get(entry).Want(200, "居民发了帖", "一层一层合上去").Not("看不到这句话", "盐（16 个字节）")
	lin.Get(entry).Want(200, "看不到这句话", "盐（16 个字节）")
	paper := stranger.Get("/open/log/print").Want(200, "账本指纹", "张贴人")
	code := stranger.Get(paper.Attr(".log-code img", "src"))
	if code.Status != http.StatusOK || code.Header.Get("Content-Type") != "image/png" {
		t.Errorf("the code answers %d, %s", code.Status, code.Header.Get("Content-Type"))
	}
	for _, path := range []string{"/open/log?before=x", "/open/log?before=0", "/open/log/entry/999999", "/open/log/entry/-1", "/open/log/entry/x", "/open/log/code/x", "/open/log/code/999999"} {
		stranger.Get(path).Want(http.StatusNotFound)
	}
}
