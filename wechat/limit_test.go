package wechat

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"jushou/internal/clock"
)

// silence is a platform that accepts connections and never answers.
type silence struct{}

func (silence) RoundTrip(req *http.Request) (*http.Response, error) {
	<-req.Context().Done()
	return nil, req.Context().Err()
}

func TestACallEndsAfterEightSecondsAndThreeTries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		shared := newMemory()
		c, err := New(Config{AppID: testAppID, Secret: testSecret, Cache: shared, Clock: clock.System{}, Transport: silence{}})
		if err != nil {
			t.Fatal(err)
		}
		shared.values[c.token.key] = joinShared("TOKEN", time.Now().Add(time.Hour))
		for _, call := range []struct {
			name        string
			act         func() error
			least, most time.Duration
		}{
			{"text", func() error { return c.SendText(t.Context(), "oA", "hi") }, callLimit, callLimit},
			{"template", func() error { _, err := c.SendTemplate(t.Context(), notice()); return err }, 3 * callLimit, 3*callLimit + 2*time.Second},
		} {
			began := time.Now()
			err := call.act()
			e := asAPIError(err)
			if e == nil || !e.Unsure || !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, ErrUnavailable) {
				t.Errorf("%s: %v", call.name, err)
			}
			if took := time.Since(began); took < call.least || took > call.most {
				t.Errorf("%s took %v", call.name, took)
			}
		}
	})
}

func TestThoseWhoWaitForAFailingTokenFailTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Config{AppID: testAppID, Secret: testSecret, Cache: newMemory(), Clock: clock.System{}, Transport: silence{}})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		var wait sync.WaitGroup
		for range 20 {
			wait.Go(func() {
				if err := c.SendText(t.Context(), "oA", "hi"); !errors.Is(err, ErrUnavailable) {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if took := time.Since(began); took > 3*callLimit+2*time.Second {
			t.Errorf("the last waited %v", took)
		}
	})
}
