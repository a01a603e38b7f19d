package deliberation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PublishNotice is a notice on a board whose owner speaks there, or an article of the guide. On a board that holds nothing
// else it is readable by anybody, signed in or not.
type PublishNotice struct {
	ID        TopicID
	Community community.ID
	Board     BoardKey
	Title     string
	Body      string
	Photos    []PhotoID
	// Guide is needed on the board of guides and refused elsewhere.
	Guide Guide
}

// PublishNotice publishes a notice in one community at once. A board whose notices are reviewed refuses it
// (Board.Reviewed). Like PostTopic it may be sent twice.
func (s *Service) PublishNotice(ctx context.Context, actor identity.Actor, cmd PublishNotice) (Topic, error) {
	return s.PostTopic(ctx, actor, PostTopic{
		ID: cmd.ID, Community: cmd.Community, Board: cmd.Board, Kind: KindNotice,
		Title: cmd.Title, Body: cmd.Body, Photos: cmd.Photos, Via: ViaDesk, Guide: cmd.Guide,
	})
}

// ShowNotice is a notice that was written and reviewed elsewhere (package bulletin) and is to be read now.
type ShowNotice struct {
	PublishNotice
	Author Author
	At     time.Time
}

// ShowNotice makes the topic of such a notice. Only the platform does it; doing it again finds the first.
func (s *Service) ShowNotice(ctx context.Context, hands identity.Actor, cmd ShowNotice) (Topic, error) {
	node, err := s.community(ctx, cmd.Community)
	if err != nil {
		return Topic{}, err
	}
	if !hands.System {
		return Topic{}, identity.ErrDenied
	}
	t := newTopic(PostTopic{ID: cmd.ID, Board: cmd.Board, Kind: KindNotice, Via: ViaBulletin}, node, cmd.Author, Text{cmd.Title, cmd.Body, cmd.Photos}, cmd.At)
	writer := identity.Actor{ID: cmd.Author.Account, Name: cmd.Author.Name}
	facts := t.posted(writer, Verdict{})
	t.History[0].Name, t.History[0].Title = cmd.Author.Name, cmd.Author.Title
	_, err = s.topics.Put(ctx, string(t.ID), docstore.Absent, t, facts...)
	if errors.Is(err, docstore.ErrConflict) {
		return s.replayed(ctx, t, err)
	}
	if err != nil {
		return Topic{}, fmt.Errorf("show notice: %w", err)
	}
	return t, nil
}

// TakeBackNotice takes such a notice back; Reason stands in its place, Name and Title are who did it.
type TakeBackNotice struct {
	Topic               TopicID
	Reason, Name, Title string
	At                  time.Time
}

// TakeBackNotice withdraws the topic of a notice. Only the platform does it; doing it again changes nothing.
func (s *Service) TakeBackNotice(ctx context.Context, hands identity.Actor, cmd TakeBackNotice) error {
	t, err := s.topic(ctx, hands, cmd.Topic, identity.HoldTopic)
	if err != nil {
		return err
	}
	_, err = s.topics.Update(ctx, string(t.ID), func(t *Topic) ([]docstore.Fact, error) {
		if t.Status == Withdrawn {
			return nil, docstore.ErrUnchanged
		}
		facts, err := t.Withdraw(hands, cmd.Reason, cmd.At)
		if err == nil {
			last := &t.History[len(t.History)-1]
			last.Name, last.Title = cmd.Name, cmd.Title
		}
		return facts, err
	})
	return err
}
