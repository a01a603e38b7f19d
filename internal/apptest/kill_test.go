package apptest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/app"
	"jushou/internal/apptest"
	"jushou/internal/clock"
	"jushou/internal/config"
	"jushou/internal/docstore"
	"jushou/internal/ids"
)

// program is the binary running.
type program struct {
	t       *testing.T
	path    string
	environ []string
	url     string
	cmd     *exec.Cmd
	out     strings.Builder
}

func newProgram(t *testing.T, dir string, settings ...string) *program {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	environ := append(os.Environ(), "JUSHOU_ADDR="+addr, "JUSHOU_DATA_DIR="+dir, "JUSHOU_LOG_LEVEL=error")
	p := &program{t: t, path: built(t), environ: append(environ, settings...), url: "http://" + addr}
	t.Cleanup(p.kill)
	return p
}

// start returns how long it took until the program answered its first request.
func (p *program) start() time.Duration {
	p.t.Helper()
	p.out.Reset()
	p.cmd = exec.Command(p.path, "demo")
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = p.environ, &p.out, &p.out
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		if res, err := http.Get(p.url + "/c/hexiang"); err == nil {
			res.Body.Close()
			if res.StatusCode != http.StatusOK {
				p.t.Fatalf("the first page has status %d", res.StatusCode)
			}
			break
		}
		if time.Since(began) > time.Minute {
			p.kill()
			p.t.Fatalf("it does not start:\n%s", p.out.String())
		}
	}
	return time.Since(began)
}

// kill is kill -9.
func (p *program) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill() // it may have ended
	_ = p.cmd.Wait()
	p.cmd = nil
}

// end stops the program as an operator does, and wants it to end well.
func (p *program) end() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("it ended with %v:\n%s", err, p.out.String())
	}
	p.cmd = nil
}

// poster is a resident with a signed-in browser and the token of its forms.
type poster struct {
	client *http.Client
	cookie *http.Cookie
	csrf   string
}

