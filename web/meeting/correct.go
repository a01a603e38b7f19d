package meeting

import (
	"context"
	"strconv"

	"jushou/deliberation/meeting"
	"jushou/web/view"
)

// change is one passage of the minutes before and after a correction.
type change struct{ What, Before, After string }

// correction is a version beside the one whose place it takes.
type correction struct {
	meeting.Version
	Changes []change
}

// corrections are those that hold, the latest first.
func (r readView) corrections(ctx context.Context) []correction {
	var all []correction
	read := r.V.Readable()
	for i := len(read) - 1; i > 0; i-- {
		all = append(all, correction{read[i], r.changes(ctx, read[i-1], read[i])})
	}
	return all
}

// waiting is a correction that waits for a second person.
func (r readView) waiting(ctx context.Context) (correction, bool) {
	current, published := r.V.Current()
	last, _ := r.V.Latest()
	if !published || !r.V.Waits() {
		return correction{}, false
	}
	return correction{last, r.changes(ctx, current, last)}, true
}

func (r readView) changes(ctx context.Context, a, b meeting.Version) []change {
	var all []change
	if a.Summary != b.Summary {
		all = append(all, change{view.T(ctx, "meeting.summary"), a.Summary, b.Summary})
	}
	for i, item := range r.V.Agenda {
		before, after := said(ctx, a.Outcomes[i]), said(ctx, b.Outcomes[i])
		if before != after {
			all = append(all, change{view.T(ctx, "meeting.item", "n", strconv.Itoa(i+1), "text", item.Text), before, after})
		}
	}
	return all
}

// said is what came of a point, with the counts of a review.
func said(ctx context.Context, o meeting.Outcome) string {
	if o.Tally == nil {
		return o.Words
	}
	return o.Words + " " + tally(ctx, o.Tally)
}
