package notify

import (
	"context"
	"errors"
	"time"

	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Message is a notice on its way out by a channel.
type Message struct {
	Notice ID // a channel that can, uses it to make a second send harmless
	Person identity.AccountID
	Key    string
	Args   fault.Args
	Link   string // absolute
	At     time.Time
	Pace   Pace
}

// Channel is a way to reach a person outside the inbox. Send returns a receipt; Retry, ErrSkip or
// ErrNever wrapped in its error say what to do instead, and any other error is tried again by the
// usual back-off.
type Channel interface {
	Name() string
	Send(ctx context.Context, m Message) (receipt string, err error)
}

// Crowd is a Channel that can look up how many people are reached at once.
type Crowd interface {
	// Gather returns the channel for a while in which only these people are sent to.
	Gather(ctx context.Context, people []identity.AccountID) (Channel, error)
}

// Outcomes of Send that are not "try again soon".
var (
	// ErrSkip means that this person cannot be reached this way: not following, refused, no template.
	ErrSkip = errors.New("notify: not by this channel")
	// ErrNever means that trying again cannot help.
	ErrNever = errors.New("notify: cannot be sent")
)

// Retry is an error that names the earliest next try.
type Retry struct {
	After time.Duration
	Err   error
}

// Error implements error.
func (r *Retry) Error() string {
	return "notify: try again in " + r.After.String() + ": " + r.Err.Error()
}

// Unwrap returns the cause.
func (r *Retry) Unwrap() error { return r.Err }

// Wait is an error that says that the message is held back until an instant. Nothing was tried.
type Wait struct {
	Until time.Time
	Err   error
}

// Error implements error.
func (w *Wait) Error() string {
	return "notify: wait until " + w.Until.Format(time.RFC3339) + ": " + w.Err.Error()
}

// Unwrap returns the reason.
func (w *Wait) Unwrap() error { return w.Err }

// MaxAttempts is how often a delivery is tried before it is given up: with the back-off below, for
// about a day and a half.
const MaxAttempts = 12

// backoff is the wait before try n+1: 5 s, 20 s, 80 s … at most six hours.
func backoff(attempts int) time.Duration {
	wait := 5 * time.Second
	for range attempts - 1 {
		if wait *= 4; wait >= 6*time.Hour {
			return 6 * time.Hour
		}
	}
	return wait
}

// after returns the delivery as a try at now that ended with receipt and err leaves it.
func (d Delivery) after(now time.Time, receipt string, err error) Delivery {
	var wait *Wait
	if errors.As(err, &wait) {
		d.Next, d.Reason = wait.Until, reason(err)
		return d
	}
	d.Attempts++
	d.Next = time.Time{}
	var retry *Retry
	switch {
	case err == nil:
		d.State, d.SentAt, d.Receipt, d.Reason = Sent, now, receipt, ""
	case errors.Is(err, ErrSkip):
		d.State, d.Reason = Skipped, reason(err)
	case errors.Is(err, ErrNever) || d.Attempts >= MaxAttempts:
		d.State, d.Reason = Failed, reason(err)
	case errors.As(err, &retry):
		d.Next, d.Reason = now.Add(retry.After), reason(err)
	default:
		d.Next, d.Reason = now.Add(backoff(d.Attempts)), reason(err)
	}
	return d
}

// reason is the word kept in the record: the code of the refusal, never a text that may hold an
// address or a token.
func reason(err error) string { return fault.CodeOf(err) }
