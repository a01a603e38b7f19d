package deliberation_test

import (
	"encoding/json"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// TestWhatGrewOutOfATopicStandsInItsHistoryOnce gives the steps of a meeting to its topic, each of them twice.
func TestWhatGrewOutOfATopicStandsInItsHistoryOnce(t *testing.T) {
	t.Parallel()
	town := setup(t)
	topic := town.post("3号楼电梯又坏了")
	at := town.clock.Now().UTC()
	for i, what := range []string{"meeting.called", "meeting.called", "meeting.decided", "meeting.decided"} {
		data, err := json.Marshal(deliberation.Linked{
			Topics: []deliberation.TopicID{topic.ID, "nosuchtopic"},
			Link:   deliberation.Link{Kind: deliberation.LinkMeeting, ID: "m1", Title: "电梯协调会"}, Name: "陈静", Title: "居委干部",
		})
		must(t, err)
		e := docstore.Event{Type: what, Actor: string(town.staff.ID), At: at.Add(time.Duration(i/2) * time.Hour), Data: data}
		must(t, town.FollowLinks(t.Context(), e))
	}
	thread, err := town.Thread(t.Context(), identity.System("test"), topic.ID, "")
	must(t, err)
	if got := thread.Topic.Links; len(got) != 1 || got[0].What != "meeting.decided" || !got[0].At.Equal(at.Add(time.Hour)) {
		t.Fatalf("links are %+v", got)
	}
	var told int
	for _, e := range thread.Topic.History {
		if e.Reason == "电梯协调会" {
			told++
		}
	}
	if told != 2 {
		t.Fatalf("the history tells of the meeting %d times, want 2", told)
	}
}
