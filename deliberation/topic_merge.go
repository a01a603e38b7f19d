package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// MaxMerged is how many topics may be merged into one.
const MaxMerged = 50

var (
	// ErrMergeWhere means that two topics cannot be merged: they are of different communities, or one is the other,
	// or the older one is over.
	ErrMergeWhere = fault.New(fault.Conflict, "topic.merge_where")
	// errMergeBehind means that the older topic has not got as far: a promise would get lost.
	errMergeBehind = fault.New(fault.Conflict, "topic.merge_behind")
)

// Absorbed is a topic that was merged into this one.
type Absorbed struct {
	Topic TopicID   `json:"topic"`
	Title string    `json:"title"`
	At    time.Time `json:"at"`
	// Author is the account that hears of this topic from then on, "" for somebody offline.
	Author identity.AccountID `json:"author,omitempty"`
	Name   string             `json:"name"`
}

// Older reports whether the topic was posted before the other: of two, the younger one is merged into the older. That
// keeps the promise that was given first, and no chain of merges can run in a circle.
func (t Topic) Older(other Topic) bool {
	if !t.CreatedAt.Equal(other.CreatedAt) {
		return t.CreatedAt.Before(other.CreatedAt)
	}
	return t.ID < other.ID
}

// mergeable says whether the topic may go on in into.
func (t Topic) mergeable(into Topic) error {
	switch {
	case t.ID == into.ID, t.Community != into.Community, !into.Older(t), !into.Kind.Undertakes():
		return ErrMergeWhere
	case !into.Status.Shown(), into.Status.Ended(), into.Status == Resolved, into.Status == Disputed:
		return ErrMergeWhere.With("state", into.Status)
	case len(into.Absorbed)+1+len(t.Absorbed) > MaxMerged:
		return errFull.With("what", "merged").With("max", MaxMerged)
	case t.Resolution.Running() && !into.Resolution.Running():
		return errMergeBehind.With("step", MoveAccept)
	case t.Acceptance.Running() && !into.Acceptance.Running() && into.Stage == "":
		return errMergeBehind.With("step", MoveAnswer)
	}
	return nil
}

// MergeInto lets the topic go on in an older one of its community. Nothing is owed here any more; Absorb takes over
// what was.
func (t *Topic) MergeInto(by identity.Actor, into Topic, reason string, now time.Time) ([]docstore.Fact, error) {
	if t.Into == into.ID && t.Into != "" {
		return nil, docstore.ErrUnchanged
	}
	w, err := t.step(MoveMerge)
	if err != nil {
		return nil, err
	}
	if err := t.mergeable(into); err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	t.stopOwing(now)
	t.Into = into.ID
	t.Links = linked(t.Links, Link{Kind: LinkTopic, ID: string(into.ID), Title: into.Title, What: TopicMerged, At: now})
	done := t.advance(w, t.Stage, TopicMerged, by, reason, now, func(p *Progress) { p.Into = into.ID })
	return append(facts, done), nil
}

// Absorb takes a merged topic in: the earlier of two promises holds, its author hears of this topic from now on, and
// both link to each other. The topics that had gone on in it before come with it, so that nobody who spoke is lost on the
// way. What is in already is not taken in again.
func (t *Topic) Absorb(by identity.Actor, from Topic, x Terms, now time.Time) ([]docstore.Fact, error) {
	news := t.unheard(from, now)
	if len(news) == 0 {
		return nil, docstore.ErrUnchanged
	}
	return t.try(func(t *Topic) ([]docstore.Fact, error) { return t.absorb(by, from, news, x, now) })
}

// unheard lists what has gone on in from, itself first, and is not in here yet.
func (t *Topic) unheard(from Topic, now time.Time) []Absorbed {
	all := append([]Absorbed{{from.ID, from.Title, now, from.Author.Account, from.Author.Name}}, from.Absorbed...)
	return slices.DeleteFunc(all, func(a Absorbed) bool {
		return slices.ContainsFunc(t.Absorbed, func(b Absorbed) bool { return a.Topic == b.Topic })
	})
}

func (t *Topic) absorb(by identity.Actor, from Topic, news []Absorbed, x Terms, now time.Time) ([]docstore.Fact, error) {
	t.Absorbed = append(slices.Clip(t.Absorbed), news...)
	if news[0].Topic != from.ID { // from was in; something went on in it meanwhile
		return nil, nil
	}
	facts := t.catchUp(now)
	if err := t.inherit(from, x, by, now); err != nil {
		return nil, err
	}
	t.Links = linked(t.Links, Link{Kind: LinkTopic, ID: string(from.ID), Title: from.Title, What: TopicAbsorbed, At: now})
	return append(facts, t.progress(TopicAbsorbed, by, from.Title, now, func(p *Progress) { p.From = from.ID })), nil
}

// linked returns links with l in the place of an earlier one to the same thing.
func linked(links []Link, l Link) []Link {
	links = slices.Clone(links)
	if i := slices.IndexFunc(links, func(x Link) bool { return x.Kind == l.Kind && x.ID == l.ID }); i >= 0 {
		links[i] = l
		return links
	}
	return append(links, l)
}

// Voices are the people a topic speaks for: its author and those of the topics merged into it, each once. What was
// entered for somebody offline counts one each, because nobody can tell who they are.
func (t Topic) Voices() int {
	seen, n := map[identity.AccountID]bool{}, 0
	count := func(a identity.AccountID) {
		if a == "" || !seen[a] {
			n++
		}
		seen[a] = true
	}
	count(t.Author.Account)
	for _, a := range t.Absorbed {
		count(a.Author)
	}
	return n
}

// mergedAt is when the topic was merged into another.
func (t Topic) mergedAt() time.Time {
	for _, l := range t.Links {
		if l.Kind == LinkTopic && l.ID == string(t.Into) {
			return l.At
		}
	}
	return t.LastActivity
}
