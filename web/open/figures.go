package open

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/view"
)

// figuresLife is how long published figures are shown before they are added up again: three months of topics
// are read for them, and crawlers read public pages all day.
const figuresLife = 10 * time.Minute

// figures keeps the published figures of each community that somebody asked about.
type figures struct {
	flight singleflight.Group

	mu   sync.Mutex
	held map[community.ID]figure
}

type figure struct {
	at      time.Time
	periods []deliberation.Stats
}

// goodAt reports whether the figure may still be shown: it is young, and of the same day. The clock may jump.
func (f figure) goodAt(now time.Time) bool {
	age := now.Sub(f.at)
	return f.periods != nil && age >= 0 && age < figuresLife && view.Local(f.at).YearDay() == view.Local(now).YearDay()
}

// figuresOf returns a community's published figures, at most figuresLife old. They are the same for everybody.
func (p *Pages) figuresOf(ctx context.Context, in community.ID, now time.Time) (figure, error) {
	if f := p.figures.get(in); f.goodAt(now) {
		return f, nil
	}
	found, err, _ := p.figures.flight.Do(string(in), func() (any, error) {
		// A visitor who goes away does not take the answer from the others.
		periods, err := p.Topics.PublishedStats(context.WithoutCancel(ctx), identity.Actor{}, in)
		if err != nil {
			return figure{}, err
		}
		f := figure{now, periods}
		p.figures.put(in, f)
		return f, nil
	})
	return found.(figure), err
}

func (f *figures) get(in community.ID) figure {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.held[in]
}

func (f *figures) put(in community.ID, v figure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held[in] = v
}
