package publiclog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"jushou/internal/docstore"
)

// pushTimeout bounds one POST.
const pushTimeout = 10 * time.Second

// Push sends a checkpoint to PushURL as the body of a POST, so that a copy lies where the house cannot change it. It is the
// handler of a relay for EventCheckpoint: the relay repeats it, later and later, until the other side says 2xx. A checkpoint
// that is no longer the newest is left out: the newest one covers it, and after an outage one message is enough. Nothing waits for it.
func (l *Log) Push(ctx context.Context, e docstore.Event) error {
	if l.c.PushURL == "" {
		return nil
	}
	c, err := l.Latest(ctx)
	if errors.Is(err, ErrEmpty) || err == nil && sizeID(c.Size) != e.Doc.ID {
		return nil
	}
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, l.c.PushURL, strings.NewReader(c.Note))
	if err != nil {
		return fmt.Errorf("address of the second place for checkpoints: %w", err)
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	res, err := l.c.HTTP.Do(req)
	if err != nil {
		return fmt.Errorf("send checkpoint %d to the second place: %w", c.Size, err)
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16)) // so that the connection can be used again
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("send checkpoint %d to the second place: it answers %d", c.Size, res.StatusCode)
	}
	return nil
}
