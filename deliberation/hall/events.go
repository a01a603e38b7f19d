package hall

import (
	"strings"
	"time"
	"unicode/utf8"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Types of the events this package saves with its changes.
const (
	SessionOpened      = "hall.opened"          // data: Opened
	SessionRoundClosed = "hall.round_closed"    // data: RoundClosed
	SessionRoundOpened = "hall.round_opened"    // data: About
	SessionRoundOver   = "hall.round_over"      // data: RoundClosed; nobody has summed it up yet
	SessionExtended    = "hall.round_extended"  // data: About
	SessionPaused      = "hall.paused"          // data: About
	SessionResumed     = "hall.resumed"         // data: About
	FactRecorded       = "hall.fact_recorded"   // data: About
	OptionAdded        = "hall.option_added"    // data: About
	OptionOffered      = "hall.option_offered"  // data: OptionStep; a resident's
	OptionCleared      = "hall.option_cleared"  // data: OptionStep; the facilitator decided
	DraftWritten       = "hall.draft_written"   // data: DraftChanged
	SessionDecided     = "hall.decided"         // data: SessionOutcome
	SessionReported    = "hall.reported"        // data: Reported
	SessionOverdue     = "hall.overdue"         // data: Overdue
	SessionDropped     = "hall.dropped"         // data: Ended
	Argued             = "hall.argued"          // data: ArgumentStep; its document is the argument
	Supported          = "hall.supported"       // data: ArgumentStep; its document is the support
	ArgumentCounted    = "hall.counted"         // data: ArgumentStep; no news for anybody
	ArgumentHidden     = "hall.argument_hidden" // data: Moderated
	ArgumentShown      = "hall.argument_shown"  // data: Moderated
	AuthorForgotten    = "hall.author_forgotten"

	DayAnnounced   = "hall.day_announced"   // data: AboutDay
	DayCancelled   = "hall.day_cancelled"   // data: AboutDay
	DayClosed      = "hall.day_closed"      // data: DayEnd
	DayOver        = "hall.day_over"        // data: DayEnd; the window has ended and it waits to be closed
	DayOverdue     = "hall.day_overdue"     // data: DayEnd; promised answers are missing
	QuestionAsked  = "hall.question_asked"  // data: QuestionStep; its document is the question
	QuestionJoined = "hall.question_joined" // data: QuestionStep; its document is the "me too"
	QuestionTold   = "hall.question_told"   // data: QuestionAnswered
	QuestionHidden = "hall.question_hidden" // data: QuestionStep
	QuestionShown  = "hall.question_shown"  // data: QuestionStep
)

// Links are the events that the topics of a session follow.
func Links() []string {
	return []string{SessionOpened, SessionDecided, SessionReported, SessionDropped}
}

// About is what every event of a session begins with. Facilitator is the account to tell.
type About struct {
	Session     SessionID          `json:"session"`
	Community   community.ID       `json:"community"`
	Town        community.ID       `json:"town,omitempty"`
	Question    string             `json:"question"`
	Facilitator identity.AccountID `json:"facilitator,omitempty"`
}

// Opened is the data of hall.opened.
type Opened struct {
	About
	deliberation.Linked
}

// Ended is the data of hall.dropped.
type Ended struct {
	About
	deliberation.Linked
}

// RoundClosed is the data of hall.round_closed and hall.round_over. NextEnds is zero when the rounds are over.
type RoundClosed struct {
	About
	Round    int       `json:"round"`
	Agreed   string    `json:"agreed,omitempty"`
	Open     string    `json:"open,omitempty"`
	NextEnds time.Time `json:"next_ends,omitzero"`
}

// OptionStep is the data of hall.option_offered and hall.option_cleared. By proposed it.
type OptionStep struct {
	About
	Option string             `json:"option"`
	By     identity.AccountID `json:"by"`
	Text   string             `json:"text,omitempty"`
	Taken  bool               `json:"taken,omitempty"`
	Reason string             `json:"reason,omitempty"`
}

// DraftChanged is the data of hall.draft_written.
type DraftChanged struct {
	About
	Draft int    `json:"draft"`
	Note  string `json:"note,omitempty"`
}

// SessionOutcome is the data of hall.decided.
type SessionOutcome struct {
	About
	deliberation.Linked
	Kind   OutcomeKind `json:"kind"`
	Text   string      `json:"text"`
	Reason string      `json:"reason,omitempty"`
	DueAt  time.Time   `json:"due_at,omitzero"`
}

// Reported is the data of hall.reported; only the final report names topics to link.
type Reported struct {
	About
	deliberation.Linked
	Excerpt string `json:"excerpt"`
	Final   bool   `json:"final,omitempty"`
	Late    bool   `json:"late,omitempty"`
}

// Overdue is the data of hall.overdue.
type Overdue struct {
	About
	DueAt time.Time `json:"due_at"`
}

// ArgumentStep is the data of events about one argument. Hidden words are quoted nowhere.
type ArgumentStep struct {
	About
	Argument ArgumentID         `json:"argument"`
	Option   string             `json:"option"`
	By       identity.AccountID `json:"by"`
	Held     bool               `json:"held,omitempty"`
}

// Moderated is the data of hall.argument_hidden and hall.argument_shown. By wrote it.
type Moderated struct {
	About
	Argument ArgumentID         `json:"argument"`
	By       identity.AccountID `json:"by,omitempty"`
	Reason   string             `json:"reason,omitempty"`
}

// AboutDay is what every event of a day begins with.
type AboutDay struct {
	Day       DayID        `json:"day"`
	Community community.ID `json:"community"`
	Title     string       `json:"title"`
	From      time.Time    `json:"from"`
	To        time.Time    `json:"to"`
	// Answerers are the accounts that answer.
	Answerers []identity.AccountID `json:"answerers,omitempty"`
}

// DayEnd is the data of hall.day_closed, hall.day_over and hall.day_overdue.
type DayEnd struct {
	AboutDay
	Asked    int       `json:"asked"`
	Left     int       `json:"left"`
	Promised time.Time `json:"promised,omitzero"`
}

// QuestionStep is the data of events about one question. By asked it.
type QuestionStep struct {
	AboutDay
	Question QuestionID         `json:"question"`
	By       identity.AccountID `json:"by"`
	Excerpt  string             `json:"excerpt,omitempty"`
	Held     bool               `json:"held,omitempty"`
	Reason   string             `json:"reason,omitempty"`
}

// QuestionAnswered is the data of hall.question_told.
type QuestionAnswered struct {
	AboutDay
	Question QuestionID         `json:"question"`
	By       identity.AccountID `json:"by"`
	ByName   string             `json:"by_name"`
	ByTitle  string             `json:"by_title,omitempty"`
	Excerpt  string             `json:"excerpt"`
}

// excerptRunes is how much of a text a notice quotes.
const excerptRunes = 120

func excerpt(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= excerptRunes {
		return text
	}
	return string([]rune(text)[:excerptRunes-1]) + "…"
}
