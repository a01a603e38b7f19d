package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// ProjectCard is a project as lists show it.
type ProjectCard struct {
	ID        projects.ID     `json:"id"`
	Community community.ID    `json:"community"`
	Title     string          `json:"title"`
	Class     preset.Class    `json:"class"`
	Where     string          `json:"where,omitempty"`
	Stage     preset.Stage    `json:"stage"`
	Since     Instant         `json:"since" doc:"When it came to the stage."`
	Stages    []preset.Stage  `json:"stages" doc:"Its way, in order."`
	Lead      string          `json:"lead,omitempty" doc:"Who carries it, masked for residents; left out while nobody does."`
	TotalFen  money.Fen       `json:"total_fen" doc:"What the plan costs."`
	Voices    int             `json:"voices" doc:"How many support it; may lag a moment."`
	Needs     int             `json:"needs" doc:"How many have to."`
	Phase     string          `json:"notice,omitempty" doc:"Where its public notice stands: running, stopped, upheld, done or ended."`
	May       []projects.Move `json:"may" doc:"The moves that make sense to offer the caller now. The actions ask again."`
	CreatedAt Instant         `json:"created_at"`
}

func showProjectCard(v projects.View) ProjectCard {
	c := ProjectCard{
		ID: v.ID, Community: v.Community, Title: v.Title, Class: v.Class, Where: v.Where, Stage: v.Stage, Since: Instant{v.Since}, Stages: v.Preset.Stages, TotalFen: v.Plan.Total(),
		Voices: v.Endorsed, Needs: v.Voices, Phase: string(v.Phase), May: append([]projects.Move{}, v.May...), CreatedAt: Instant{v.CreatedAt},
	}
	if v.Lead != nil {
		c.Lead = showProjectLead(*v.Lead).Name
	}
	return c
}

// Project is a project with its story.
type Project struct {
	ProjectCard
	Preset      ProjectPreset          `json:"preset" doc:"The copy that holds for this project."`
	Need        string                 `json:"need"`
	Origin      projects.OriginKind    `json:"origin"`
	Topics      []deliberation.TopicID `json:"topics" doc:"It grew out of them."`
	Hall        string                 `json:"hall,omitempty" doc:"The deliberation that led to it."`
	Source      string                 `json:"source,omitempty" doc:"Where the need was collected offline."`
	Proposer    Author                 `json:"proposer"`
	Partners    []ProjectPartner       `json:"partners" doc:"Who proposes it too; its proposer also sees who asks to."`
	For         string                 `json:"for,omitempty" doc:"Whom it is for, in words."`
	Buildings   []string               `json:"buildings" doc:"Whom it is for, by name; empty for the whole community."`
	Photos      []Photo                `json:"photos"`
	Plan        ProjectPlan            `json:"plan"`
	Hands       []ProjectHand          `json:"hands"`
	LedBy       *ProjectLead           `json:"led_by,omitempty"`
	LedBefore   []ProjectLead          `json:"led_before"`
	HandDueAt   Instant                `json:"hand_due_at,omitzero" doc:"When it is listed for want of a hand."`
	Poll        string                 `json:"poll,omitempty" doc:"The poll that decides."`
	Decision    *ProjectDecision       `json:"decision,omitempty"`
	Earlier     []ProjectDecision      `json:"earlier" doc:"Decisions that were set aside."`
	Notices     []ProjectNotice        `json:"notices" doc:"The last one counts."`
	ApprovedFen money.Fen              `json:"approved_fen" doc:"What may be spent; 0 before it is established."`
	Established Instant                `json:"established_at,omitzero"`
	Papers      []ProjectPaper         `json:"papers"`
	Reason      string                 `json:"reason,omitempty" doc:"Why it ended before its time."`
	Exclusion   string                 `json:"exclusion,omitempty" doc:"What the check found."`
	Mine        bool                   `json:"mine"`
	Leading     bool                   `json:"leading"`
	Voiced      bool                   `json:"voiced" doc:"The caller supports it."`
	History     []ProjectStep          `json:"history"`
}

