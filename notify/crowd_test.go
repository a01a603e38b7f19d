package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/wechat"
)

// town is a platform with one template and people, some of whom follow.
type town struct {
	mu    sync.Mutex
	sent  map[string]int // openid to messages
	calls int            // lookups of contacts
	quiet map[identity.AccountID]identity.Quiet
	after func(n int) // called after every send
}

func (p *town) Templates(context.Context) ([]wechat.Template, error) {
	var all []wechat.Template
	for _, t := range Templates() {
		all = append(all, wechat.Template{ID: t.Title, Title: t.Title})
	}
	return all, nil
}

func (p *town) SendTemplate(_ context.Context, m wechat.TemplateMessage) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent[m.To]++
	if p.after != nil {
		p.after(len(p.sent))
	}
	return "msgid", nil
}

// Contacts knows everybody whose number is not a multiple of five.
func (p *town) Contacts(_ context.Context, people []identity.AccountID) (map[identity.AccountID]Contact, error) {
	p.mu.Lock()
	p.calls++
	p.mu.Unlock()
	found := map[identity.AccountID]Contact{}
	for _, who := range people {
		if n := who[len(who)-1]; n != '0' && n != '5' {
			found[who] = Contact{OpenID: string("o" + who), Quiet: p.quiet[who]}
		}
	}
	return found, nil
}

func (p *town) Unfollowed(context.Context, identity.AccountID) error { return nil }
func (p *town) Say(key string, _ fault.Args) string                  { return key }
func (p *town) When(at string) string                                { return at }

func crowd(n int) []identity.AccountID {
	people := make([]identity.AccountID, n)
	for i := range people {
		people[i] = identity.AccountID(fmt.Sprintf("p%04d", i))
	}
	return people
}

// square is a Service whose only channel is WeChat on the town's platform.
func square(t *testing.T, at time.Time) (bench, *town, *atomic.Bool) {
	b := setup(t, office{})
	p, stopped := &town{sent: map[string]int{}, quiet: map[identity.AccountID]identity.Quiet{}}, &atomic.Bool{}
	b.clock.Set(at)
	b.channels = []Channel{NewWeChat(p, p, p, b.clock, time.FixedZone("CST", 8*60*60))}
	b.stopped = func(context.Context, string) (bool, error) { return stopped.Load(), nil }
	return b, p, stopped
}

func telling(pace Pace, people []identity.AccountID) Telling {
	return Telling{Run: "run", At: noon, People: people, Draft: Draft{Key: KeyBulletin, Pace: pace, Link: "/t/x", Args: fault.Args{"title": "停水"}}}
}

func (b bench) counted(t *testing.T, want Told) {
	t.Helper()
	if got, err := b.Told(t.Context(), "run"); err != nil || got != want {
		t.Errorf("counted %+v (%v), want %+v", got, err, want)
	}
}

func TestACrowdIsToldOnce(t *testing.T) {
	t.Parallel()
	b, p, _ := square(t, noon)
	for range 3 {
		if err := b.TellCrowd(t.Context(), telling(PaceMany, crowd(250))); err != nil {
			t.Fatal(err)
		}
	}
	b.sweep(t)
	b.counted(t, Told{Inbox: 250, Sent: 200, Unreachable: 50})
	for openid, n := range p.sent {
		if n != 1 {
			t.Errorf("%s got %d messages", openid, n)
		}
	}
	if p.calls != 3 {
		t.Errorf("%d lookups for three stretches", p.calls)
	}
}

// TestAfterAKillTheSweepSends leaves notices that were written and not sent: the sweep leaves them alone for the grace
// of the stretch that may still be at it, and then sends them.
func TestAfterAKillTheSweepSends(t *testing.T) {
	t.Parallel()
	b, p, _ := square(t, noon)
	ctx, kill := context.WithCancel(t.Context())
	p.after = func(n int) {
		if n == 20 {
			kill()
		}
	}
	if err := b.TellCrowd(ctx, telling(PaceMany, crowd(100))); !errors.Is(err, context.Canceled) {
		t.Fatalf("killed: %v", err)
	}
	p.after = nil
	if err := b.TellCrowd(t.Context(), telling(PaceMany, crowd(100))); err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(crowdGrace)
	b.sweep(t)
	b.counted(t, Told{Inbox: 100, Sent: 80, Unreachable: 20})
	if len(p.sent) != 80 {
		t.Errorf("%d people got a message", len(p.sent))
	}
}

