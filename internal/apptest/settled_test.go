package apptest_test

import (
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"jushou/internal/apptest"
	"jushou/internal/photo"
	"jushou/notify"
)

// TestAHouseOpensOnASettledDistrict is what every other test relies on: a house opens on the data of an installation that was stopped
// with nothing left to do, at another address, and goes on from there. Nobody is told again what they were told.
func TestAHouseOpensOnASettledDistrict(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	head, err := h.Store.Head(t.Context(), "")
	must(t, err)
	told := len(h.Sim.Chat("zhang"))
	if told == 0 {
		t.Error("the secretary was told nothing before the district was copied")
	}
	h.Settle()
	since, err := h.Store.Events(t.Context(), head, 1000)
	must(t, err)
	for _, e := range since {
		if e.Type == notify.EventMade {
			t.Errorf("opening told somebody: %+v", e)
		}
	}
	if n := len(h.Sim.Chat("zhang")); n != told {
		t.Errorf("the secretary has %d messages and had %d", n, told)
	}

	begun, err := h.PublicLog.Latest(t.Context())
	must(t, err)
	lin := h.Phone("lin")
	lin.Get("/c/hexiang/search?q="+url.QueryEscape("公共晾衣架")).Want(200).Attr(`.topics a[href^="/v/"]`, "href")
	lin.Get("/c/hexiang/post").Want(200).Submit("/post", "body", "楼道里的灯整夜亮着", "anyway", "1").Want(200)
	sign(t, h)
	h.Eventually(patienceForLog, "the log goes on", func() bool {
		c, err := h.PublicLog.Latest(t.Context())
		return err == nil && c.Size > begun.Size
	})
	now, err := h.PublicLog.Latest(t.Context())
	must(t, err)
	was, _, _ := strings.Cut(begun.Note, "\n")
	if is, _, _ := strings.Cut(now.Note, "\n"); begun.Size == 0 || is != was || strings.HasPrefix("http://"+is, h.URL) {
		t.Errorf("the log of %d entries was %s, and is %s", begun.Size, was, is)
	}
	papers(t, h)
}

// papers looks for the pictures of the district.
func papers(t *testing.T, h *apptest.House) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(filepath.Join(h.Dir(), "photos"), func(path string, _ fs.DirEntry, err error) error {
		id, thumb := strings.CutSuffix(filepath.Base(path), ".thumb.jpg")
		if err != nil || !thumb {
			return err
		}
		seen++
		file, err := h.Photos.Open(t.Context(), id, photo.Thumb)
		if err != nil {
			return err
		}
		return file.Close()
	})
	if err != nil || seen == 0 {
		t.Errorf("%d pictures: %v", seen, err)
	}
}
