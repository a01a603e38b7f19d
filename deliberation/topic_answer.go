package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
)

// StopsClock reports whether a response is the official answer the clock waits for: by an answering
// role, not automatic, and not by the topic's author, whatever role the author has.
func StopsClock(t Topic, r Response) bool {
	return r.Role != "" && !r.Auto && !t.IsAuthor(r.By)
}

// Answer adds an official response. Of two at once both stay; the first that counts stops the clock.
// A response whose token is there already changes nothing and returns docstore.ErrUnchanged.
func (t *Topic) Answer(r Response, now time.Time) ([]docstore.Fact, error) {
	if slices.ContainsFunc(t.Responses, func(x Response) bool { return x.ID == r.ID && x.By == r.By }) {
		return nil, docstore.ErrUnchanged
	}
	if slices.ContainsFunc(t.Responses, func(x Response) bool { return x.ID == r.ID }) {
		return nil, ErrTaken
	}
	if err := t.may(MoveAnswer); err != nil {
		return nil, err
	}
	if len(t.Responses) >= MaxResponses {
		return nil, errFull.With("what", "responses").With("max", MaxResponses)
	}
	facts := t.catchUp(now)
	r.At, r.First = now, StopsClock(*t, r) && !t.Answered()
	if r.First {
		t.meet(now)
	}
	t.Responses = append(slices.Clip(t.Responses), r)
	t.Status = t.visible()
	t.History = append(slices.Clip(t.History), Entry{
		What: TopicAnswered, Actor: string(r.By), Name: r.Name, Title: r.Title, At: now, Public: true,
	})
	t.LastActivity = later(t.LastActivity, now)
	return append(facts, docstore.Fact{Type: TopicAnswered, Actor: string(r.By), At: now, Data: t.answered(r)}), nil
}

// meet stops the clock.
func (t *Topic) meet(now time.Time) {
	if t.Clock == nil {
		return
	}
	c := *t.Clock
	c.MetAt = now
	t.Clock = &c
}

func (t *Topic) answered(r Response) Answered {
	return Answered{
		About: t.about(), Response: r.ID, First: r.First, Auto: r.Auto,
		By: r.By, ByName: r.Name, ByTitle: r.Title, Excerpt: Excerpt(r.Body),
		Late: r.First && t.ExplainAt(r.At).Late > 0,
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
