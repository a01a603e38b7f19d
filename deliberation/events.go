package deliberation

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Types of the events this package saves with its changes. Their data carries ids, masked names,
// and as much of the text as a notice quotes, so that a reader of the feed rarely needs to look back.
const (
	TopicPosted       = "topic.posted"           // data: Posted
	TopicHeld         = "topic.held"             // data: Moderated
	TopicReleased     = "topic.released"         // data: Moderated
	TopicHidden       = "topic.hidden"           // data: Moderated
	TopicEdited       = "topic.edited"           // data: Edited
	TopicWithdrawn    = "topic.withdrawn"        // data: Withdrew
	TopicAnswered     = "topic.answered"         // data: Answered
	TopicCommented    = "topic.commented"        // data: Commented; its document is the comment
	CommentEdited     = "comment.edited"         // data: CommentStep; its document is the comment
	CommentWithdrawn  = "comment.withdrawn"      // data: CommentStep; its document is the comment
	CommentHidden     = "comment.hidden"         // data: CommentModerated; its document is the comment
	CommentReleased   = "comment.released"       // data: CommentModerated; its document is the comment
	TopicStepRecorded = "topic.step_recorded"    // data: StepRecorded
	TopicCounted      = "topic.counted"          // data: About; the comment count changed, nothing to tell anybody
	TopicLinked       = "topic.linked"           // data: TopicLink; something that grew out of it took a step
	AuthorForgotten   = "topic.author_forgotten" // data: About; a deleted account was taken out of topic or comment
	RoundHeld         = "round.held"             // data: HeldRound; its document is the Round
	DutyHandedOver    = "duty.handed_over"       // data: HandedOver; its document is the roster
	DutySet           = "duty.set"               // data: RosterSet; its document is the roster
	NoticePublished   = "notice.published"       // data: Posted
)

// Types of the events of a topic's life after its answer; their data is Progress.
const (
	TopicAccepted    = "topic.accepted"
	TopicRefused     = "topic.refused"
	TopicAsked       = "topic.asked"              // the author is asked a question, a clock waits
	TopicReplied     = "topic.replied"            // the author replied, it runs again
	TopicUnanswered  = "topic.question_lapsed"    // nobody replied in time, it runs again
	TopicDispatched  = "topic.dispatched"         // to a department, for the first time or again
	TopicContested   = "topic.dispatch_contested" // the department says that it is not its business
	TopicReviewed    = "topic.dispatch_stands"    // somebody decided that it is
	TopicTaken       = "topic.in_hand"
	TopicReported    = "topic.reported"
	TopicSentBack    = "topic.sent_back"
	TopicResolved    = "topic.resolved"
	TopicConfirmed   = "topic.confirmed"
	TopicDisputed    = "topic.disputed"
	TopicUpheld      = "topic.upheld"
	TopicClosed      = "topic.closed" // by itself
	TopicReopened    = "topic.reopened"
	TopicMerged      = "topic.merged"   // into another, Into
	TopicAbsorbed    = "topic.absorbed" // another one, From
	TopicMoved       = "topic.moved"    // from another board, FromBoard
	TopicMoreAsked   = "topic.extension_asked"
	TopicExtended    = "topic.extended"
	TopicNotExtended = "topic.extension_refused"
	TopicMissed      = "topic.deadline_missed" // a promised date passed: a fact that stays
	TopicEscalated   = "topic.escalated"       // somebody has to hear of it: To, Key
)

// About is what every event of a topic begins with.
type About struct {
	Topic     TopicID      `json:"topic"`
	Community community.ID `json:"community"`
	Town      community.ID `json:"town,omitempty"`
	Board     BoardKey     `json:"board"`
	Kind      Kind         `json:"kind"`
	// Owner is the role that answers first; "" in events that are older than the field.
	Owner identity.Role `json:"owner,omitempty"`
	// Title is left out while a topic is held, hidden or withdrawn.
	Title string `json:"title,omitempty"`
	// Author is the account to tell, "" for somebody offline; AuthorName is masked.
	Author     identity.AccountID `json:"author,omitempty"`
	AuthorName string             `json:"author_name"`
	// Also are the authors of topics that were merged into this one: they hear what its author hears.
	Also []identity.AccountID `json:"also,omitempty"`
}

