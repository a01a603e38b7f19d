package projects

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Types of the events this package saves with its changes. Unless said otherwise their data is Happened.
const (
	Proposed        = "project.proposed"         // written down; not submitted yet
	Revised         = "project.revised"          //
	Submitted       = "project.submitted"        // to the check
	JoinAsked       = "project.join_asked"       // data: Joining; somebody wants to propose it too
	Joined          = "project.joined"           // data: Joining
	Left            = "project.left"             // data: Joining; a co-proposer went, or was not taken
	WithdrawnBy     = "project.withdrawn"        //
	Passed          = "project.passed"           // the check
	RefusedBy       = "project.refused"          //
	Returned        = "project.returned"         //
	Endorsed        = "project.endorsed"         // data: Endorsing; its document is the endorsement, made or taken back
	Counted         = "project.counted"          // no news for anybody
	HandRaised      = "project.hand_raised"      // data: HandStep
	HandLowered     = "project.hand_lowered"     // data: HandStep
	Handless        = "project.handless"         // nobody raised a hand in time; listed for everybody
	LeadChosen      = "project.lead_chosen"      // data: HandStep
	Gathered        = "project.gathered"         // support and lead are there
	LeadLeft        = "project.lead_left"        //
	LeadReplaced    = "project.lead_replaced"    // data: LeadStep
	PlanWritten     = "project.plan_written"     //
	PaperAttached   = "project.paper_attached"   //
	PutForward      = "project.put_forward"      // to the decision
	PollLinked      = "project.poll_linked"      //
	PollUndecided   = "project.poll_undecided"   // the poll decided nothing: too few, a tie, or it was given up
	Approved        = "project.approved"         // data: Decided
	DeclinedBy      = "project.declined"         // data: Decided
	SentBack        = "project.sent_back"        //
	NoticePublished = "project.notice_published" // data: NoticeStep
	NoticeRestarted = "project.notice_restarted" // data: NoticeStep
	NoticeOver      = "project.notice_over"      // data: NoticeStep
	Objected        = "project.objected"         // data: ObjectionStep
	ObjectionTold   = "project.objection_told"   // data: ObjectionStep; it was answered
	Established     = "project.established"      // data: Decided
	CancelledBy     = "project.cancelled"        //

	PermitRecorded     = "project.permit_recorded"     // its reason is the permit's name
	MilestonesWritten  = "project.milestones_written"  // or planned anew, with the reason
	Started            = "project.started"             // the work
	MilestoneReached   = "project.milestone_reached"   // data: MilestoneStep
	MilestoneConfirmed = "project.milestone_confirmed" // data: MilestoneStep; by a supervisor
	MilestoneDisputed  = "project.milestone_disputed"  // data: MilestoneStep; by a supervisor
	NewsPosted         = "project.news_posted"         // data: NewsStep; its document is the news, as of the next three
	NewsHeld           = "project.news_held"           // data: NewsStep; the word list found something in it
	NewsHidden         = "project.news_hidden"         // data: NewsStep
	NewsShown          = "project.news_shown"          // data: NewsStep; after it was held or hidden
	Heard              = "project.heard"               // a sign of life was noted; no news for anybody
	VariationAsked     = "project.variation_asked"     // data: VariationStep, as of the next three
	VariationApproved  = "project.variation_approved"  //
	VariationRefused   = "project.variation_refused"   //
	VariationWithdrawn = "project.variation_withdrawn" //
	SupervisorAsked    = "project.supervisor_asked"    // data: Joining; a resident offers to watch the work
	SupervisorNamed    = "project.supervisor_named"    // data: Joining
	SupervisorLeft     = "project.supervisor_left"     // data: Joining; or was not taken
	WentQuiet          = "project.went_quiet"          // nothing was heard of the work in time
	Finished           = "project.finished"            // the lead reports that the work is done

	RoundPlanned    = "project_round.planned"     // data: RoundStep, as of the next three; a draft
	RoundLotDropped = "project_round.lot_dropped" // a project went before the options stood
	RoundLotLeft    = "project_round.lot_left"    // a project went from a round whose options stand
	RoundEnded      = "project_round.ended"       // the result went to the projects, or nothing came of it

	ProposerLeft    = "project.proposer_left"    // the proposer has no standing in the community any more
	ProposerBack    = "project.proposer_back"    // or has one again
	FormerConfirmed = "project.import_confirmed" // data: ImportStep; its document is the import
	FormerImported  = "project.imported"         // data: FormerStep; of an earlier year, as a file tells of it
	FormerCorrected = "project.import_corrected" // data: FormerStep; a later file tells otherwise

	PersonForgotten = "project.person_forgotten" //
	PresetSaved     = "project.preset_saved"     // data: PresetStep; its document is the shelf of a town or community
)

