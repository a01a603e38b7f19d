package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// ID identifies a project; it is the token of the form that proposed it.
type ID string

// Bounds. Lengths are in runes.
const (
	MaxTitle      = 40
	MaxNeed       = 1000
	MaxWhere      = 60
	MaxFor        = 60 // whom it is for, in words
	MaxPlan       = 3000
	MaxWeeks      = 104
	MaxLines      = 30
	MaxLine       = 40 // what a line of the budget buys
	MaxQuote      = 80 // who offered it at that price
	MaxTopics     = 10
	MaxBuildings  = 100
	MaxPartners   = 10
	MaxHands      = 20
	MaxBring      = 200
	MaxPeople     = 999
	MaxReason     = 300
	MaxMinutes    = 3000
	MaxObjections = 100
	MaxObjection  = 500
	MaxAnswer     = 1000
	MaxSource     = 30 // where a need was collected
	MaxPermitNote = 60 // number of the document, who issued it
	MaxMilestones = 20
	MaxMilestone  = 40
	MaxWords      = 300 // what a supervisor says
	// MaxSupervisors is how many there may be at once, and maxOffers how many may ever have offered.
	MaxSupervisors = 9
	maxOffers      = 30
	MaxVariations  = 20
	MaxVariation   = 300
	MaxNews        = 1000
	maxSteps       = 400
)

// Project is the aggregate. Its methods are the only transitions.
type Project struct {
	ID        ID             `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	// Preset is the copy that holds for this project.
	Preset    preset.Preset       `json:"preset"`
	Origin    Origin              `json:"origin"`
	Proposer  deliberation.Author `json:"proposer"`
	Partners  []Partner           `json:"partners,omitempty"`
	CreatedAt time.Time           `json:"created_at"`
	// ProposerLeft is when the proposer lost their standing in the community, zero while they have one.
	ProposerLeft time.Time `json:"proposer_left,omitzero"`

	Title  string                 `json:"title"`
	Need   string                 `json:"need"`
	Class  preset.Class           `json:"class"`
	Where  string                 `json:"where,omitempty"`
	For    Beneficiaries          `json:"for"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
	Plan   Plan                   `json:"plan"`
	// Hits is what the word list found; until the check nobody but its proposer and the desk sees the proposal then.
	Hits []string `json:"hits,omitempty"`

	Stage preset.Stage `json:"stage"`
	Since time.Time    `json:"since"` // when it came to the stage

	Hands []Hand `json:"hands,omitempty"`
	// Lead carries the project; nil while nobody does. Leads are those before, with why they ended.
	Lead  *Lead  `json:"lead,omitempty"`
	Leads []Lead `json:"leads,omitempty"`
	// HandDue is when a need without a hand is listed for everybody, HandlessAt when that was recorded.
	HandDue    time.Time `json:"hand_due,omitzero"`
	HandlessAt time.Time `json:"handless_at,omitzero"`

	// Voices is how many endorsements the preset asks for; Endorsed follows the feed and covers it up to CountedSeq.
	Voices     int   `json:"voices,omitempty"`
	Endorsed   int   `json:"endorsed,omitempty"`
	CountedSeq int64 `json:"counted_seq,omitempty"`

	Poll     *PollLink  `json:"poll,omitempty"`
	Decision *Decision  `json:"decision,omitempty"`
	Earlier  []Decision `json:"earlier,omitempty"` // decisions that a step back has set aside
	Notices  []Notice   `json:"notices,omitempty"` // the last one is the current one
	// Approved is what may be spent, zero before the project is established.
	Approved      money.Fen `json:"approved,omitempty"`
	EstablishedAt time.Time `json:"established_at,omitzero"`

	Papers  []PaperFile `json:"papers,omitempty"`
	Permits []Permit    `json:"permits,omitempty"`

	// Milestones are what the work is to reach by when; Program counts the times they were written.
	Milestones  []Milestone  `json:"milestones,omitempty"`
	Program     int          `json:"program,omitempty"`
	StartedAt   time.Time    `json:"started_at,omitzero"`
	FinishedAt  time.Time    `json:"finished_at,omitzero"` // the lead reported that the work is done
	Supervisors []Supervisor `json:"supervisors,omitempty"`
	Variations  []Variation  `json:"variations,omitempty"`
	// HeardAt is when something was last heard of the work, StaleDue when an alarm is due after that, and StaleAt the alarm
	// of the silence that lasts; a sign of life takes it away.
	HeardAt  time.Time `json:"heard_at,omitzero"`
	StaleDue time.Time `json:"stale_due,omitzero"`
	StaleAt  time.Time `json:"stale_at,omitzero"`
	// CancelledAt is when a project was given up after 立项. What was spent until then is settled before it is over.
	CancelledAt time.Time `json:"cancelled_at,omitzero"`

	Acceptance *Acceptance `json:"acceptance,omitempty"` // 验收
	// RateDue is until when residents judge the result, and Tally what they said, once that is over.
	RateDue   time.Time  `json:"rate_due,omitzero"`
	Tally     *Tally     `json:"tally,omitempty"`
	Reply     *Reply     `json:"reply,omitempty"`
	Statement *Statement `json:"statement,omitempty"` // 决算

	// Former is set for a project of an earlier year that a file has told of: it never went through the stages here.
	Former *Former `json:"former,omitempty"`

	// Reason says why it ended before its time, and Exclusion what the check found.
	Reason    string    `json:"reason,omitempty"`
	Exclusion Exclusion `json:"exclusion,omitempty"`

	History []Step `json:"history"`
}

