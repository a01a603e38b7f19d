package app

import (
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/internal/eventlog/publiclog"
)

// pollActs are the public steps of polls: what was frozen at the opening, who was added late and why, the roots of the released
// commitments, and the hash of the result. Who drafted, objected, voted or was reminded is none of the log's business.
func pollActs() []publiclog.Act {
	var acts []publiclog.Act
	for _, event := range []string{
		poll.PollListed, poll.PollOpened, poll.PollPostponed, poll.PollCorrected, poll.PollAdded, poll.PollAnswered, poll.PollReminded, poll.PollClosed,
		poll.PollReleased, poll.PollDisputed, poll.PollRecounted, poll.PollPublished, poll.PollSettled, poll.PollWithdrawn,
		poll.PollRelisted, poll.PollPaperDone, poll.PollOverridden,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "poll", Ref: "poll",
			Facts: []string{"label", "voters", "opens_at", "closes_at", "hash", "mark", "remove", "upheld", "at", "page", "count", "root", "outcome", "ballots", "stakes"},
			Words: []string{"question", "reason", "answer", "says"},
		})
	}
	for _, event := range []string{owners.BasisConfirmed, owners.BasisRevoked} {
		acts = append(acts, publiclog.Act{Event: event, Of: "basis", Ref: "basis", Words: []string{"rule", "clause", "reason"}})
	}
	return append(acts, publiclog.Act{
		Event: owners.RegisterConfirmed, Of: "owners", Ref: "community", Facts: []string{"version", "sha256", "units", "heads", "area"},
	})
}
