package publiclog

import (
	"context"
	"fmt"

	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// ErrChanged means that what was written is no longer as it was when it was entered: edited, or deleted on request.
var ErrChanged = fault.New(fault.NotFound, "log.changed")

// Open returns the salt and the words behind an entry's Text, so that who may read the words can hold them against the log:
// Text is the base64 of SHA-256 over both. The caller sees to it that nobody else gets them. It returns ErrChanged if the words are not
// there any more, and ErrNotFound for an entry without any.
func (l *Log) Open(ctx context.Context, line Line) (salt, text []byte, err error) {
	if line.Entry.Text == "" {
		return nil, nil, ErrNotFound
	}
	me, err := l.identity(ctx)
	if err != nil {
		return nil, nil, err
	}
	events, err := l.c.Store.Events(ctx, line.Seq-1, 1)
	if err != nil {
		return nil, nil, fmt.Errorf("read the event of entry %d: %w", line.Index, err)
	}
	if len(events) == 0 || events[0].Seq != line.Seq {
		return nil, nil, ErrChanged
	}
	e := events[0]
	docs, err := l.documents(ctx, []docstore.Event{e})
	if err != nil {
		return nil, nil, err
	}
	text, err = l.book[e.Type].text(e, docs[e.Doc], fields(e.Data))
	if err != nil {
		return nil, nil, err
	}
	salt = newNotary(nil, me.secret).salt(saltText, e.ID)
	if text == nil || Commitment(salt, text) != line.Entry.Text {
		return nil, nil, ErrChanged
	}
	return salt, text, nil
}