// OriginKind says where a project came from.
type OriginKind string

// Origins.
const (
	Fresh     OriginKind = "fresh"
	FromTopic OriginKind = "topic" // topics of the community
	FromHall  OriginKind = "hall"  // a deliberation that decided so
	FromCall  OriginKind = "call"  // a call for proposals
	FromNeed  OriginKind = "need"  // collected offline: 楼道留言板, 楼组议事角, 人民意见箱, 社区会客厅
	FromFile  OriginKind = "file"  // of an earlier year, imported
)

// Origin is where a project came from.
type Origin struct {
	Kind   OriginKind             `json:"kind"`
	Topics []deliberation.TopicID `json:"topics,omitempty"`
	Hall   string                 `json:"hall,omitempty"`
	Call   string                 `json:"call,omitempty"`
	Source string                 `json:"source,omitempty"`
}

// Beneficiaries are those for whom it is: some buildings, or the whole community where none is named.
type Beneficiaries struct {
	Buildings []community.BuildingID `json:"buildings,omitempty"`
	Names     []string               `json:"names,omitempty"` // of the buildings when it was written
	Words     string                 `json:"words,omitempty"`
}

// Plan says what is to be done and what that costs.
type Plan struct {
	Text  string `json:"text,omitempty"`
	Weeks int    `json:"weeks,omitempty"`
	Lines []Line `json:"lines,omitempty"`
	// Revision counts the times it was written, so that a form names the one it saw.
	Revision int                 `json:"revision"`
	By       deliberation.Author `json:"by,omitzero"`
	At       time.Time           `json:"at,omitzero"`
}

// Line is one line of the budget.
type Line struct {
	What   string    `json:"what"`
	Amount money.Fen `json:"amount"`
	// Quote says who offered it at that price.
	Quote string `json:"quote,omitempty"`
}

// Total is what the lines add up to.
func (p Plan) Total() money.Fen {
	var sum money.Fen
	for _, l := range p.Lines {
		sum += l.Amount
	}
	return sum
}

// Step is one line of the history: what, who in which role, when, why, and from where to where it led.
type Step struct {
	What   string       `json:"what"`
	Actor  string       `json:"actor"`
	Name   string       `json:"name,omitempty"`
	Title  string       `json:"title,omitempty"`
	Reason string       `json:"reason,omitempty"`
	From   preset.Stage `json:"from,omitempty"`
	To     preset.Stage `json:"to,omitempty"`
	At     time.Time    `json:"at"`
}

// Place is where the project is.
func (p Project) Place() identity.Place { return identity.Place{Path: p.Path} }

// Town returns the community's town, "" if it has none.
func (p Project) Town() community.ID { return townOf(p.Path) }

