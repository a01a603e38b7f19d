package chat

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/photo"
	"jushou/wechat"
)

// photo keeps a photo from the chat and adds it to the topic it follows; without one it waits for its text.
func (s *Service) photo(ctx context.Context, r wechat.Received, actor identity.Actor) error {
	id, err := s.keep(ctx, r)
	if refused(err) {
		return s.reply(ctx, r, actor, s.Say("chat.photo_refused", "why", s.Refusal(err)))
	}
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	talk, err := s.recall(ctx, actor.ID)
	if err != nil {
		return err
	}
	if taken, err := s.addToForm(ctx, r, actor, talk, id); err != nil || taken {
		return err
	}
	if open := talk.open(now); open != "" {
		topic, err := s.attach(ctx, actor, open, id)
		if err == nil {
			return s.reply(ctx, r, actor, s.Say("chat.photo_added", "title", topic.Title, "link", s.BaseURL+"/t/"+string(topic.ID)))
		}
		if !refused(err) {
			return err
		}
		if !errors.Is(err, deliberation.ErrAnswered) {
			return s.reply(ctx, r, actor, s.Say("chat.photo_refused", "why", s.Refusal(err)))
		}
		// Answered already: the text is fixed, so the photo begins something new.
	}
	err = s.remember(ctx, actor.ID, func(c *Conversation) bool {
		c.wait(id, now)
		return true
	})
	if err != nil {
		return err
	}
	return s.reply(ctx, r, actor, s.Say("chat.photo_waits"))
}

// keep downloads, re-encodes and stores the photo of a push. Its id is derived from the push, so that
// a second try finds the first one's file.
func (s *Service) keep(ctx context.Context, r wechat.Received) (deliberation.PhotoID, error) {
	sum := sha256.Sum256([]byte("chat photo " + r.ID))
	id := ids.Derive(r.ReceivedAt, sum)
	media, err := s.Platform.DownloadMedia(ctx, r.Push.MediaID, photo.MaxBytes)
	if err != nil {
		return "", err
	}
	shrunk, err := s.Shrink.Process(ctx, bytes.NewReader(media.Body))
	if err != nil {
		return "", err
	}
	return deliberation.PhotoID(id), photo.Save(ctx, s.Photos, id, shrunk)
}

// maxTries bounds attach: each failed try means that the author edited the topic at the same moment.
const maxTries = 5

// attach adds the photo to the author's topic. A photo that is in it already is left alone.
func (s *Service) attach(ctx context.Context, actor identity.Actor, id deliberation.TopicID, photo deliberation.PhotoID) (deliberation.Topic, error) {
	for try := 1; ; try++ {
		view, err := s.Topics.Topic(ctx, actor, id)
		if err != nil {
			return deliberation.Topic{}, err
		}
		t := view.Topic
		if slices.Contains(t.Photos, photo) {
			return t, nil
		}
		edited, err := s.Topics.EditTopic(ctx, actor, deliberation.EditTopic{
			Topic: id, Revision: t.Revision, Title: t.Title, Body: t.Body, Photos: append(slices.Clone(t.Photos), photo),
		})
		if err == nil || !errors.Is(err, deliberation.ErrStale) || try == maxTries {
			return edited, err
		}
	}
}
