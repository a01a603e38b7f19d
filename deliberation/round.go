package deliberation

import (
	"strconv"
	"time"

	"jushou/internal/community"
	"jushou/internal/identity"
)

// RoundTopics is how many topics a Round's document names; the counts cover all of them.
const RoundTopics = 50

// Round is one sweep of a community's unanswered topics: the record of what it found and who was told.
// It exists only where it found something. Its key is community and instant, so a Round is held once.
type Round struct {
	Community community.ID `json:"community"`
	Town      community.ID `json:"town,omitempty"`
	At        time.Time    `json:"at"`
	HeldAt    time.Time    `json:"held_at"`
	// Counts of topics that took each step at this Round.
	Listed    int                `json:"listed"`
	Secretary int                `json:"secretary"`
	ToTown    int                `json:"to_town"`
	Duty      identity.AccountID `json:"duty,omitempty"`
	Next      identity.AccountID `json:"next,omitempty"`
	Topics    []RoundTopic       `json:"topics"`
}

// RoundTopic is a topic a Round found.
type RoundTopic struct {
	Topic TopicID `json:"topic"`
	Step  Step    `json:"step"`
}

// roundKey is the document id of a community's Round at an instant.
func roundKey(c community.ID, at time.Time) string {
	return string(c) + "/" + strconv.FormatInt(at.UnixMilli(), 10)
}

// add counts a topic's step.
func (r *Round) add(topic TopicID, step Step) {
	switch step {
	case StepListed:
		r.Listed++
	case StepSecretary:
		r.Secretary++
	case StepTown:
		r.ToTown++
	}
	if len(r.Topics) < RoundTopics {
		r.Topics = append(r.Topics, RoundTopic{topic, step})
	}
}

func (r Round) event() HeldRound {
	return HeldRound{
		Community: r.Community, Town: r.Town, At: r.At, HeldAt: r.HeldAt,
		Listed: r.Listed, Secretary: r.Secretary, ToTown: r.ToTown,
		Duty: r.Duty, Next: r.Next, Topics: r.Topics,
	}
}