// ProjectPartner is somebody who proposes a project with its proposer.
type ProjectPartner struct {
	ID     string `json:"id"`
	By     Author `json:"by"`
	Agreed bool   `json:"agreed"`
}

// ProjectPlan is what is to be done and what that costs.
type ProjectPlan struct {
	Text     string       `json:"text"`
	Weeks    int          `json:"weeks"`
	Lines    []BudgetLine `json:"lines"`
	Revision int          `json:"revision" doc:"Counts the times it was written; who writes it anew names the one seen."`
}

// BudgetLine is one line of a budget.
type BudgetLine struct {
	What  string    `json:"what" doc:"At most 40 characters."`
	Fen   money.Fen `json:"fen"`
	Quote string    `json:"quote,omitempty" doc:"Who offered it at that price. At most 80 characters."`
}

func showProjectPlan(p projects.Plan) ProjectPlan {
	return ProjectPlan{p.Text, p.Weeks, each(p.Lines, showBudgetLine), p.Revision}
}

func showBudgetLine(l projects.Line) BudgetLine { return BudgetLine{l.What, l.Amount, l.Quote} }

func linesOf(sent []BudgetLine) []projects.Line {
	return each(sent, func(l BudgetLine) projects.Line { return projects.Line{What: l.What, Amount: l.Fen, Quote: l.Quote} })
}

// ProjectHand is a body's offer to carry it.
type ProjectHand struct {
	ID     string    `json:"id"`
	Body   string    `json:"body" doc:"The branch or partner."`
	By     Author    `json:"by"`
	Bring  string    `json:"bring,omitempty"`
	People int       `json:"people"`
	Fen    money.Fen `json:"fen"`
	Weeks  int       `json:"weeks"`
	Up     bool      `json:"up"`
	At     Instant   `json:"at"`
	Why    string    `json:"why,omitempty" doc:"It was taken back."`
}

func showProjectHand(h projects.Hand) ProjectHand {
	return ProjectHand{h.ID, h.Body, showAuthor(h.By), h.Bring, h.People, h.Money, h.Weeks, h.Up(), Instant{h.At}, h.Why}
}

// ProjectLead is who carries a project, or did.
type ProjectLead struct {
	Name   string  `json:"name" doc:"The branch or partner, or the person."`
	By     Author  `json:"by"`
	Since  Instant `json:"since"`
	Reason string  `json:"reason,omitempty" doc:"Why they were chosen."`
	Until  Instant `json:"until,omitzero"`
	Why    string  `json:"why,omitempty" doc:"Why they stopped."`
}

func showProjectLead(l projects.Lead) ProjectLead {
	name := l.Body
	if name == "" {
		name = l.By.Name
	}
	return ProjectLead{name, showAuthor(l.By), Instant{l.Since}, l.Reason, Instant{l.Until}, l.Why}
}

// ProjectDecision is what was decided.
type ProjectDecision struct {
	Rule      preset.Rule  `json:"rule"`
	Approved  bool         `json:"approved"`
	AmountFen money.Fen    `json:"amount_fen"`
	By        Author       `json:"by" doc:"Who recorded it."`
	At        Instant      `json:"at"`
	Minutes   string       `json:"minutes,omitempty"`
	Photos    []Photo      `json:"photos"`
	Poll      string       `json:"poll,omitempty"`
	Option    int          `json:"option,omitempty" doc:"Of the poll, from 1."`
	Council   *CouncilVote `json:"council,omitempty"`
	Sheets    []JurySheet  `json:"sheets"`
	Round     *RoundCount  `json:"round,omitempty" doc:"How it fared in a budget round."`
}

// RoundCount is what the count of a budget round found about one project.
type RoundCount struct {
	Votes    int       `json:"votes" doc:"Ballots that named it."`
	Ballots  int       `json:"ballots"`
	MoneyFen money.Fen `json:"money_fen"`
	SpentFen money.Fen `json:"spent_fen"`
	Winners  int       `json:"winners"`
	Why      string    `json:"why,omitempty" doc:"Why it was not chosen, as docs/budget-rules.md names it."`
}

