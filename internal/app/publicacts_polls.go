package app

import (
	"jushou/deliberation/poll"
	"jushou/internal/eventlog/publiclog"
)

// pollActs are the public steps of polls: what was frozen at the opening, who was added late and why, the roots of the released
// commitments, and the hash of the result. Who drafted, objected, voted or was reminded is none of the log's business.
func pollActs() []publiclog.Act {
	var acts []publiclog.Act
	for _, event := range []string{
		poll.PollListed, poll.PollOpened, poll.PollPostponed, poll.PollCorrected, poll.PollAdded, poll.PollAnswered, poll.PollReminded, poll.PollClosed,
		poll.PollReleased, poll.PollDisputed, poll.PollRecounted, poll.PollPublished, poll.PollSettled, poll.PollWithdrawn,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "poll", Ref: "poll",
			Facts: []string{"label", "voters", "opens_at", "closes_at", "hash", "mark", "remove", "upheld", "at", "page", "count", "root", "outcome", "ballots"},
			Words: []string{"question", "reason", "answer"},
		})
	}
	return acts
}
