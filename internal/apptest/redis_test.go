package apptest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"jushou/internal/apptest"
	"jushou/internal/coord/redistest"
	"jushou/internal/ids"
)

// load is residents who post and read without a pause until they are stopped.
type load struct {
	stop  chan struct{}
	group sync.WaitGroup

	mu     sync.Mutex
	posted []string
	faults []string
}

// maxPosts keeps each of them below the limit of changes in a minute.
const maxPosts = 50

func startLoad(h *apptest.House, people []*apptest.Phone) *load {
	l := &load{stop: make(chan struct{})}
	for _, p := range people {
		csrf := p.Get("/c/hexiang/post").Want(200).CSRF()
		l.group.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-l.stop:
					return
				default:
					l.once(p, csrf, n < maxPosts)
				}
			}
		})
	}
	return l
}

func (l *load) once(p *apptest.Phone, csrf string, post bool) {
	if post {
		token := ids.New(time.Now())
		form := url.Values{"_csrf": {csrf}, "token": {token}, "board": {"nearby"}, "body": {"门口的灯又不亮了 " + token}, "anyway": {"1"}}
		l.note(token, 200)(p.Try(http.MethodPost, "/c/hexiang/post", form))
	}
	l.note("", 200)(p.Try(http.MethodGet, "/c/hexiang/topics", nil))
	l.note("", 200)(p.Try(http.MethodGet, "/me/topics", nil)) // asks for a session
}

func (l *load) note(token string, status int) func(*apptest.Page, error) {
	return func(page *apptest.Page, err error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch {
		case err != nil:
			l.faults = append(l.faults, err.Error())
		case page.Status != status || page.Header.Get("Retry-After") != "":
			l.faults = append(l.faults, fmt.Sprintf("%s: status %d: %.200s", page.Path, page.Status, page.Text()))
		case token != "":
			l.posted = append(l.posted, token)
		}
	}
}

// count returns how many posts were acknowledged.
func (l *load) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.posted)
}

// TestRedisStopsUnderLoad kills a real redis-server while residents post and read, and starts it again, empty. Nobody
// sees an error or has to sign in, notices go on, and each arrives once.
func TestRedisStopsUnderLoad(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := apptest.Open(t, "REDIS_URL="+server.URL())
	const people = 5
	l := startLoad(h, h.Neighbours("hexiang", people))
	phase := func(what string, more int) {
		t.Helper()
		from := l.count()
		h.Eventually(30*time.Second, fmt.Sprintf("%d posts %s", more, what), func() bool { return l.count() >= from+more })
	}
	phase("with Redis", 30)
	server.Stop()
	phase("without Redis", 60)
	if report, ok := h.Ready(t.Context()); !ok || report["coordinator"] == "ok" {
		t.Errorf("without Redis: ready %v, %v", ok, report)
	}
	heard := len(cards(h, "chen", work))
	h.Eventually(10*time.Second, "notices go on without Redis", func() bool { return len(cards(h, "chen", work)) > heard+5 })
	server.Restart()
	phase("with Redis again", 30)
	close(l.stop)
	l.group.Wait()
	for _, fault := range l.faults {
		t.Error(fault)
	}
	h.Settle()
	told := cards(h, "chen", work)
	for _, token := range l.posted {
		if n := about(told, "/desk/t/"+token); n != 1 {
			t.Errorf("chen was told %d times of %s", n, token)
		}
	}
	h.Eventually(10*time.Second, "Redis is found again", func() bool {
		report, ok := h.Ready(t.Context())
		return ok && report["coordinator"] == "ok"
	})
	t.Logf("%d posts", len(l.posted))
}