// CouncilVote is how a council voted.
type CouncilVote struct {
	Members int `json:"members"`
	Present int `json:"present"`
	For     int `json:"for"`
	Against int `json:"against"`
	Abstain int `json:"abstain"`
}

// JurySheet is one juror's points, in the order of the preset's criteria.
type JurySheet struct {
	Juror  string `json:"juror"`
	Points []int  `json:"points"`
}

func showProjectDecision(id projects.ID, d projects.Decision) ProjectDecision {
	shown := ProjectDecision{
		Rule: d.Rule, Approved: d.Approved, AmountFen: d.Amount, By: showAuthor(d.By), At: Instant{d.At}, Minutes: d.Minutes, Photos: projectPhotos(id, d.Photos),
		Sheets: each(d.Sheets, func(s projects.Sheet) JurySheet { return JurySheet{s.Juror, append([]int{}, s.Points...)} }),
	}
	if d.Poll != nil {
		shown.Poll, shown.Option = d.Poll.Poll, d.Poll.Option+1
	}
	if c := d.Chosen; c != nil {
		shown.Round = &RoundCount{c.Votes, c.Ballots, c.Money, c.Spent, c.Winners, c.Why}
	}
	if d.Council != nil {
		c := CouncilVote(*d.Council)
		shown.Council = &c
	}
	return shown
}

// ProjectNotice is a public notice.
type ProjectNotice struct {
	N           int                `json:"n"`
	Text        string             `json:"text"`
	AmountFen   money.Fen          `json:"amount_fen"`
	Lines       []BudgetLine       `json:"lines"`
	Lead        string             `json:"lead"`
	Days        int                `json:"days"`
	Working     bool               `json:"working" doc:"Working days of the calendar."`
	PublishedAt Instant            `json:"published_at"`
	DueAt       Instant            `json:"due_at" doc:"When it is over, unless an objection is open. It only ever moves to a later instant."`
	OverAt      Instant            `json:"over_at,omitzero"`
	EndedAt     Instant            `json:"ended_at,omitzero" doc:"Another notice or a step back took its place."`
	Why         string             `json:"why,omitempty"`
	Objections  []ProjectObjection `json:"objections"`
}

// ProjectObjection is what somebody says against a project, and the answer.
type ProjectObjection struct {
	ID         string  `json:"id"`
	By         Author  `json:"by"`
	Text       string  `json:"text" doc:"Empty while the word list holds it."`
	At         Instant `json:"at"`
	Open       bool    `json:"open"`
	Upheld     bool    `json:"upheld"`
	Answer     string  `json:"answer,omitempty"`
	AnsweredBy *Author `json:"answered_by,omitempty"`
	AnsweredAt Instant `json:"answered_at,omitzero"`
}

func showProjectNotice(n projects.Notice) ProjectNotice {
	return ProjectNotice{
		N: n.N, Text: n.Text, AmountFen: n.Amount, Lines: each(n.Lines, showBudgetLine), Lead: n.Lead, Days: n.Terms.Days, Working: n.Terms.Working,
		PublishedAt: Instant{n.PublishedAt}, DueAt: Instant{n.DueAt}, OverAt: Instant{n.OverAt}, EndedAt: Instant{n.EndedAt}, Why: n.Why, Objections: each(n.Objections, showProjectObjection),
	}
}

func showProjectObjection(o projects.Objection) ProjectObjection {
	shown := ProjectObjection{ID: o.ID, By: showAuthor(o.By), Text: o.Text, At: Instant{o.At}, Open: o.Open(), Upheld: o.Upheld, Answer: o.Answer, AnsweredAt: Instant{o.AnsweredAt}}
	if !o.Open() {
		by := showAuthor(o.AnsweredBy)
		shown.AnsweredBy = &by
	}
	return shown
}

// ProjectPaper is an attachment that the preset asks for.
type ProjectPaper struct {
	Key   string  `json:"key"`
	Photo Photo   `json:"photo"`
	By    Author  `json:"by"`
	At    Instant `json:"at"`
}

