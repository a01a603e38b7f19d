package moderation

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// State is how much of a thing neighbours see.
type State string

// States.
const (
	StateShown  State = "shown"
	StateHeld   State = "held"   // waits for somebody to look
	StateHidden State = "hidden" // by a person, with a reason in its place
	StateGone   State = "gone"   // its author took it back
)

// Thing is what somebody decides about, with everything a moderator may see of it.
type Thing struct {
	Ref
	Path   []community.ID
	Board  deliberation.BoardKey
	Topic  deliberation.TopicID
	Author deliberation.Author
	// Title is of the topic, also where the thing is a comment under it.
	Title, Text string
	At          time.Time
	State       State
	Reason      string // why it is not shown
	Findings    []deliberation.Finding
	// ModeratedBy is the person who last decided about it, "" if none has, and ModeratedAt when.
	ModeratedBy identity.AccountID
	ModeratedAt time.Time
	// Seen changes with the text and with every decision.
	Seen string
	Link string // same-site path
}

// Room is where things of one kind live.
type Room interface {
	// Look returns the things that exist among ids. It asks nobody's permission.
	Look(ctx context.Context, ids []string) (map[string]Thing, error)
	// Hide and Show change whether neighbours see a thing, if it is still as seen says; otherwise they return
	// deliberation.ErrDecidedMeanwhile. They ask the permission table.
	Hide(ctx context.Context, actor identity.Actor, id, reason, seen string) error
	Show(ctx context.Context, actor identity.Actor, id, reason, seen string) error
}

// Rooms are the rooms of package deliberation.
func Rooms(topics *deliberation.Service) map[Kind]Room {
	return map[Kind]Room{KindTopic: topicRoom{topics}, KindComment: commentRoom{topics}}
}

type topicRoom struct{ topics *deliberation.Service }

func (r topicRoom) Look(ctx context.Context, ids []string) (map[string]Thing, error) {
	found, err := r.topics.TopicsByID(ctx, ids)
	all := make(map[string]Thing, len(found))
	for id, t := range found {
		all[id] = topicThing(t)
	}
	return all, err
}

func topicThing(t deliberation.Topic) Thing {
	x := Thing{
		Ref: Ref{KindTopic, string(t.ID)}, Path: t.Path, Board: t.Board, Topic: t.ID, Author: t.Author,
		Title: t.Title, Text: t.Body, At: t.CreatedAt, Reason: t.Reason, Findings: t.Findings, Seen: t.Seen(), Link: "/t/" + string(t.ID),
	}
	by, at := t.Moderator()
	if !deliberation.ByScreening(by) {
		x.ModeratedBy = identity.AccountID(by)
	}
	x.ModeratedAt = at
	switch {
	case t.Status == deliberation.Held:
		x.State = StateHeld
	case t.Status == deliberation.Hidden:
		x.State = StateHidden
	case t.Status.Shown():
		x.State = StateShown
	default:
		x.State = StateGone
	}
	return x
}

func (r topicRoom) Hide(ctx context.Context, actor identity.Actor, id, reason, seen string) error {
	_, err := r.topics.HideTopic(ctx, actor, deliberation.HideTopic{Topic: deliberation.TopicID(id), Reason: reason, Seen: seen})
	return err
}

func (r topicRoom) Show(ctx context.Context, actor identity.Actor, id, reason, seen string) error {
	_, err := r.topics.ReleaseTopic(ctx, actor, deliberation.ReleaseTopic{Topic: deliberation.TopicID(id), Reason: reason, Seen: seen})
	return err
}

type commentRoom struct{ topics *deliberation.Service }

func (r commentRoom) Look(ctx context.Context, ids []string) (map[string]Thing, error) {
	found, err := r.topics.CommentsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var under []string
	for _, c := range found {
		under = append(under, string(c.Topic))
	}
	topics, err := r.topics.TopicsByID(ctx, under)
	all := make(map[string]Thing, len(found))
	for id, c := range found {
		all[id] = commentThing(c, topics[string(c.Topic)])
	}
	return all, err
}

func commentThing(c deliberation.Comment, t deliberation.Topic) Thing {
	x := Thing{
		Ref: Ref{KindComment, string(c.ID)}, Path: c.Path, Board: t.Board, Topic: c.Topic, Author: c.Author,
		Title: t.Title, Text: c.Body, At: c.CreatedAt, Reason: c.Reason, Findings: c.Findings,
		ModeratedBy: c.ModeratedBy, ModeratedAt: c.ModeratedAt, Seen: c.Seen(),
		Link: "/t/" + string(c.Topic) + "/comments/" + string(c.ID),
	}
	switch {
	case c.Withdrawn:
		x.State = StateGone
	case c.Hidden && c.ModeratedBy == "":
		x.State = StateHeld
	case c.Hidden:
		x.State = StateHidden
	default:
		x.State = StateShown
	}
	return x
}

func (r commentRoom) Hide(ctx context.Context, actor identity.Actor, id, reason, seen string) error {
	_, err := r.topics.HideComment(ctx, actor, deliberation.HideComment{Comment: deliberation.CommentID(id), Reason: reason, Seen: seen})
	return err
}

func (r commentRoom) Show(ctx context.Context, actor identity.Actor, id, _, seen string) error {
	_, err := r.topics.ReleaseComment(ctx, actor, deliberation.ReleaseComment{Comment: deliberation.CommentID(id), Seen: seen})
	return err
}
