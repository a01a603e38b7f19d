package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ClaimTopic makes the account the author of what staff entered for somebody offline, once that person has confirmed it; they are then told
// of its answers like every author. What has an author already stays theirs.
func (s *Service) ClaimTopic(ctx context.Context, id TopicID, who identity.AccountID) error {
	now := s.now()
	_, err := s.topics.Update(ctx, string(id), func(t *Topic) ([]docstore.Fact, error) {
		if t.Via != ViaAssisted || t.Author.Account != "" {
			return nil, docstore.ErrUnchanged
		}
		t.Author.Account = who
		return []docstore.Fact{fact(TopicClaimed, claiming, now, t.about())}, nil
	})
	return err
}

// TopicClaimed says that somebody offline has an account now; its data is About.
const TopicClaimed = "topic.claimed"

// claiming are the platform's hands that give a topic to who said it.
var claiming = identity.System("claiming")
