package deliberation

import (
	"errors"
	"testing"

	"jushou/internal/docstore"
)

func TestAnOlderCountDoesNotReplaceALaterOne(t *testing.T) {
	t.Parallel()
	topic := newPost(at(8, 10), dayRounds())
	if facts, err := topic.counted(commentCount{seq: 7, n: 6, last: at(8, 20), at: at(8, 20)}); err != nil || len(facts) != 1 {
		t.Fatalf("%v, %v", facts, err)
	}
	for _, seq := range []int64{6, 7} {
		if _, err := topic.counted(commentCount{seq: seq, n: 5, last: at(8, 15), at: at(8, 21)}); !errors.Is(err, docstore.ErrUnchanged) {
			t.Errorf("a count up to %d: %v", seq, err)
		}
	}
	if topic.Comments != 6 || topic.CountedSeq != 7 || !topic.LastActivity.Equal(at(8, 20)) {
		t.Errorf("counted %d up to %d, last at %v", topic.Comments, topic.CountedSeq, topic.LastActivity)
	}
}
