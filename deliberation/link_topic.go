package deliberation

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// LinkKind says what grew out of a topic.
type LinkKind string

// Kinds of links.
const (
	LinkHall     LinkKind = "hall"     // a facilitated deliberation in 议事厅
	LinkCovenant LinkKind = "covenant" // a covenant, 公约
	LinkPoll     LinkKind = "poll"     // a vote
	LinkMeeting  LinkKind = "meeting"  // 联席会议, 听证会, 协调会, 评议会
	LinkWhistle  LinkKind = "whistle"  // 吹哨: several units called together
	LinkDigest   LinkKind = "digest"   // 意见上行: reported to the town with others
	LinkProject  LinkKind = "project"  // a small project, 微项目
	LinkTopic    LinkKind = "topic"    // another topic, by a merge
)

// Link ties a topic to what grew out of it. What it names links back, so that both tell one story.
type Link struct {
	Kind  LinkKind `json:"kind"`
	ID    string   `json:"id"`
	Title string   `json:"title"`
	// What is the type of the latest event that concerned the topic: hall.opened, meeting.decided.
	What string    `json:"what"`
	At   time.Time `json:"at"`
}

// Linked is the part of another aggregate's event that concerns topics. Whoever opens, concludes or drops
// something for a topic embeds it in the data of the event; FollowLinks writes it into the topics.
type Linked struct {
	Topics []TopicID `json:"topics,omitempty"`
	Link   Link      `json:"link"`
	// Name and Title are who did it, as the topic's history shows it.
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
}

// maxLinks is how many things may grow out of one topic.
const maxLinks = 20 + MaxMerged

// FollowLinks writes what other aggregates did for a topic into its links and history. It may be given an
// event any number of times: a step that the topic's history has already changes nothing.
func (s *Service) FollowLinks(ctx context.Context, e docstore.Event) error {
	data, err := Decode[Linked](e)
	if err != nil {
		return err
	}
	for _, id := range data.Topics {
		l := data.Link
		l.What, l.At = e.Type, e.At
		_, err := s.change(ctx, id, func(t *Topic, x Terms) ([]docstore.Fact, error) {
			return t.link(l, x, Entry{What: e.Type, Actor: e.Actor, Name: data.Name, Title: data.Title, At: e.At, Reason: l.Title, Public: true})
		})
		if err != nil && !errors.Is(err, docstore.ErrNotFound) {
			return err
		}
	}
	return nil
}

// link records a step of something that grew out of the topic.
func (t *Topic) link(l Link, x Terms, entry Entry) ([]docstore.Fact, error) {
	known := slices.ContainsFunc(t.History, func(x Entry) bool {
		return x.What == entry.What && x.Actor == entry.Actor && x.At.Equal(entry.At) && x.Reason == entry.Reason
	})
	if known || len(t.History) >= MaxHistory {
		return nil, docstore.ErrUnchanged
	}
	held := slices.ContainsFunc(t.Links, func(x Link) bool { return x.Kind == l.Kind && x.ID == l.ID })
	if !held && len(t.Links) >= maxLinks {
		return nil, docstore.ErrUnchanged
	}
	facts := t.catchUp(entry.At)
	t.Links = linked(t.Links, l)
	t.follow(l, x, entry.At)
	t.History = append(slices.Clip(t.History), entry)
	t.LastActivity = later(t.LastActivity, entry.At)
	return append(facts, fact(TopicLinked, linking, entry.At, TopicLink{About: t.about(), Link: l})), nil
}

// linking are the platform's hands that keep links.
var linking = identity.System("linking")
