package notify

import (
	"time"

	"jushou/deliberation/poll"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of notices about polls. None says what anybody chose, and none but its own reader's says who has voted.
const (
	KeyPollListed      = "notice.poll_listed"      // voters: look whether the roll is right
	KeyPollOpened      = "notice.poll_opened"      // voters: ballots are taken
	KeyPollReminder    = "notice.poll_reminder"    // voters without a ballot
	KeyPollPublished   = "notice.poll_published"   // voters: the result
	KeyPollObjected    = "notice.poll_objected"    // duty person: an objection to the roll
	KeyPollAnswered    = "notice.poll_answered"    // who objected: what was found
	KeyPollRepresented = "notice.poll_represented" // who voted for a household: another member does now
	KeyPollDisputed    = "notice.poll_disputed"    // secretary and town: the count is not published
)

// pollKeys lists them.
func pollKeys() []string {
	return []string{
		KeyPollListed, KeyPollOpened, KeyPollReminder, KeyPollPublished, KeyPollObjected, KeyPollAnswered, KeyPollRepresented, KeyPollDisputed,
	}
}

// pollTypes are the events that planPoll knows.
func pollTypes() []string {
	return []string{
		poll.PollListed, poll.PollOpened, poll.PollReminded, poll.PollPublished, poll.PollObjected, poll.PollAnswered, poll.PollRepresented, poll.PollDisputed,
	}
}

// pollTemplate says which template message tells it.
func pollTemplate(key string) (Template, bool) {
	switch key {
	case KeyPollObjected, KeyPollDisputed:
		return templateWork, true
	case KeyPollListed, KeyPollOpened, KeyPollReminder, KeyPollPublished, KeyPollAnswered, KeyPollRepresented:
		return templateProgress, true
	}
	return Template{}, false
}

// Circles of polls: everybody on the roll, and those of them without a ballot.
const (
	CirclePoll        = "poll"
	CirclePollWaiting = "poll_waiting"
)

// worthLooking is how long a roll must lie open before people are asked to look at it.
const worthLooking = 12 * time.Hour

func planPoll(e docstore.Event) ([]Share, error) {
	switch e.Type {
	case poll.PollListed:
		return with(e, func(d poll.Listing) []Share {
			if d.OpensAt.Sub(e.At) < worthLooking {
				return nil
			}
			return toVoters(CirclePoll, d.About, KeyPollListed, fault.Args{"opens": stamp(d.OpensAt)})
		})
	case poll.PollOpened:
		return with(e, func(d poll.Opening) []Share {
			return toVoters(CirclePoll, d.About, KeyPollOpened, fault.Args{"closes": stamp(d.ClosesAt)})
		})
	case poll.PollReminded:
		return with(e, func(d poll.About) []Share {
			return toVoters(CirclePollWaiting, d, KeyPollReminder, fault.Args{"closes": stamp(d.ClosesAt)})
		})
	case poll.PollPublished:
		return with(e, func(d poll.Outcome) []Share { return toVoters(CirclePoll, d.About, KeyPollPublished, fault.Args{}) })
	case poll.PollObjected:
		return with(e, func(d poll.ObjectionStep) []Share {
			return []Share{{To: Audience{Duty: d.Community}, Draft: pollDesk(d.About, KeyPollObjected)}}
		})
	case poll.PollAnswered:
		return with(e, func(d poll.ObjectionStep) []Share {
			return toOne(d.Whose, pollDraft(d.About, KeyPollAnswered, fault.Args{"excerpt": d.Answer}))
		})
	case poll.PollRepresented:
		return with(e, func(d poll.Represented) []Share {
			return toOne(d.From, pollDraft(d.About, KeyPollRepresented, fault.Args{"who": d.Name}))
		})
	case poll.PollDisputed:
		return with(e, func(d poll.Dispute) []Share {
			draft := pollDesk(d.About, KeyPollDisputed)
			shares := []Share{{To: Audience{Role: identity.RoleSecretary, Node: d.Community}, Draft: draft}}
			if d.Town != "" {
				shares = append(shares, Share{To: Audience{Role: identity.RoleTown, Node: d.Town}, Draft: pollDraft(d.About, KeyPollDisputed, fault.Args{})})
			}
			return shares
		})
	}
	return nil, nil
}

func pollDraft(a poll.About, key string, args fault.Args) Draft {
	args["title"] = a.Question
	return Draft{Community: a.Community, Key: key, Args: args, Link: "/v/" + string(a.Poll)}
}

func pollDesk(a poll.About, key string) Draft {
	d := pollDraft(a, key, fault.Args{})
	d.Link = "/desk/c/" + string(a.Community) + "/polls/" + string(a.Poll)
	return d
}

func toVoters(circle string, a poll.About, key string, args fault.Args) []Share {
	return []Share{{To: Audience{Circle: circle, ID: string(a.Poll)}, Draft: pollDraft(a, key, args)}}
}