// townOf is the town on a path, "" if there is none.
func townOf(path []community.ID) community.ID {
	if len(path) < 2 {
		return ""
	}
	return path[len(path)-2]
}

// LeadAccount is the account that carries the project, "" while nobody does.
func (p Project) LeadAccount() identity.AccountID {
	if p.Lead == nil {
		return ""
	}
	return p.Lead.By.Account
}

// Interested reports whether somebody proposed the project with others or carries it: whoever gains by a decision does not
// take it.
func (p Project) Interested(who identity.AccountID) bool {
	together := func(x Partner) bool { return x.By.Account == who && x.Agreed() }
	return who != "" && (p.Proposer.Account == who || p.LeadAccount() == who || slices.ContainsFunc(p.Partners, together))
}

// about is what the project's events begin with.
func (p Project) about() About {
	return About{
		Project: p.ID, Community: p.Community, Town: p.Town(), Subject: p.Title, Stage: p.Stage,
		Proposer: p.proposing(), Lead: p.LeadAccount(),
	}
}

// proposing is the account that proposed the project, "" for one that is gone from the community.
func (p Project) proposing() identity.AccountID {
	if !p.ProposerLeft.IsZero() {
		return ""
	}
	return p.Proposer.Account
}

// linked is the part of an event that its topics follow.
func (p Project) linked(by deliberation.Author) deliberation.Linked {
	return deliberation.Linked{
		Topics: p.Origin.Topics, Link: deliberation.Link{Kind: deliberation.LinkProject, ID: string(p.ID), Title: p.Title},
		Name: by.Name, Title: by.Title,
	}
}

// note adds a line to the history.
func (p *Project) note(x Step) {
	if len(p.History) < maxSteps {
		p.History = append(slices.Clip(p.History), x)
	}
}

// told states an event with the project as it has become.
func (p Project) told(what string, by deliberation.Author, reason string, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: Happened{About: p.about(), Linked: p.linked(by), Reason: reason}}
}

var (
	errTitle     = fault.New(fault.Invalid, "project.no_title").On("title")
	errNeed      = fault.New(fault.Invalid, "project.no_need").On("need")
	errClass     = fault.New(fault.Invalid, "project.bad_class").On("class")
	errWeeks     = fault.New(fault.Invalid, "project.bad_weeks").On("weeks")
	errLines     = fault.New(fault.Invalid, "project.too_many_lines").On("lines")
	errLine      = fault.New(fault.Invalid, "project.bad_line").On("lines")
	errCap       = fault.New(fault.Invalid, "project.over_cap").On("lines")
	errTopics    = fault.New(fault.Invalid, "project.too_many_topics").On("topics")
	errElsewhere = fault.New(fault.NotFound, "project.no_topic").On("topics")
	errBuildings = fault.New(fault.Invalid, "project.no_building").On("buildings")
	errReason    = fault.New(fault.Invalid, "project.no_reason").On("reason")
	errFull      = fault.New(fault.Conflict, "project.full")
	errTaken     = fault.New(fault.Conflict, "project.token_taken")
	errStale     = fault.New(fault.Conflict, "project.stale")
)

// check refuses a plan that nobody could carry out, or that costs more than the class may.
func (p Plan) check(class preset.Class, caps preset.Caps) error {
	if p.Weeks < 0 || p.Weeks > MaxWeeks {
		return errWeeks.With("max", MaxWeeks)
	}
	if len(p.Lines) > MaxLines {
		return errLines.With("max", MaxLines)
	}
	for i, l := range p.Lines {
		if l.What == "" {
			return errLine.With("line", i+1)
		}
		if err := preset.Spendable(l.Amount); err != nil {
			return preset.ErrAmount.On("lines").With("max", money.Max)
		}
	}
	total := p.Total()
	if total > money.Max {
		return preset.ErrAmount.On("lines").With("max", money.Max)
	}
	most := caps.Of(class)
	return fault.When(most > 0 && total > most, errCap.With("cap", most).With("total", total))
}

// written takes what is typed here.
var written = deliberation.Written{TooLong: fault.New(fault.Invalid, "project.too_long"), NoReason: errReason}
