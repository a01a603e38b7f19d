package deliberation

import (
	"context"
	"fmt"
	"time"
)

// Moderator returns who last held, hid or showed the topic, as events name them, and when; "" if nobody has.
func (t Topic) Moderator() (by string, at time.Time) {
	for i := len(t.History) - 1; i >= 0; i-- {
		switch e := t.History[i]; e.What {
		case TopicHeld, TopicHidden, TopicReleased:
			return e.Actor, e.At
		}
	}
	return "", time.Time{}
}

// Seen tells what a moderator saw: it changes with the text and with every decision, and not with an answer.
func (t Topic) Seen() string {
	_, at := t.Moderator()
	moderation := t.Status
	if moderation.Shown() {
		moderation = Open
	}
	return fmt.Sprintf("%d.%s.%d", t.Revision, moderation, at.UnixMilli())
}

// ByScreening reports whether an actor, as events name it, is the reviewer and no person.
func ByScreening(ref string) bool { return ref == screening.Ref() }

// TopicsByID returns the topics that exist among ids, as they are stored. It asks nobody's permission: that is the
// caller's, who knows the place only when it has the topic.
func (s *Service) TopicsByID(ctx context.Context, ids []string) (map[string]Topic, error) {
	return s.topics.GetMany(ctx, ids)
}

// CommentsByID is TopicsByID for comments.
func (s *Service) CommentsByID(ctx context.Context, ids []string) (map[string]Comment, error) {
	return s.comments.GetMany(ctx, ids)
}
