package deliberation

import (
	"errors"
	"slices"
	"testing"

	"jushou/internal/identity"
)

func TestTheCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	if len(Boards()) != 8 {
		t.Fatalf("%d boards", len(Boards()))
	}
	for i, b := range Boards() {
		if b.Key == "" || b.Name == "" || len(b.Kinds) == 0 || b.Owner == "" || b.Moderation == "" {
			t.Errorf("board %d is incomplete: %+v", i, b)
		}
		if b.Patrolled && !b.Clock {
			t.Errorf("%s is patrolled without a promise", b.Key)
		}
		if b.Post == identity.PostNotice != slices.Equal(b.Kinds, []Kind{KindNotice}) {
			t.Errorf("%s mixes notices with residents' posts: the public would read them", b.Key)
		}
		if b.Post == identity.PostTopic && b.Moderation == ModerateNone {
			t.Errorf("%s shows residents' posts unseen", b.Key)
		}
		if got, err := BoardOf(b.Key); err != nil || got.Name != b.Name {
			t.Errorf("BoardOf(%s): %v", b.Key, err)
		}
	}
}

func TestACommunitySwitchesBoardsOn(t *testing.T) {
	t.Parallel()
	keys := func(chosen ...string) (keys []BoardKey) {
		for _, b := range Enabled(chosen) {
			keys = append(keys, b.Key)
		}
		return keys
	}
	if got := keys(); len(got) != 8 {
		t.Errorf("no choice: %v", got)
	}
	if got := keys("hall", "nearby", "nonsense"); !slices.Equal(got, []BoardKey{BoardNotice, BoardNearby, BoardHall}) {
		t.Errorf("two chosen: %v", got)
	}
	if _, err := BoardOf("nonsense"); !errors.Is(err, ErrNoBoard) {
		t.Errorf("no such board: %v", err)
	}
}
