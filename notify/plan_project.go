package notify

import (
	"slices"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
)

// Keys of notices about small projects. Who endorses or objects is told to nobody by name.
const (
	KeyProjectSubmitted = "notice.project_submitted" // duty person: a proposal waits for its check
	KeyProjectPassed    = "notice.project_passed"    // proposer
	KeyProjectReturned  = "notice.project_returned"  // proposer: to be changed, and why
	KeyProjectRefused   = "notice.project_refused"   // proposer: why
	KeyProjectJoin      = "notice.project_join"      // proposer: somebody asks to propose it too
	KeyProjectJoined    = "notice.project_joined"    // who asked: the proposer agreed
	KeyProjectHand      = "notice.project_hand"      // secretary and proposer: a hand is up
	KeyProjectHandless  = "notice.project_handless"  // secretary and branches: nobody raised a hand in time
	KeyProjectLead      = "notice.project_lead"      // proposer and who was chosen
	KeyProjectReplaced  = "notice.project_replaced"  // who led it until then
	KeyProjectVacant    = "notice.project_vacant"    // secretary: the lead has left
	KeyProjectToDecide  = "notice.project_to_decide" // secretary
	KeyProjectDecided   = "notice.project_decided"   // proposer and lead: it is to be done
	KeyProjectDeclined  = "notice.project_declined"  // proposer and lead: it is not, and why
	KeyProjectBack      = "notice.project_back"      // proposer and lead: the plan is to be made anew
	KeyProjectObjected  = "notice.project_objected"  // duty person: an objection stops the notice
	KeyProjectAnswered  = "notice.project_answered"  // who objected: the answer
	KeyProjectNoticed   = "notice.project_noticed"   // secretary: the notice is over
	KeyProjectFounded   = "notice.project_founded"   // proposer and lead
	KeyProjectCancelled = "notice.project_cancelled" // proposer and lead: why

	KeyProjectStale      = "notice.project_stale"       // lead and secretary: nothing was heard of the work
	KeyProjectVary       = "notice.project_vary"        // secretary: a change is to be decided
	KeyProjectVaried     = "notice.project_varied"      // lead and followers: it was approved
	KeyProjectVaryNo     = "notice.project_vary_no"     // lead: it was not, and why
	KeyProjectDisputed   = "notice.project_disputed"    // lead and secretary: a supervisor says that a milestone was not reached
	KeyProjectSupervisor = "notice.project_supervisor"  // secretary: a resident offers to watch the work
	KeyProjectNamed      = "notice.project_named"       // who offered
	KeyProjectNewsHeld   = "notice.project_news_held"   // duty person: look before it is shown
	KeyProjectNewsHidden = "notice.project_news_hidden" // lead: why
	KeyProjectNews       = "notice.project_news"        // followers
	KeyProjectReached    = "notice.project_reached"     // followers
	KeyProjectStarted    = "notice.project_started"     // proposer and followers
	KeyProjectFinished   = "notice.project_finished"    // proposer and followers
	KeyProjectStopped    = "notice.project_stopped"     // followers: why
)

// projectDeskKeys are those that tell of work at the desk.
func projectDeskKeys() []string {
	return append(judgingDeskKeys(), KeyProjectSubmitted, KeyProjectVacant, KeyProjectToDecide, KeyProjectObjected, KeyProjectNoticed, KeyProjectVary, KeyProjectSupervisor, KeyProjectNewsHeld)
}

// projectKeys lists all of them.
func projectKeys() []string {
	return append(append(projectDeskKeys(), judgingKeys()...),
		KeyProjectPassed, KeyProjectReturned, KeyProjectRefused, KeyProjectJoin, KeyProjectJoined, KeyProjectHand, KeyProjectHandless, KeyProjectLead, KeyProjectReplaced,
		KeyProjectDecided, KeyProjectDeclined, KeyProjectBack, KeyProjectAnswered, KeyProjectFounded, KeyProjectCancelled,
		KeyProjectStale, KeyProjectVaried, KeyProjectVaryNo, KeyProjectDisputed, KeyProjectNamed, KeyProjectNewsHidden, KeyProjectNews, KeyProjectReached,
		KeyProjectStarted, KeyProjectFinished, KeyProjectStopped,
	)
}

// projectTypes are the events that planProject knows.
func projectTypes() []string {
	return append(append(judgingTypes(), projectWorkTypes()...), []string{
		projects.Submitted, projects.Passed, projects.Returned, projects.RefusedBy, projects.JoinAsked, projects.Joined, projects.HandRaised, projects.Handless,
		projects.LeadChosen, projects.LeadLeft, projects.LeadReplaced, projects.PutForward, projects.Approved, projects.DeclinedBy, projects.SentBack,
		projects.Objected, projects.ObjectionTold, projects.NoticeOver, projects.Established, projects.CancelledBy,
	}...)
}