func TestNightIsQuietForWhatIsToldToMany(t *testing.T) {
	t.Parallel()
	night := time.Date(2026, 11, 18, 15, 30, 0, 0, time.UTC) // half past eleven in the evening
	b, p, _ := square(t, night)
	p.quiet["p0001"] = identity.Quiet{Off: true}
	if err := b.TellCrowd(t.Context(), telling(PaceMany, crowd(10))); err != nil {
		t.Fatal(err)
	}
	b.counted(t, Told{Inbox: 10, Sent: 1, Waiting: 7, Unreachable: 2})
	b.clock.Set(time.Date(2026, 11, 18, 22, 59, 0, 0, time.UTC))
	if n := b.sweep(t); n != 0 {
		t.Errorf("%d were tried before seven", n)
	}
	b.clock.Advance(time.Minute)
	b.sweep(t)
	b.counted(t, Told{Inbox: 10, Sent: 8, Unreachable: 2})
	list, _, err := b.Inbox(t.Context(), identity.Actor{ID: "p0002"}, "")
	if err != nil || list[0].Delivery[0].Attempts != 1 {
		t.Errorf("waiting counts as a try: %+v %v", list, err)
	}

	urgent := telling(PaceUrgent, crowd(10))
	urgent.Run = "urgent"
	b.clock.Set(night.Add(24 * time.Hour))
	if err := b.TellCrowd(t.Context(), urgent); err != nil {
		t.Fatal(err)
	}
	if told, err := b.Told(t.Context(), "urgent"); err != nil || told.Sent != 8 {
		t.Errorf("urgent: %+v %v", told, err)
	}
}

func TestWhatWasTakenBackDoesNotLeave(t *testing.T) {
	t.Parallel()
	b, p, stopped := square(t, noon)
	p.after = func(int) { stopped.Store(true) } // withdrawn while the first messages leave
	people := crowd(400)
	if err := b.TellCrowd(t.Context(), telling(PaceMany, people)); err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(time.Hour)
	b.sweep(t)
	told, err := b.Told(t.Context(), "run")
	if err != nil || told.Waiting != 0 || told.Inbox > crowdHands+1 || told.Sent > crowdHands+1 {
		t.Errorf("after it was taken back: %+v %v", told, err)
	}

	b, _, stopped = square(t, time.Date(2026, 11, 18, 15, 30, 0, 0, time.UTC))
	if err := b.TellCrowd(t.Context(), telling(PaceMany, crowd(10))); err != nil {
		t.Fatal(err)
	}
	stopped.Store(true) // at midnight
	b.clock.Advance(12 * time.Hour)
	b.sweep(t)
	b.counted(t, Told{Inbox: 10, TakenBack: 8, Unreachable: 2})
}

// TestPaces says which message waits: what is told to many for everybody's night, an answer only for hours that its
// reader has chosen, work and danger never.
func TestPaces(t *testing.T) {
	t.Parallel()
	w := NewWeChat(nil, nil, nil, clock.Standing(time.Date(2026, 11, 18, 15, 30, 0, 0, time.UTC)), time.FixedZone("CST", 8*60*60))
	chosen := identity.Quiet{From: "21:00", To: "08:00"}
	waits := map[Pace][2]bool{PaceOwn: {false, true}, PaceMany: {true, true}, PaceWork: {false, false}, PaceUrgent: {false, false}}
	for pace, want := range waits {
		for i, q := range []identity.Quiet{{}, chosen} {
			if _, rests := w.rests(Message{Pace: pace}, q); rests != want[i] {
				t.Errorf("%q with %+v waits: %v", pace, q, rests)
			}
		}
	}
	if !slices.Contains([]Pace{PaceWork}, paceOf(KeyTopicPosted)) || paceOf(KeyTopicAnswered) != PaceOwn {
		t.Error("work waits, or an answer does not")
	}
}
