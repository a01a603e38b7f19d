package view

import (
	"context"
	"time"
)

// Promise is a clock after the answer: who takes it on, and by when it is done. It is told as a sentence beside a thin bar.
type Promise struct {
	// Kind is "acceptance" or "resolution"; Phase chooses the sentence, promise.<kind>.<phase>.
	Kind, Phase string
	Start, Due  time.Time
	Late        time.Duration
	// Was are the days it was promised for before, which stay readable.
	Was []time.Time
	// Holder has it now.
	Holder string
	// Question was put to the author, and Until is when the wait for the reply ends by itself.
	Question string
	Until    time.Time
	// Mine is set where the reader is who the question was put to.
	Mine bool
	// Days are the working days the promise counts, 0 where it does not count them; Off names the holidays in between.
	Days int
	Off  string
}

// Share returns how much of the promised time has passed at now, 0 to 100.
func (p Promise) Share(now time.Time) int { return Clock{Start: p.Start, Due: p.Due}.Share(now) }

func (p Promise) holder(ctx context.Context) string {
	if p.Holder == "" {
		return T(ctx, "promise.committee")
	}
	return p.Holder
}

func (p Promise) running() bool {
	switch p.Phase {
	case "running", "close", "overdue", "waiting":
		return !p.Due.IsZero()
	}
	return false
}

func (p Promise) words(ctx context.Context) string {
	key := "promise." + p.Kind + "." + p.Phase
	if p.Phase == "met" && p.Late > 0 {
		key += "_late"
	}
	return T(ctx, key, "when", When(ctx, p.Due), "late", Period(ctx, p.Late), "who", p.holder(ctx))
}

// Way leads to what grew out of a topic, or to what it goes on in.
type Way struct {
	Kind, Title, Href string
	At                time.Time
}