// Posted is the data of topic.posted and notice.published.
type Posted struct {
	About
	Building string    `json:"building,omitempty"`
	Via      Via       `json:"via"`
	Photos   int       `json:"photos,omitempty"`
	Excerpt  string    `json:"excerpt,omitempty"`
	Held     bool      `json:"held,omitempty"`
	DueAt    time.Time `json:"due_at,omitzero"`
}

// Moderated is the data of topic.held, topic.released and topic.hidden.
type Moderated struct {
	About
	Reason string `json:"reason,omitempty"`
	// ByWords is set when the word list held it and no person did.
	ByWords bool `json:"by_words,omitempty"`
}

// Edited is the data of topic.edited.
type Edited struct {
	About
	Revision int `json:"revision"`
}

// Withdrew is the data of topic.withdrawn.
type Withdrew struct {
	About
	Reason string `json:"reason,omitempty"`
}

// Answered is the data of topic.answered.
type Answered struct {
	About
	Response string `json:"response"`
	// First is set on the answer that stopped the clock.
	First bool `json:"first,omitempty"`
	Auto  bool `json:"auto,omitempty"`
	// ByName and ByTitle stand beside the public answer; By is for "do not tell the one who did it".
	By      identity.AccountID `json:"by"`
	ByName  string             `json:"by_name"`
	ByTitle string             `json:"by_title,omitempty"`
	Excerpt string             `json:"excerpt"`
	Late    bool               `json:"late,omitempty"`
}

// Commented is the data of topic.commented. A comment that the word list hid names no Author to
// tell and quotes nothing.
type Commented struct {
	About
	Comment CommentID          `json:"comment"`
	By      identity.AccountID `json:"by"`
	ByName  string             `json:"by_name"`
	Excerpt string             `json:"excerpt"`
	// ReplyTo wrote the comment that this one answers; Mentions are called by name.
	ReplyTo  identity.AccountID   `json:"reply_to,omitempty"`
	Mentions []identity.AccountID `json:"mentions,omitempty"`
	// Held is set when the reviewer hid it.
	Held bool `json:"held,omitempty"`
}

// CommentStep is the data of comment.edited and comment.withdrawn. By wrote the comment; Held is set when the
// reviewer hid the new text.
type CommentStep struct {
	About
	Comment CommentID          `json:"comment"`
	By      identity.AccountID `json:"by,omitempty"`
	Held    bool               `json:"held,omitempty"`
}

// CommentModerated is the data of comment.hidden and comment.released. By wrote the comment.
type CommentModerated struct {
	About
	Comment CommentID          `json:"comment"`
	By      identity.AccountID `json:"by"`
	Reason  string             `json:"reason,omitempty"`
}

// TopicLink is the data of topic.linked. What made the link has told people already.
type TopicLink struct {
	About
	Link Link `json:"link"`
}

// StepRecorded is the data of topic.step_recorded. At is when the step fell due.
type StepRecorded struct {
	About
	Step Step      `json:"step"`
	At   time.Time `json:"at"`
}

