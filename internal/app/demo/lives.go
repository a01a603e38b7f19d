package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/identity"
)

// turn is one step in the life of a topic: how many days ago, at which hour, by which persona, what, and the words.
type turn struct {
	days, hour int
	by         string
	what       deliberation.Move
	words      string
}

// life is a topic of the home community and what became of it.
type life struct {
	author, board string
	days, hour    int
	title, body   string
	item          string // of the town's list, for its dispatch
	into          int    // the life that it is merged into; the first takes none in
	turns         []turn
}

// hourOf is the instant of an hour some days ago. Lives of one hour are minutes apart, so that no two things happen at once.
func (d *district) hourOf(days, hour, n int) time.Time { return d.ago(days, hour, 5+3*n) }

// topicOf returns the id of the n-th life's topic.
func (d *district) topicOf(n int) deliberation.TopicID {
	l := lives[n]
	return deliberation.TopicID(token(d.hourOf(l.days, l.hour, n), "life", HomeCommunity, n))
}

// topicLives tells what became of the home community's topics after the answer, side by side and each in the order in
// which it happened, and then lets the sweep find what was missed.
func (d *district) topicLives(ctx context.Context) error {
	who := map[string]identity.Actor{}
	for _, id := range []string{"lin", "wang", "chen", "gu", "zhang", "chengguan", "greening"} {
		var err error
		if who[id], err = d.persona(ctx, id); err != nil {
			return err
		}
	}
	group, one := errgroup.WithContext(ctx)
	for n, l := range lives {
		if l.into > 0 {
			continue // told with the one that it is merged into
		}
		group.Go(func() error { return d.tellLife(one, who, n) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	d.Clock.Set(d.now)
	_, err := d.Topics.WatchPromises(ctx)
	return err
}

// tellLife tells one life, and those that are merged into it, by a clock of its own.
func (d *district) tellLife(ctx context.Context, who map[string]identity.Actor, n int) error {
	type told struct {
		at   time.Time
		life int
		turn turn
	}
	var all []told
	for m, l := range lives {
		if m != n && (n == 0 || l.into != n) {
			continue
		}
		all = append(all, told{d.hourOf(l.days, l.hour, m), m, turn{by: l.author, what: "post"}})
		for _, t := range l.turns {
			all = append(all, told{d.hourOf(t.days, t.hour, m), m, t})
		}
	}
	slices.SortStableFunc(all, func(a, b told) int { return a.at.Compare(b.at) })
	hands := clock.Standing(d.now)
	topics := d.TopicsBy(hands)
	for _, t := range all {
		hands.Set(t.at)
		if err := d.take(ctx, topics, who[t.turn.by], t.at, t.life, t.turn); err != nil {
			return fmt.Errorf("%s: %s: %w", lives[t.life].title, t.turn.what, err)
		}
	}
	return nil
}

// take takes a turn, unless an earlier start took it.
func (d *district) take(ctx context.Context, topics *deliberation.Service, by identity.Actor, at time.Time, n int, t turn) (err error) {
	l, id := lives[n], d.topicOf(n)
	if t.what == "post" {
		_, err = topics.PostTopic(ctx, by, deliberation.PostTopic{
			ID: id, Community: HomeCommunity, Board: deliberation.BoardKey(l.board), Title: l.title, Body: l.body, Via: deliberation.ViaH5,
		})
		return err
	}
	seen, err := topics.Topic(ctx, by, id)
	if err != nil || slices.ContainsFunc(seen.History, func(e deliberation.Entry) bool { return e.At.Equal(at) }) {
		return err
	}
	form := token(at, "turn", HomeCommunity, n)
	switch t.what {
	case deliberation.MoveAnswer:
		_, err = topics.AnswerTopic(ctx, by, deliberation.AnswerTopic{ID: form, Topic: id, Body: t.words})
	case deliberation.MoveAccept:
		_, err = topics.AcceptTopic(ctx, by, deliberation.AcceptTopic{Topic: id, Note: t.words})
	case deliberation.MoveRefuse:
		_, err = topics.RefuseTopic(ctx, by, deliberation.RefuseTopic{Topic: id, Kind: deliberation.RefusedOthers, Reason: t.words})
	case deliberation.MoveAsk:
		_, err = topics.AskAuthor(ctx, by, deliberation.AskAuthor{Topic: id, Question: t.words})
	case deliberation.MoveMerge:
		_, err = topics.MergeTopic(ctx, by, deliberation.MergeTopic{Topic: id, Into: d.topicOf(l.into), Reason: t.words})
	default:
		err = d.handle(ctx, topics, by, id, form, l, t)
	}
	return err
}

// handle takes a turn of the work itself.
func (d *district) handle(ctx context.Context, topics *deliberation.Service, by identity.Actor, id deliberation.TopicID, form string, l life, t turn) (err error) {
	switch t.what {
	case deliberation.MoveDispatch:
		_, err = topics.DispatchTopic(ctx, by, deliberation.DispatchTopic{Topic: id, Item: l.item, Why: t.words})
	case deliberation.MoveContest:
		_, err = topics.ContestDispatch(ctx, by, deliberation.ContestDispatch{Topic: id, Reason: t.words})
	case deliberation.MoveTake:
		_, err = topics.TakeTopic(ctx, by, id)
	case deliberation.MoveReport:
		_, err = topics.ReportTopic(ctx, by, deliberation.ReportTopic{ID: form, Topic: id, Body: t.words})
	case deliberation.MoveVerify, deliberation.MoveSendBack:
		_, err = topics.VerifyTopic(ctx, by, deliberation.VerifyTopic{Topic: id, Passed: t.what == deliberation.MoveVerify, Reason: t.words})
	case deliberation.MoveConfirm, deliberation.MoveDispute:
		_, err = topics.ConfirmTopic(ctx, by, deliberation.ConfirmTopic{Topic: id, Solved: t.what == deliberation.MoveConfirm, Reason: t.words})
	case deliberation.MoveExtend:
		if t.by == "zhang" { // who asks never grants
			_, err = topics.DecideExtension(ctx, by, deliberation.DecideExtension{Topic: id, Grant: true})
			return err
		}
		to := calendar.DateOf(d.now.In(zone).AddDate(0, 0, 18))
		_, err = topics.AskExtension(ctx, by, deliberation.AskExtension{Topic: id, To: to, Reason: t.words})
	}
	return err
}
