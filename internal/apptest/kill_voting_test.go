package apptest_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/internal/app"
	"jushou/internal/apptest"
	"jushou/internal/clock"
	"jushou/internal/config"
)

const (
	rushing  = 60 // voters
	mindings = 4  // ballots of each, one after the other
)

// voter is a resident in the rush.
type voter struct {
	poster
	n     int
	acked int // ballots so far
}

// nonce is what the voter's n-th ballot is known by.
func (v *voter) nonce(n int) string {
	sum := sha256.Sum256([]byte(fmt.Sprint(v.n, "/", n)))
	return hex.EncodeToString(sum[:16])
}

func (v *voter) option(n int) int { return (v.n + n) % 3 }

// cast sends the voter's next ballot and reports whether it was acknowledged.
func (v *voter) cast(ctx context.Context, site string, id poll.ID) error {
	form := url.Values{"_csrf": {v.csrf}, "nonce": {v.nonce(v.acked)}, "o": {strconv.Itoa(v.option(v.acked))}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, site+"/v/"+string(id)+"/ballot", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.AddCookie(v.cookie)
	res, err := v.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(res.Header.Get("Location"), "/v/"+string(id)+"/receipt") {
		return fmt.Errorf("status %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	v.acked++
	return nil
}

// TestKilledInTheRush kills the program with SIGKILL three times while 60 people vote, four times each, and lets them send again what was not
// acknowledged. Whoever has taken part has a ballot, each ballot is there once, and every last one is in the count.
func TestKilledInTheRush(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	h.Clock.Set(time.Now()) // the program's clock is the machine's
	people := newcomers(t, h, rushing)
	p := opened(t, h, "杀掉再来，票还在吗？")
	voters := make([]*voter, rushing)
	transport := &http.Transport{MaxIdleConnsPerHost: rushing}
	t.Cleanup(transport.CloseIdleConnections)
	for i, who := range people {
		token, err := h.Sign(t.Context(), who.ID)
		done(t, err)
		voters[i] = &voter{n: i, poster: poster{
			cookie: &http.Cookie{Name: "jushou", Value: token},
			client: &http.Client{Transport: transport, Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		}}
	}
	dir := h.Dir()
	h.Close()
	program := newProgram(t, dir)
	program.start()
	for _, v := range voters {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, program.url+"/v/"+string(p.ID), nil)
		done(t, err)
		req.AddCookie(v.cookie)
		if page := apptest.Read(t, v.client, req); page.CSRF() == "" {
			t.Fatalf("no ballot for voter %d: %.300s", v.n, page.Text())
		} else {
			v.csrf = page.CSRF()
		}
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 5))
	for range 3 {
		rush(t, program, p.ID, voters, 1+chance.IntN(rushing))
		program.start()
	}
	rush(t, program, p.ID, voters, 0)
	program.end()
	countedAfter(t, dir, p, voters)
}

// rush lets everybody vote, and kills the program once so many ballots were acknowledged; after 0 it lets it live.
func rush(t *testing.T, program *program, id poll.ID, voters []*voter, killAfter int) {
	t.Helper()
	var group sync.WaitGroup
	var acked atomic.Int64
	enough := make(chan struct{})
	for _, v := range voters {
		group.Go(func() {
			for v.acked < mindings {
				if v.cast(t.Context(), program.url, id) != nil {
					return // killed: what is not acknowledged is sent again
				}
				if acked.Add(1) == int64(killAfter) {
					close(enough)
				}
			}
		})
	}
	all := make(chan struct{})
	go func() { group.Wait(); close(all) }()
	select {
	case <-enough:
		program.kill()
		<-all
	case <-all:
	}
	t.Logf("%d acknowledgements", acked.Load())
}

// countedAfter closes the poll on the store of the program that ended, and looks for every ballot.
func countedAfter(t *testing.T, dir string, p poll.Poll, voters []*voter) {
	t.Helper()
	cfg, err := config.Load([]string{config.Prefix + "SANDBOX=1", config.Prefix + "DATA_DIR=" + dir}, "")
	done(t, err)
	after := clock.Ahead(clock.System{})
	after.Set(p.ClosesAt.Add(time.Second))
	a, err := app.New(t.Context(), cfg, app.Options{Virtual: after})
	done(t, err)
	defer func() { done(t, a.Stop(context.Background())) }()
	for range 3 {
		_, err = a.Polls.Keep(t.Context())
		done(t, err)
	}
	out, err := a.Polls.Result(t.Context(), p.ID)
	done(t, err)
	if c := out.Poll.Closing; out.Count.Turnout.Ballots != rushing || c.Voted != rushing || c.Commitments != rushing*mindings {
		t.Errorf("%d voted, %d ballots, %d commitments", c.Voted, out.Count.Turnout.Ballots, c.Commitments)
	}
	lines := map[poll.Tag]string{}
	for n := range out.Result.Pages {
		page, err := a.Polls.Lines(t.Context(), p.ID, n)
		done(t, err)
		for _, l := range page.Lines {
			lines[l.Tag] = l.Choice
		}
	}
	for _, v := range voters {
		last := mindings - 1
		if v.acked != mindings || lines[poll.TagOf(v.nonce(last))] != fmt.Sprintf(`{"picks":[%d]}`, v.option(last)) {
			t.Errorf("voter %d: %d acknowledged, counted is %q", v.n, v.acked, lines[poll.TagOf(v.nonce(last))])
		}
	}
}