// projectTemplate says which template message tells it.
func projectTemplate(key string) (Template, bool) {
	switch {
	case slices.Contains(projectDeskKeys(), key):
		return templateWork, true
	case slices.Contains(projectKeys(), key):
		return templateProgress, true
	}
	return Template{}, false
}

// projectNews is what all events of projects say, whatever else they have.
type projectNews struct {
	projects.About
	Reason string             `json:"reason"`
	Answer string             `json:"answer"`
	Whose  identity.AccountID `json:"whose"`
	Who    identity.AccountID `json:"who"`
	Former identity.AccountID `json:"former"`
	Body   string             `json:"body"`

	Milestone string `json:"milestone"`
	What      string `json:"what"`
	Excerpt   string `json:"excerpt"`
}

func planProject(e docstore.Event) ([]Share, error) {
	if !slices.Contains(projectTypes(), e.Type) {
		return nil, nil
	}
	return with(e, func(d projectNews) []Share {
		shares := projectShares(e.Type, d)
		if judges(e.Type) {
			shares = judgingShares(e.Type, d)
		}
		for i := range shares {
			shares[i].But = identity.AccountID(e.Actor)
		}
		return shares
	})
}

func projectShares(event string, d projectNews) []Share {
	if event == projects.CancelledBy || slices.Contains(projectWorkTypes(), event) {
		return projectWorkShares(event, d)
	}
	desk := func(to Audience, key string) []Share { return []Share{{To: to, Draft: projectDesk(d, key)}} }
	duty, secretary := Audience{Duty: d.Community}, Audience{Role: identity.RoleSecretary, Node: d.Community}
	switch event {
	case projects.Submitted:
		return desk(duty, KeyProjectSubmitted)
	case projects.Passed:
		return toOne(d.Proposer, projectDraft(d, KeyProjectPassed))
	case projects.Returned:
		return toOne(d.Proposer, projectDraft(d, KeyProjectReturned))
	case projects.RefusedBy:
		return toOne(d.Proposer, projectDraft(d, KeyProjectRefused))
	case projects.JoinAsked:
		return toOne(d.Proposer, projectDraft(d, KeyProjectJoin))
	case projects.Joined:
		return toOne(d.Who, projectDraft(d, KeyProjectJoined))
	case projects.HandRaised:
		return append(desk(secretary, KeyProjectHand), toOne(d.Proposer, projectDraft(d, KeyProjectHand))...)
	case projects.Handless:
		branches := Share{To: Audience{Role: identity.RoleBranch, Node: d.Community}, Draft: projectDraft(d, KeyProjectHandless)}
		return append(desk(secretary, KeyProjectHandless), branches)
	case projects.LeadChosen:
		return toCarriers(d, KeyProjectLead)
	case projects.LeadReplaced:
		return append(toCarriers(d, KeyProjectLead), toOne(d.Former, projectDraft(d, KeyProjectReplaced))...)
	case projects.LeadLeft:
		return desk(secretary, KeyProjectVacant)
	case projects.PutForward:
		return desk(secretary, KeyProjectToDecide)
	case projects.Objected:
		return desk(duty, KeyProjectObjected)
	case projects.ObjectionTold:
		return toOne(d.Whose, projectDraft(d, KeyProjectAnswered))
	case projects.NoticeOver:
		return desk(secretary, KeyProjectNoticed)
	}
	return toCarriers(d, map[string]string{
		projects.Approved: KeyProjectDecided, projects.DeclinedBy: KeyProjectDeclined, projects.SentBack: KeyProjectBack,
		projects.Established: KeyProjectFounded,
	}[event])
}

// toCarriers tells the proposer and who leads, once where that is one person.
func toCarriers(d projectNews, key string) []Share {
	shares := toOne(d.Proposer, projectDraft(d, key))
	if d.Lead != d.Proposer {
		shares = append(shares, toOne(d.Lead, projectDraft(d, key))...)
	}
	return shares
}

func projectDraft(d projectNews, key string) Draft {
	return Draft{Community: d.Community, Key: key, Link: "/p/" + string(d.Project), Args: fault.Args{"title": d.Subject, "reason": d.Reason, "excerpt": d.Answer, "body": d.Body}}
}

func projectDesk(d projectNews, key string) Draft {
	draft := projectDraft(d, key)
	draft.Link = "/desk/c/" + string(d.Community) + "/projects/" + string(d.Project)
	return draft
}
