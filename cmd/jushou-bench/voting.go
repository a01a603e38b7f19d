package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/app"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// pollWindow is how long a poll of a district is open: longer than any run.
const pollWindow = 48 * time.Hour

// polls opens consultations in every community, all of whose residents are on their rolls. There are several, because most people vote
// once: where everybody voted again and again, seats would hold many replaced ballots and be larger than the rows of R.
func (d *district) polls(ctx context.Context, a *app.App) error {
	d.votes = map[community.ID][]poll.ID{}
	for c := range communities {
		staff, err := a.People.SignInByWeChat(ctx, fmt.Sprintf("oBench-staff-%02d", c))
		if err != nil {
			return err
		}
		if staff, err = a.People.Actor(ctx, staff.ID); err != nil {
			return err
		}
		for range d.rolls {
			if err := d.poll(ctx, a, staff, communityID(c)); err != nil {
				return err
			}
		}
	}
	for range 3 { // the program's own sweep works beside it
		if _, err := a.Polls.Keep(ctx); err != nil {
			return err
		}
	}
	return d.firstBallot(ctx, a)
}

func (d *district) poll(ctx context.Context, a *app.App, staff identity.Actor, c community.ID) error {
	now := a.Clock.Now()
	p, err := a.Polls.DraftPoll(ctx, staff, poll.Draft{
		ID: poll.ID(ids.New(now)), Community: c, Label: poll.Consultation, Question: "晾衣架装在哪里？",
		Options: []poll.Option{{Text: "楼前"}, {Text: "楼顶"}, {Text: "花园"}}, Rule: rule.Rule{Method: rule.Single},
		OpensAt: now, ClosesAt: now.Add(pollWindow),
	})
	if err != nil {
		return err
	}
	if _, err := a.Polls.ListRoll(ctx, staff, p.ID); err != nil {
		return err
	}
	d.votes[c], d.closes = append(d.votes[c], p.ID), p.ClosesAt
	return nil
}

// firstBallot casts one ballot, so that baseline R writes documents as large as a seat with a ballot in it.
func (d *district) firstBallot(ctx context.Context, a *app.App) error {
	actor, err := a.People.SignInByWeChat(ctx, "oBench-00000")
	if err != nil {
		return err
	}
	if actor, err = a.People.Actor(ctx, actor.ID); err != nil {
		return err
	}
	id := d.votes[d.visitors[0].community][0]
	if _, err := a.Polls.CastBallot(ctx, actor, poll.Cast{Poll: id, Choice: rule.Choice{Picks: []int{0}}, Nonce: poll.NewNonce()}); err != nil {
		return err
	}
	seat, err := a.Store.Get(ctx, docstore.Key{Kind: poll.SeatKind, ID: string(id) + "/" + string(actor.ID)})
	d.seatSize = len(seat.Body)
	return err
}

// quickest is more ballots a second than this program has taken on two processors.
const quickest = 17_000

// freshPolls is how many polls must be open in a community so that nobody votes twice in one while ballots are measured.
func (b *bench) freshPolls() int {
	ballots := quickest * float64(b.rounds) * (b.length + warmUp).Seconds()
	return int(math.Ceil(ballots / (communities * buildings * rooms)))
}

