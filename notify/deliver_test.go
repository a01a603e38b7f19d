package notify

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// recorder is a channel that answers as the test says and remembers what it was given.
type recorder struct {
	mu     sync.Mutex
	sent   []Message
	answer func(try int) error
}

func (*recorder) Name() string { return "test" }

func (r *recorder) Send(_ context.Context, m Message) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = append(r.sent, m)
	if r.answer == nil {
		return "receipt", nil
	}
	return "receipt", r.answer(len(r.sent))
}

func (r *recorder) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.sent)
}

// office is a People with one person on duty and two secretaries.
type office struct{ duty identity.AccountID }

func (o office) OnDuty(context.Context, community.ID, time.Time) (identity.AccountID, error) {
	return o.duty, nil
}

func (office) Holders(_ context.Context, role identity.Role, _ community.ID, _ string) ([]identity.AccountID, error) {
	if role == identity.RoleSecretary {
		return []identity.AccountID{"sec-1", "sec-2"}, nil
	}
	if role == identity.RoleTown {
		return []identity.AccountID{"town-1"}, nil
	}
	return nil, nil
}

type bench struct {
	*Service
	clock   *clock.Virtual
	channel *recorder
}

func setup(t *testing.T, people People) bench {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "n.db"), Collections(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	c, channel := clock.Standing(noon), &recorder{}
	return bench{New(Config{
		Store: store, Clock: c, People: people, Channels: []Channel{channel}, BaseURL: "https://example.org",
		Log: slog.New(slog.DiscardHandler),
	}), c, channel}
}

func (b bench) tell(t *testing.T, e docstore.Event) {
	t.Helper()
	if err := b.Tell(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

func (b bench) sweep(t *testing.T) int {
	t.Helper()
	n, err := b.DeliverDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// only returns the person's single notice.
func (b bench) only(t *testing.T, person identity.AccountID) Notice {
	t.Helper()
	list, _, err := b.Inbox(t.Context(), identity.Actor{ID: person}, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 {
		t.Fatalf("%s has %d notices, want 1", person, len(list))
	}
	return list[0]
}

func answered(t *testing.T) docstore.Event {
	return event(t, deliberation.TopicAnswered, deliberation.Answered{About: about(deliberation.BoardNearby), By: "staff", ByName: "陈静", ByTitle: "居委干部"})
}

func TestAnEventReachesAPersonOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, office{duty: "duty"})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { b.tell(t, answered(t)) })
	}
	group.Wait()
	n := b.only(t, "author")
	b.sweep(t)
	b.tell(t, answered(t))
	b.sweep(t)
	if b.channel.count() != 1 {
		t.Fatalf("sent %d times", b.channel.count())
	}
	m := b.channel.sent[0]
	if m.Notice != n.ID || m.Link != "https://example.org/t/t1" || m.Args["who"] != "居委干部 陈静" {
		t.Errorf("sent %+v", m)
	}
	if d := b.only(t, "author").Delivery[0]; d.State != Sent || d.Receipt != "receipt" {
		t.Errorf("recorded %+v", d)
	}
}

func TestWhoDidItIsNotTold(t *testing.T) {
	t.Parallel()
	b := setup(t, office{duty: "author"})
	b.tell(t, event(t, deliberation.TopicPosted, deliberation.Posted{About: about(deliberation.BoardNearby), DueAt: noon}))
	if list, _, err := b.Inbox(t.Context(), identity.Actor{ID: "author"}, ""); err != nil || len(list) != 0 {
		t.Errorf("the author on duty is told of her own post: %v %v", list, err)
	}
}

func TestNobodyOnDutyMeansTheSecretaries(t *testing.T) {
	t.Parallel()
	b := setup(t, office{})
	b.tell(t, event(t, deliberation.TopicPosted, deliberation.Posted{About: about(deliberation.BoardDoctor), DueAt: noon}))
	b.only(t, "sec-1")
	b.only(t, "sec-2")
}

func TestABusyPlatformIsAskedAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, office{duty: "duty"})
	b.channel.answer = func(try int) error {
		if try < 3 {
			return fault.New(fault.Unavailable, "wechat.unavailable")
		}
		return nil
	}
	b.tell(t, answered(t))
	b.sweep(t)
	d := b.only(t, "author").Delivery[0]
	if d.State != Pending || d.Reason != "wechat.unavailable" || !d.Next.Equal(noon.Add(5*time.Second)) {
		t.Fatalf("after one failure: %+v", d)
	}
	if n := b.sweep(t); n != 0 {
		t.Errorf("tried again before its time: %d", n)
	}
	b.clock.Advance(5 * time.Second)
	b.sweep(t)
	b.clock.Advance(20 * time.Second)
	b.sweep(t)
	if d := b.only(t, "author").Delivery[0]; d.State != Sent || d.Attempts != 3 {
		t.Errorf("in the end: %+v", d)
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	code := fault.New(fault.Denied, "wechat.unreachable")
	tests := []struct {
		name     string
		before   int
		err      error
		state    State
		wait     time.Duration
		attempts int
	}{
		{"sent", 0, nil, Sent, 0, 1},
		{"not by this channel", 0, errors.Join(ErrSkip, code), Skipped, 0, 1},
		{"cannot help", 0, errors.Join(ErrNever, code), Failed, 0, 1},
		{"the platform names a time", 0, &Retry{After: time.Hour, Err: code}, Pending, time.Hour, 1},
		{"first back-off", 0, code, Pending, 5 * time.Second, 1},
		{"fourth back-off", 3, code, Pending, 320 * time.Second, 4},
		{"the longest back-off", 9, code, Pending, 6 * time.Hour, 10},
		{"given up", MaxAttempts - 1, code, Failed, 0, MaxAttempts},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Delivery{State: Pending, Attempts: tt.before}.after(noon, "r", tt.err)
			if d.State != tt.state || d.Attempts != tt.attempts {
				t.Errorf("got %+v", d)
			}
			if wait := time.Duration(0); tt.wait != wait && !d.Next.Equal(noon.Add(tt.wait)) || tt.wait == 0 && !d.Next.IsZero() {
				t.Errorf("next %v, want %v later", d.Next, tt.wait)
			}
		})
	}
}