// Progress is the data of every step of a topic's life after its answer. What a step does not have is left out.
type Progress struct {
	About
	Status Status `json:"status"` // after the step
	// ByName and ByTitle stand beside the public step; By is for "do not tell the one who did it".
	By      identity.AccountID `json:"by,omitempty"`
	ByName  string             `json:"by_name,omitempty"`
	ByTitle string             `json:"by_title,omitempty"`
	Reason  string             `json:"reason,omitempty"` // the question, where one is asked
	Excerpt string             `json:"excerpt,omitempty"`
	Refusal RefusalKind        `json:"refusal,omitempty"`
	Ending  Ending             `json:"ending,omitempty"`

	Department     string `json:"department,omitempty"`
	DepartmentName string `json:"department_name,omitempty"`
	ItemName       string `json:"item_name,omitempty"`
	// Handler is who has it in hand.
	Handler identity.AccountID `json:"handler,omitempty"`

	DueAt   time.Time `json:"due_at,omitzero"`   // of the clock that the step concerns
	Until   time.Time `json:"until,omitzero"`    // a question's own end
	CloseAt time.Time `json:"close_at,omitzero"` // when a resolved topic closes by itself

	Into      TopicID  `json:"into,omitempty"`
	From      TopicID  `json:"from,omitempty"`
	FromBoard BoardKey `json:"from_board,omitempty"`

	// Clock, Sequence, To, Warning and Key are of a missed date and of a step of its ladder. Key is unique within the
	// topic: with a person it is the key of a notice.
	Clock    deadline.Kind      `json:"clock,omitempty"`
	Sequence int                `json:"sequence,omitempty"`
	To       deadline.Recipient `json:"to,omitempty"`
	Warning  bool               `json:"warning,omitempty"`
	Key      string             `json:"key,omitempty"`
}

// errand fills in who has the matter.
func (p *Progress) errand(w *Work) {
	if w == nil {
		return
	}
	if w.Errand != nil {
		p.Department, p.DepartmentName, p.ItemName = w.Errand.Department, w.Errand.DepartmentName, w.Errand.ItemName
	}
	if w.Handler != nil {
		p.Handler = w.Handler.Account
	}
}

// HeldRound is the data of round.held: one community, one Round instant. The duty person is told
// once about Listed, the next one and the secretary about Secretary, the town about ToTown.
type HeldRound struct {
	Community community.ID `json:"community"`
	Town      community.ID `json:"town,omitempty"`
	At        time.Time    `json:"at"`      // the Round
	HeldAt    time.Time    `json:"held_at"` // when the sweep ran: later than At after an outage
	Listed    int          `json:"listed"`
	Secretary int          `json:"secretary"`
	ToTown    int          `json:"to_town"`
	// Duty and Next are who is on duty at HeldAt, because a notice must reach somebody who can act.
	Duty identity.AccountID `json:"duty,omitempty"`
	Next identity.AccountID `json:"next,omitempty"`
	// Topics are the first RoundTopics of them.
	Topics []RoundTopic `json:"topics"`
}

// HandedOver is the data of duty.handed_over.
type HandedOver struct {
	Community community.ID       `json:"community"`
	From      identity.AccountID `json:"from,omitempty"`
	FromName  string             `json:"from_name,omitempty"`
	To        identity.AccountID `json:"to"`
	ToName    string             `json:"to_name"`
	Until     time.Time          `json:"until"`
	Note      string             `json:"note"`
}

// RosterSet is the data of duty.set.
type RosterSet struct {
	Community community.ID         `json:"community"`
	People    []identity.AccountID `json:"people"`
}

var errEventData = fault.New(fault.Internal, "deliberation.event_data")

// Decode reads the data of an event as T.
func Decode[T any](e docstore.Event) (T, error) {
	var data T
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return data, errEventData.With("type", e.Type).Because(fmt.Errorf("decode event %s: %w", e.ID, err))
	}
	return data, nil
}

// about says what the topic's events begin with.
func (t Topic) about() About {
	a := About{
		Topic: t.ID, Community: t.Community, Town: t.Town(), Board: t.Board, Kind: t.Kind, Owner: t.owner(),
		Author: t.Author.Account, AuthorName: t.Author.Name,
	}
	if t.Status.Shown() {
		a.Title = t.Title
	}
	for _, x := range t.Absorbed {
		if x.Author != "" && x.Author != a.Author && !slices.Contains(a.Also, x.Author) {
			a.Also = append(a.Also, x.Author)
		}
	}
	return a
}

// excerptRunes bounds an Excerpt.
const excerptRunes = 120

// Excerpt returns the beginning of a text, as a notice quotes it.
func Excerpt(text string) string { return clip(firstLines(text), excerptRunes) }