// Links are the events that the topics of a project follow.
func Links() []string {
	return []string{Submitted, RefusedBy, WithdrawnBy, LeadChosen, Approved, DeclinedBy, NoticePublished, Established, Started, Finished, CancelledBy, WorkAccepted, Archived}
}

// About is what every event of a project begins with. Stage is the one after it.
type About struct {
	Project   ID                 `json:"project"`
	Community community.ID       `json:"community"`
	Town      community.ID       `json:"town,omitempty"`
	Subject   string             `json:"subject"` // its title
	Stage     preset.Stage       `json:"stage"`
	Proposer  identity.AccountID `json:"proposer,omitempty"`
	Lead      identity.AccountID `json:"lead,omitempty"`
}

// Happened is the data of most events.
type Happened struct {
	About
	deliberation.Linked
	Reason string `json:"reason,omitempty"`
}

// Joining is the data of events about a co-proposer.
type Joining struct {
	About
	Who identity.AccountID `json:"who"`
}

// Endorsing is the data of project.endorsed.
type Endorsing struct {
	About
	On bool `json:"on"`
}

// HandStep is the data of events about a hand. Whose raised it.
type HandStep struct {
	About
	deliberation.Linked
	Hand   string             `json:"hand"`
	Body   string             `json:"body"` // which branch or partner
	Whose  identity.AccountID `json:"whose"`
	Reason string             `json:"reason,omitempty"`
}

// LeadStep is the data of project.lead_replaced. Former carried it until then, "" where nobody did.
type LeadStep struct {
	About
	deliberation.Linked
	Former identity.AccountID `json:"former,omitempty"`
	Reason string             `json:"reason,omitempty"`
}

// Decided is the data of project.approved, project.declined and project.established.
type Decided struct {
	About
	deliberation.Linked
	Rule   preset.Rule `json:"rule"`
	Amount money.Fen   `json:"amount"`
	Reason string      `json:"reason,omitempty"`
	// Votes of Ballots were for it in a budget round, and Why it was not chosen.
	Votes   int    `json:"votes,omitempty"`
	Ballots int    `json:"ballots,omitempty"`
	Why     string `json:"why,omitempty"`
}

// RoundStep is the data of events about a budget round. Project, Title and Left are of the lot that went.
type RoundStep struct {
	Round     RoundID      `json:"round"`
	Community community.ID `json:"community"`
	Town      community.ID `json:"town,omitempty"`
	Subject   string       `json:"subject"` // the question
	Year      int          `json:"year"`
	Number    int          `json:"number"`
	Money     money.Fen    `json:"money"`
	Lots      int          `json:"lots"`
	Project   ID           `json:"project,omitempty"`
	Title     string       `json:"title,omitempty"`
	Left      LotEnd       `json:"left,omitempty"`
}

// MilestoneStep is the data of events about a milestone. On and Cost are how it came, of All this many are Reached now.
type MilestoneStep struct {
	About
	deliberation.Linked
	Milestone string        `json:"milestone"`
	Due       calendar.Date `json:"due"`
	On        calendar.Date `json:"on,omitzero"`
	Cost      money.Fen     `json:"cost,omitempty"`
	Reached   int           `json:"reached"`
	All       int           `json:"all"`
	Reason    string        `json:"reason,omitempty"`
}

// NewsStep is the data of events about news.
type NewsStep struct {
	About
	News    NewsID `json:"news"`
	Excerpt string `json:"excerpt,omitempty"` // not of what is held or hidden
	Reason  string `json:"reason,omitempty"`
}

// VariationStep is the data of events about a variation.
type VariationStep struct {
	About
	deliberation.Linked
	Variation string    `json:"variation"`
	What      string    `json:"what"`
	Amount    money.Fen `json:"amount"`
	Weeks     int       `json:"weeks"`
	Reason    string    `json:"reason,omitempty"`
}

// NoticeStep is the data of events about a public notice.
type NoticeStep struct {
	About
	deliberation.Linked
	Notice int       `json:"notice"`
	DueAt  time.Time `json:"due_at"`
	Reason string    `json:"reason,omitempty"`
}

// ObjectionStep is the data of project.objected and project.objection_told. Whose made it.
type ObjectionStep struct {
	About
	Notice    int                `json:"notice"`
	Objection string             `json:"objection"`
	Whose     identity.AccountID `json:"whose,omitempty"`
	Upheld    bool               `json:"upheld,omitempty"`
	Answer    string             `json:"answer,omitempty"`
	DueAt     time.Time          `json:"due_at,omitzero"` // until when the notice runs now
}
