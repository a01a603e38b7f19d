package web

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"jushou/internal/clock"
	"jushou/internal/identity"
	"jushou/web/page"
)

// unreadLife is how old the dot on a tab may be; it would otherwise cost every page a read of the store. unreadKept
// bounds the memory.
const (
	unreadLife = 2 * time.Second
	unreadKept = 10_000
)

// unread counts notices for the dot on the tab, and remembers the count for a moment of real time.
type unread struct {
	ask func(ctx context.Context, actor identity.Actor) (int, error)
	log *slog.Logger

	mu   sync.Mutex
	kept map[identity.AccountID]counted
}

type counted struct {
	n  int
	at time.Time
}

// of returns the visitor's count. A page is worth more than its dot: a failed count is 0.
func (u *unread) of(v *page.Visit) int {
	if u.ask == nil {
		return 0
	}
	now := clock.System{}.Now()
	if last, ok := u.last(v.Actor.ID); ok && now.Sub(last.at) < unreadLife && !v.Fresh() {
		return last.n
	}
	n, err := u.ask(v.Context(), v.Actor)
	if err != nil {
		u.log.Warn("count unread notices", "error", err)
		return 0
	}
	u.keep(v.Actor.ID, counted{n, now})
	return n
}

func (u *unread) last(id identity.AccountID) (counted, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	c, ok := u.kept[id]
	return c, ok
}

func (u *unread) keep(id identity.AccountID, c counted) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.kept == nil || len(u.kept) >= unreadKept {
		u.kept = map[identity.AccountID]counted{}
	}
	u.kept[id] = c
}