func TestAStopIsNotAnAttempt(t *testing.T) {
	t.Parallel()
	b := setup(t, office{duty: "duty"})
	b.tell(t, answered(t))
	ctx, cancel := context.WithCancel(t.Context())
	b.channel.answer = func(int) error { cancel(); return context.Canceled }
	if err := b.Deliver(ctx, b.only(t, "author").ID); !errors.Is(err, context.Canceled) {
		t.Fatalf("Deliver = %v", err)
	}
	if d := b.only(t, "author").Delivery[0]; d.Attempts != 0 || d.State != Pending {
		t.Errorf("recorded %+v", d)
	}
}

func TestInboxIsPrivate(t *testing.T) {
	t.Parallel()
	b := setup(t, office{duty: "duty"})
	b.tell(t, answered(t))
	n := b.only(t, "author")
	for _, somebody := range []identity.Actor{{}, {ID: "other"}} {
		if _, err := b.MarkRead(t.Context(), somebody, n.ID); !errors.Is(err, docstore.ErrNotFound) {
			t.Errorf("%q marks somebody else's notice: %v", somebody.ID, err)
		}
	}
	author := identity.Actor{ID: "author"}
	if unread, err := b.Unread(t.Context(), author); err != nil || unread != 1 {
		t.Fatalf("unread %d %v", unread, err)
	}
	if done, err := b.MarkAllRead(t.Context(), author); err != nil || done != 1 {
		t.Fatalf("marked %d %v", done, err)
	}
	if unread, err := b.Unread(t.Context(), author); err != nil || unread != 0 {
		t.Errorf("unread %d %v after reading all", unread, err)
	}
}

// TestTheTownIsToldOfARoundOnce although each of its communities held it.
func TestTheTownIsToldOfARoundOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, office{duty: "duty"})
	for _, c := range []community.ID{"hexiang", "yinxing", "tingchao"} {
		e := event(t, deliberation.RoundHeld, deliberation.HeldRound{Community: c, Town: "luoxi", At: noon, ToTown: 2})
		e.ID = "round/" + string(c)
		b.tell(t, e)
	}
	if n := b.only(t, "town-1"); n.Link != "/desk/town/luoxi" {
		t.Errorf("the notice leads to %q", n.Link)
	}
	later := event(t, deliberation.RoundHeld, deliberation.HeldRound{Community: "hexiang", Town: "luoxi", At: noon.Add(6 * time.Hour), ToTown: 1})
	later.ID = "round/later"
	b.tell(t, later)
	if list, _, err := b.Inbox(t.Context(), identity.Actor{ID: "town-1"}, ""); err != nil || len(list) != 2 {
		t.Errorf("after the next Round the town has %d notices, %v", len(list), err)
	}
}

// TestTheTownIsToldOnceOfAllThatComesToItAtOneMoment although many topics are late on the same morning.
func TestTheTownIsToldOnceOfAllThatComesToItAtOneMoment(t *testing.T) {
	t.Parallel()
	b := setup(t, office{duty: "duty"})
	late := func(topic string, at time.Time) {
		t.Helper()
		p := deliberation.Progress{To: deadline.ToTown, Key: "resolution/1/town"}
		p.Topic, p.Community, p.Town = deliberation.TopicID(topic), "hexiang", "luoxi"
		e := event(t, deliberation.TopicEscalated, p)
		e.ID, e.At = "late/"+topic, at
		b.tell(t, e)
	}
	for _, topic := range []string{"1", "2", "3"} {
		late(topic, noon)
	}
	if n := b.only(t, "town-1"); n.Link != "/desk/town/luoxi" {
		t.Errorf("the notice leads to %q", n.Link)
	}
	late("4", noon.Add(24*time.Hour))
	if list, _, err := b.Inbox(t.Context(), identity.Actor{ID: "town-1"}, ""); err != nil || len(list) != 2 {
		t.Errorf("after the next morning the town has %d notices, %v", len(list), err)
	}
}