// ballot makes the request that confirms a choice: session, CSRF token, permission, roll, the tag and the seat with the sealed ballot in
// one durable write, and the signed promise.
func (d *district) ballot(req *fasthttp.Request, addr string, v visitor, n int) {
	req.Header.SetMethod(fasthttp.MethodPost)
	open := d.votes[v.community]
	v.ask(req, addr, "/v/"+string(open[n/len(d.visitors)%len(open)])+"/ballot")
	req.Header.SetContentType("application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.SetBodyString("_csrf=" + url.QueryEscape(v.csrf) + "&nonce=" + poll.NewNonce() + "&o=" + strconv.Itoa(n%3))
}

func taken(res *fasthttp.Response) bool { return res.StatusCode() == fasthttp.StatusSeeOther }

// casting is one round of N2 with ballots.
type casting struct {
	Raw    float64 `json:"raw_rows_per_second"`
	Fsyncs float64 `json:"fsyncs_per_second"`
	Casts  sample  `json:"casts"`
	Busy   float64 `json:"busy"` // processors the server kept at work
}

// casts measures N2's ballots on one district. Everybody votes in turn, in the next poll when the turn comes round, and again in the
// first after the last.
func (b *bench) casts(d *district, server *child, claim bool) error {
	beside := filepath.Join(d.cfg.DataDir, "seats") // rows of another size than those beside the posts
	if err := os.MkdirAll(beside, 0o750); err != nil {
		return err
	}
	base, err := openRaw(beside, d.seatSize)
	if err != nil {
		return err
	}
	defer base.conn.Close()
	var rounds []casting
	var turn atomic.Int64
	for range b.turns(!claim) {
		var w casting
		if w.Fsyncs, err = fsyncRate(b.dir, b.length/4); err != nil {
			return err
		}
		if w.Raw, err = base.insert(b.length); err != nil {
			return err
		}
		began, before := time.Now(), server.work()
		w.Casts = load{addr: server.addr, good: taken, next: func(_, _ int, req *fasthttp.Request) {
			at := int(turn.Add(1)) - 1
			d.ballot(req, server.addr, d.visitors[at%len(d.visitors)], at)
		}}.drive(b.length)
		w.Busy = (server.work() - before).Seconds() / time.Since(began).Seconds()
		if w.Casts.Refused > 0 {
			return fmt.Errorf("%d of %d ballots failed: %s", w.Casts.Refused, w.Casts.Requests, w.Casts.Why)
		}
		rounds = append(rounds, w)
	}
	turns := int(turn.Load())
	again := max(0, turns-len(d.visitors)*d.rolls)
	what := fmt.Sprintf("cast ballot, 10^%d topics", digits(d.topics))
	b.raw["N2 "+what] = rounds
	b.note(finding{
		Item: "N2", What: what, Value: median(rounds, func(w casting) float64 { return w.Casts.PerSecond / w.Raw }),
		Target: 0.12, Stretch: 0.25, Unit: "R", More: true, Told: !claim,
		Detail: fmt.Sprintf("%.0f/s, p50 %.1f ms; R %.0f rows/s of %d bytes; %.0f fsyncs/s; a ballot is two rows in one write; %d %% of the turns came round again; the server kept %.2f processors at work",
			median(rounds, func(w casting) float64 { return w.Casts.PerSecond }), median(rounds, func(w casting) float64 { return millis(w.Casts.P50) }),
			median(rounds, func(w casting) float64 { return w.Raw }), d.seatSize, median(rounds, func(w casting) float64 { return w.Fsyncs }), 100*again/turns,
			median(rounds, func(w casting) float64 { return w.Busy })),
	})
	b.note(finding{
		Item: "N2", What: what + ": p99", Value: median(rounds, func(w casting) float64 { return millis(w.Casts.P99) }), Target: 50, Unit: "ms", Told: !claim,
	})
	return nil
}

// rush lets every resident of a larger district vote once, as fast as the connections go, closes the polls, and looks for every ballot.
func (b *bench) rush(ctx context.Context) (err error) {
	each := 50 // buildings of a community: 10^4 voters
	if b.full {
		each = 500
	}
	d, err := makeTown(ctx, filepath.Join(b.dir, "rush"), town{topics: 100, buildings: each, rolls: 1})
	if err != nil {
		return err
	}
	b.say("district of %d voters: made in %.1f s", len(d.visitors), d.took.Seconds())
	server, _, err := b.startReal(ctx, d)
	if err != nil {
		return err
	}
	acked, took, why := d.everybodyVotes(server.addr)
	if err := server.stop(); err != nil {
		return err
	}
	began := time.Now()
	counted, err := d.counted(ctx)
	if err != nil {
		return err
	}
	b.raw["N5 rush"] = map[string]any{"voters": len(d.visitors), "acknowledged": acked, "counted": counted, "took": took, "closed": time.Since(began)}
	b.note(finding{
		Item: "N5", What: fmt.Sprintf("rush of %d voters: ballots refused or lost", len(d.visitors)), Unit: "refusals",
		Value: float64(len(d.visitors) - min(acked, counted)), Target: 0,
		Detail: fmt.Sprintf("%.0f ballots/s through %d connections, all in %.1f s; ten polls closed, counted twice and published in %.1f s%s",
			float64(acked)/took.Seconds(), connections, took.Seconds(), time.Since(began).Seconds(), why),
	})
	return nil
}

// everybodyVotes sends one ballot for each resident.
func (d *district) everybodyVotes(addr string) (acked int, took time.Duration, why string) {
	client := &fasthttp.HostClient{Addr: addr, MaxConns: connections, ReadTimeout: time.Minute, MaxIdemponentCallAttempts: 1}
	defer client.CloseIdleConnections()
	var all sync.WaitGroup
	var good atomic.Int64
	var first atomic.Value
	began := time.Now()
	for c := range connections {
		all.Go(func() {
			req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			defer fasthttp.ReleaseRequest(req)
			defer fasthttp.ReleaseResponse(res)
			for n := c; n < len(d.visitors); n += connections {
				d.ballot(req, addr, d.visitors[n], n)
				switch err := client.Do(req, res); {
				case err != nil:
					first.CompareAndSwap(nil, err.Error())
				case !taken(res):
					first.CompareAndSwap(nil, fmt.Sprintf("status %d: %.160s", res.StatusCode(), res.Body()))
				default:
					good.Add(1)
				}
			}
		})
	}
	all.Wait()
	if text, ok := first.Load().(string); ok {
		why = "; first refusal: " + text
	}
	return int(good.Load()), time.Since(began), why
}

// counted closes the polls on the store of the program that ended and adds the ballots of the results up.
func (d *district) counted(ctx context.Context) (n int, err error) {
	after := clock.Ahead(clock.System{})
	after.Set(d.closes.Add(time.Minute))
	cfg := d.cfg
	cfg.Sandbox = true // only there the program follows another clock than the machine's
	a, err := app.New(ctx, cfg, app.Options{Virtual: after, NoDemo: true})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, a.Stop(ctx)) }()
	if _, err := a.Polls.Keep(ctx); err != nil {
		return 0, err
	}
	for _, open := range d.votes {
		for _, id := range open {
			out, err := a.Polls.Result(ctx, id)
			if err != nil {
				return n, err
			}
			n += out.Count.Turnout.Ballots
		}
	}
	return n, nil
}