// post sends one filled-in form and reports whether the program acknowledged it by the redirect to its page.
func (p poster) post(ctx context.Context, site string, token, body string) (bool, error) {
	form := url.Values{"_csrf": {p.csrf}, "token": {token}, "body": {body}, "board": {"nearby"}, "anyway": {"1"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, site+"/c/hexiang/post", strings.NewReader(form.Encode()))
	if err != nil {
		return false, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(p.cookie)
	res, err := p.client.Do(req)
	if err != nil {
		return false, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), "/t/"+token) {
		return false, fmt.Errorf("status %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	return true, nil
}

const (
	killRounds = 3
	atOnce     = 200 // posts of a round
	posters    = 18
)

// TestKilledWhilePosting kills the program with SIGKILL at a random point of 200 concurrent posts, starts it again
// and sends the posts again that were not acknowledged, with the same form tokens. Nothing acknowledged is
// lost, nothing is doubled, and the duty person is told of each once. WeChat is another process's simulator,
// so it remembers what it was sent before the kill.
func TestKilledWhilePosting(t *testing.T) {
	t.Parallel()
	platform := apptest.Open(t)
	dir := t.TempDir()
	platform.CopyDistrict(dir)
	p := newProgram(t, dir, "JUSHOU_WECHAT_API_BASE="+platform.URL+"/sandbox/api")
	t.Logf("first answer after %v", p.start().Round(time.Millisecond))
	people := signIn(t, platform, p.url)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	var all []filled
	for n := range killRounds {
		var forms []filled
		for i := range atOnce {
			forms = append(forms, filled{people[i%posters], ids.New(time.Now()), fmt.Sprintf("第 %d 轮第 %d 件事：楼道灯不亮", n, i)})
		}
		survive(t, p, forms, 1+chance.IntN(atOnce-1))
		all = append(all, forms...)
		told(t, platform, forms)
	}
	p.end()
	compare(t, dir, all)
}

// filled is a form ready to be sent.
type filled struct {
	by          poster
	token, body string
}

// signIn opens the form once for each of the residents who post.
func signIn(t *testing.T, h *apptest.House, site string) []poster {
	t.Helper()
	people := make([]poster, posters)
	transport := &http.Transport{MaxIdleConnsPerHost: atOnce}
	t.Cleanup(transport.CloseIdleConnections)
	for i, token := range h.Sessions("hexiang", posters) {
		people[i] = poster{cookie: &http.Cookie{Name: "jushou", Value: token}, client: &http.Client{
			Transport: transport, Timeout: 20 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site+"/c/hexiang/post", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.AddCookie(people[i].cookie)
		form := apptest.Read(t, people[i].client, req)
		if people[i].csrf = form.CSRF(); people[i].csrf == "" {
			t.Fatalf("no form for resident %d: %.300s", i, form.Text())
		}
	}
	return people
}

// survive posts, kills after so many acknowledgements, and posts again what was not acknowledged.
func survive(t *testing.T, p *program, forms []filled, killAfter int) {
	t.Helper()
	acked := make([]atomic.Bool, len(forms))
	var group sync.WaitGroup
	var count atomic.Int64
	enough := make(chan struct{})
	for i, f := range forms {
		group.Go(func() {
			ok, _ := f.by.post(t.Context(), p.url, f.token, f.body) // the kill breaks what is under way
			if acked[i].Store(ok); ok && count.Add(1) == int64(killAfter) {
				close(enough)
			}
		})
	}
	select {
	case <-enough:
	case <-time.After(30 * time.Second):
		t.Fatalf("only %d of %d posts were acknowledged:\n%s", count.Load(), killAfter, p.out.String())
	}
	p.kill()
	group.Wait()
	t.Logf("killed at %d acknowledgements, %d came through", killAfter, count.Load())
	p.start()
	for i, f := range forms {
		if acked[i].Load() {
			continue
		}
		group.Go(func() {
			if _, err := f.by.post(t.Context(), p.url, f.token, f.body); err != nil {
				t.Errorf("sent again: %v", err)
			}
		})
	}
	group.Wait()
}

// told waits until the duty person has a card for each of the topics, and wants exactly one.
func told(t *testing.T, platform *apptest.House, forms []filled) {
	t.Helper()
	seen := func() map[string]int {
		n := map[string]int{}
		for _, who := range []string{"chen", "gu"} { // the program's day is today's: either may be on duty
			for _, m := range cards(platform, who, work) {
				if _, topic, ok := strings.Cut(m.URL, "/desk/t/"); ok { // a Round that has come sends a card too
					n[topic]++
				}
			}
		}
		return n
	}
	platform.Eventually(30*time.Second, "the duty person has heard of every post", func() bool {
		got := seen()
		for _, f := range forms {
			if got[f.token] == 0 {
				return false
			}
		}
		return true
	})
	for topic, n := range seen() {
		if n > 1 {
			t.Errorf("the duty person was told %d times of %s", n, topic)
		}
	}
}

// compare reads the store of the program that ended: each post is there once, as it was written.
func compare(t *testing.T, dir string, want []filled) {
	t.Helper()
	cfg, err := config.Load([]string{config.Prefix + "SANDBOX=1", config.Prefix + "DATA_DIR=" + dir}, "")
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(t.Context(), cfg, app.Options{Virtual: clock.Ahead(clock.System{})})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	bodies := map[string]int{}
	chen, err := a.People.FindByWeChat(t.Context(), "oDemoChen000000000000000002")
	if err != nil {
		t.Fatal(err)
	}
	var after docstore.Cursor
	for {
		list, err := a.Topics.DeskQueue(t.Context(), chen, deliberation.DeskQuery{Node: "hexiang", Filter: deliberation.DeskAll, After: after})
		if err != nil {
			t.Fatal(err)
		}
		for _, topic := range list.Items {
			bodies[topic.Body]++
		}
		if after = list.Next; after == "" {
			break
		}
	}
	if len(want) != killRounds*atOnce {
		t.Fatalf("%d posts were made", len(want))
	}
	for _, f := range want {
		if bodies[f.body] != 1 {
			t.Errorf("%q is there %d times", f.body, bodies[f.body])
		}
		topic, err := a.Topics.Topic(t.Context(), chen, deliberation.TopicID(f.token))
		if err != nil || topic.Body != f.body {
			t.Errorf("%s: %q, %v", f.token, topic.Body, err)
		}
	}
}

// TestASecondStartKeepsTheData starts the program in an empty directory and again in the same, and prints how
// long it takes until the first request is answered.
func TestASecondStartKeepsTheData(t *testing.T) {
	p := newProgram(t, t.TempDir())
	t.Logf("the first start, which makes the demo district, answers after %v", p.start().Round(time.Millisecond))
	front := func() string {
		res, err := http.Get(p.url + "/c/hexiang")
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(apptest.ReadResponse(t, res).All(".notice-title, h2, h3"), "|")
	}
	first := front()
	p.end()
	t.Logf("the second start answers after %v", p.start().Round(time.Millisecond))
	if again := front(); again != first || first == "" {
		t.Errorf("the page said %q, then %q", first, again)
	}
	p.end()
	if strings.Contains(p.out.String(), "demo district [") {
		t.Errorf("the second start made the district again:\n%s", p.out.String())
	}
}
