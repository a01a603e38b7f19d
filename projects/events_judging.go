package projects

import (
	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// Types of the events from the finished work to the archived project. Unless said otherwise their data is Happened.
const (
	VolunteerOffered = "project.volunteer_offered" // data: JudgingStep
	VolunteerLeft    = "project.volunteer_left"    // data: JudgingStep
	RepNamed         = "project.rep_named"         // data: JudgingStep; Whose represents the residents now
	RepEnded         = "project.rep_ended"         // data: JudgingStep
	AcceptedWork     = "project.accepted_by"       // data: JudgingStep; one of them accepts
	RejectedWork     = "project.rejected_by"       // data: JudgingStep; one of them does not
	DefectRaised     = "project.defect_raised"     // data: JudgingStep
	DefectMended     = "project.defect_mended"     // data: JudgingStep
	DefectConfirmed  = "project.defect_confirmed"  // data: JudgingStep
	DefectBack       = "project.defect_back"       // data: JudgingStep; it is not mended
	ReworkAsked      = "project.rework_asked"      //
	WorkAccepted     = "project.work_accepted"     // by everybody; judging or settling begins
	Rated            = "project.rated"             // data: About; its document is the rating
	RatingHidden     = "project.rating_hidden"     // data: RatingStep; its document is the rating
	RatingReleased   = "project.rating_released"   // data: RatingStep; its document is the rating
	RatingOver       = "project.rating_over"       // data: Judgement; the result is there
	ReplyWritten     = "project.reply_written"     //
	ReplyPublished   = "project.reply_published"   // data: JudgingStep
	StatementWritten = "project.statement_written" //
	StatementBack    = "project.statement_back"    //
	Archived         = "project.archived"          // data: Closed
	ClosedCancelled  = "project.closed"            // data: Closed; given up on its way and settled now
)

// JudgingStep is the data of events about the acceptance. Whose word, defect or part it is.
type JudgingStep struct {
	About
	deliberation.Linked
	Whose  identity.AccountID `json:"whose,omitempty"`
	Round  int                `json:"round,omitempty"`
	Defect string             `json:"defect,omitempty"`
	Reason string             `json:"reason,omitempty"`
	Reply  string             `json:"answer,omitempty"`
}

// RatingStep is the data of events about the words of one rating.
type RatingStep struct {
	About
	Mark   string `json:"mark"`
	Reason string `json:"reason,omitempty"`
}

// Judgement is the data of project.rating_over: the result in a few numbers, none of them where Few.
type Judgement struct {
	About
	Few    bool `json:"few,omitempty"`
	Raters int  `json:"raters,omitempty"`
	Mean   int  `json:"mean,omitempty"` // in hundredths of a star
}

// Closed is the data of project.archived and project.closed.
type Closed struct {
	About
	deliberation.Linked
	Approved money.Fen `json:"amount"`
	Paid     money.Fen `json:"paid"`
}