// ProjectStep is one line of the history.
type ProjectStep struct {
	What   string       `json:"what" doc:"For example project.passed."`
	Name   string       `json:"name,omitempty"`
	Title  string       `json:"title,omitempty"`
	Reason string       `json:"reason,omitempty"`
	From   preset.Stage `json:"from,omitempty"`
	To     preset.Stage `json:"to,omitempty"`
	At     Instant      `json:"at"`
}

// projectPhotos says where pictures of a project are read.
func projectPhotos(id projects.ID, all []deliberation.PhotoID) []Photo {
	return each(all, func(p deliberation.PhotoID) Photo { return projectPhotoOf(id, p) })
}

func projectPhotoOf(id projects.ID, p deliberation.PhotoID) Photo {
	base := Prefix + "/projects/" + string(id) + "/photos/" + string(p)
	return Photo{ID: string(p), Thumb: base + "/thumb", Full: base + "/full"}
}

func showProject(v projects.View) Project {
	p := Project{
		ProjectCard: showProjectCard(v), Preset: showPreset(v.Preset), Need: v.Need, Origin: v.Origin.Kind, Topics: append([]deliberation.TopicID{}, v.Origin.Topics...), Hall: v.Origin.Hall,
		Source: v.Origin.Source, Proposer: showAuthor(v.Proposer), For: v.For.Words, Buildings: append([]string{}, v.For.Names...), Photos: projectPhotos(v.ID, v.Photos), Plan: showProjectPlan(v.Plan),
		Hands: each(v.Hands, showProjectHand), LedBefore: each(v.Leads, showProjectLead), HandDueAt: Instant{v.HandDue}, Notices: each(v.Notices, showProjectNotice), ApprovedFen: v.Approved,
		Established: Instant{v.EstablishedAt}, Reason: v.Reason, Exclusion: string(v.Exclusion), Mine: v.Mine, Leading: v.Leading, Voiced: v.Voiced,
		Partners: []ProjectPartner{}, Papers: each(v.Papers, func(f projects.PaperFile) ProjectPaper {
			return ProjectPaper{f.Key, projectPhotoOf(v.ID, f.Photo), showAuthor(f.By), Instant{f.At}}
		}),
		Earlier: each(v.Earlier, func(d projects.Decision) ProjectDecision { return showProjectDecision(v.ID, d) }),
		History: each(v.History, func(s projects.Step) ProjectStep {
			return ProjectStep{s.What, s.Name, s.Title, s.Reason, s.From, s.To, Instant{s.At}}
		}),
	}
	for _, x := range v.Partners {
		if x.LeftAt.IsZero() {
			p.Partners = append(p.Partners, ProjectPartner{x.ID, showAuthor(x.By), x.Agreed()})
		}
	}
	if v.Lead != nil {
		l := showProjectLead(*v.Lead)
		p.LedBy = &l
	}
	if v.Poll != nil {
		p.Poll = v.Poll.Poll
	}
	if v.Decision != nil {
		d := showProjectDecision(v.ID, *v.Decision)
		p.Decision = &d
	}
	return p
}

// OpenProject is what everybody may know of a project.
type OpenProject struct {
	ID        projects.ID    `json:"id"`
	Title     string         `json:"title"`
	Class     preset.Class   `json:"class"`
	Where     string         `json:"where,omitempty"`
	Lead      string         `json:"lead,omitempty"`
	Stage     preset.Stage   `json:"stage"`
	Since     Instant        `json:"since"`
	Stages    []preset.Stage `json:"stages"`
	AmountFen money.Fen      `json:"amount_fen" doc:"Planned, or approved."`
	Voices    int            `json:"voices"`
	Needs     int            `json:"needs"`
	Handless  bool           `json:"handless" doc:"Nobody has raised a hand in the time for it."`
	NextAt    Instant        `json:"next_at,omitzero"`
}

func showOpenProject(e projects.Entry) OpenProject {
	return OpenProject{e.ID, e.Title, e.Class, e.Where, e.Lead, e.Stage, Instant{e.Since}, append([]preset.Stage{}, e.Stages...), e.Amount, e.Voices, e.Needs, e.Handless, Instant{e.Next}}
}
