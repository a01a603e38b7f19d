package notify

import (
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
)

// CircleFollowers names those who follow a project. What they are told stays in their inbox: they can look, and nobody is rung
// for a paving stone.
const CircleFollowers = "project_followers"

// projectWorkTypes are the events of the work that somebody is told of.
func projectWorkTypes() []string {
	return []string{
		projects.Started, projects.MilestoneReached, projects.MilestoneDisputed, projects.NewsPosted, projects.NewsHeld, projects.NewsHidden, projects.NewsShown,
		projects.VariationAsked, projects.VariationApproved, projects.VariationRefused, projects.SupervisorAsked, projects.SupervisorNamed,
		projects.WentQuiet, projects.Finished,
	}
}

// projectWorkShares says who is told what of the work.
func projectWorkShares(event string, d projectNews) []Share {
	secretary := Audience{Role: identity.RoleSecretary, Node: d.Community}
	desk := func(to Audience, key string) Share { return Share{To: to, Draft: workDraft(projectDesk(d, key), d)} }
	one := func(who identity.AccountID, key string) []Share {
		return toOne(who, workDraft(projectDraft(d, key), d))
	}
	followers := func(key string) Share {
		return Share{To: Audience{Circle: CircleFollowers, ID: string(d.Project)}, Draft: quietly(workDraft(projectDraft(d, key), d))}
	}
	switch event {
	case projects.Started:
		return append(one(d.Proposer, KeyProjectStarted), followers(KeyProjectStarted))
	case projects.Finished:
		return append(one(d.Proposer, KeyProjectFinished), followers(KeyProjectFinished))
	case projects.MilestoneReached:
		return []Share{followers(KeyProjectReached)}
	case projects.MilestoneDisputed:
		return append(one(d.Lead, KeyProjectDisputed), desk(secretary, KeyProjectDisputed))
	case projects.NewsPosted, projects.NewsShown:
		return []Share{followers(KeyProjectNews)}
	case projects.NewsHeld:
		return []Share{desk(Audience{Duty: d.Community}, KeyProjectNewsHeld)}
	case projects.NewsHidden:
		return one(d.Lead, KeyProjectNewsHidden)
	case projects.VariationAsked:
		return []Share{desk(secretary, KeyProjectVary)}
	case projects.VariationApproved:
		return append(one(d.Lead, KeyProjectVaried), followers(KeyProjectVaried))
	case projects.VariationRefused:
		return one(d.Lead, KeyProjectVaryNo)
	case projects.SupervisorAsked:
		return []Share{desk(secretary, KeyProjectSupervisor)}
	case projects.SupervisorNamed:
		return one(d.Who, KeyProjectNamed)
	case projects.WentQuiet:
		return append(one(d.Lead, KeyProjectStale), desk(secretary, KeyProjectStale))
	}
	return append(toCarriers(d, KeyProjectCancelled), followers(KeyProjectStopped))
}

// quietly keeps a draft in the inbox.
func quietly(d Draft) Draft {
	d.Quiet = true
	return d
}

func workDraft(draft Draft, d projectNews) Draft {
	draft.Args = fault.Args{"title": d.Subject, "reason": d.Reason, "milestone": d.Milestone, "what": d.What, "excerpt": d.Excerpt}
	return draft
}
