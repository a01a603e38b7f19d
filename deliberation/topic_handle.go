package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Take takes the matter in hand, 任务处理: the department it was sent to, or the community itself what it keeps.
// A contest that waited is over with it.
func (t *Topic) Take(by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveTake)
	switch {
	case err != nil:
		return nil, err
	case w.contested() != nil:
		return nil, errContested
	}
	facts := t.catchUp(now)
	h := t.hand(by, now)
	w.Handler = &h
	w.handled(by.ID)
	return append(facts, t.advance(w, InHand, TopicTaken, by, "", now)), nil
}

// Report says what was done, 结果反馈. A report whose token is there already changes nothing and returns
// docstore.ErrUnchanged.
func (t *Topic) Report(by identity.Actor, id string, text Text, now time.Time) ([]docstore.Fact, error) {
	if t.Work != nil {
		if i := slices.IndexFunc(t.Work.Reports, func(r Report) bool { return r.ID == id }); i >= 0 {
			if t.Work.Reports[i].By.Account == by.ID {
				return nil, docstore.ErrUnchanged
			}
			return nil, ErrTaken
		}
	}
	w, err := t.step(MoveReport)
	switch {
	case err != nil:
		return nil, err
	case len(w.Reports) >= MaxReports:
		return nil, errFull.With("what", "reports").With("max", MaxReports)
	}
	facts := t.catchUp(now)
	w.Reports = append(slices.Clip(w.Reports), Report{ID: id, By: t.hand(by, now), Body: text.Body, Photos: text.Photos})
	w.handled(by.ID)
	return append(facts, t.advance(w, Reported, TopicReported, by, "", now, func(p *Progress) { p.Excerpt = Excerpt(text.Body) })), nil
}
