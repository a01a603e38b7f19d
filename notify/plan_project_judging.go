package notify

import (
	"slices"

	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// Keys of notices about finished projects. Who gave how many stars is told to nobody.
const (
	KeyProjectRep       = "notice.project_rep"       // who was named: please look at the work
	KeyProjectRepEnded  = "notice.project_rep_ended" // secretary: another representative is to be named
	KeyProjectDefect    = "notice.project_defect"    // lead: what is to be mended
	KeyProjectMended    = "notice.project_mended"    // who raised a defect: please look again
	KeyProjectUnmended  = "notice.project_unmended"  // lead: it is not mended, and why
	KeyProjectRework    = "notice.project_rework"    // lead: the work is not finished, and why
	KeyProjectAccepted  = "notice.project_accepted"  // proposer and lead
	KeyProjectRate      = "notice.project_rate"      // those concerned, once: please judge it
	KeyProjectJudged    = "notice.project_judged"    // lead: the result is there, please answer
	KeyProjectReply     = "notice.project_reply"     // duty person: an answer waits to be published
	KeyProjectReplied   = "notice.project_replied"   // who judged: what was answered
	KeyProjectStatement = "notice.project_statement" // duty person: a statement waits to be checked
	KeyProjectUnstated  = "notice.project_unstated"  // lead: the statement came back, and why
	KeyProjectArchived  = "notice.project_archived"  // proposer and lead
)

// Circles of projects: whom one concerns, and who has judged it.
const (
	CircleProject = "project"
	CircleRaters  = "project_raters"
)

// judgingDeskKeys are those that tell of work at the desk.
func judgingDeskKeys() []string {
	return []string{KeyProjectRepEnded, KeyProjectReply, KeyProjectStatement}
}

// judgingKeys are the others.
func judgingKeys() []string {
	return []string{
		KeyProjectRep, KeyProjectDefect, KeyProjectMended, KeyProjectUnmended, KeyProjectRework, KeyProjectAccepted, KeyProjectRate, KeyProjectJudged,
		KeyProjectReplied, KeyProjectUnstated, KeyProjectArchived,
	}
}

// judgingTypes are the events that judgingShares knows.
func judgingTypes() []string {
	return []string{
		projects.RepNamed, projects.RepEnded, projects.DefectRaised, projects.DefectMended, projects.DefectBack, projects.ReworkAsked, projects.WorkAccepted,
		projects.RatingOver, projects.ReplyWritten, projects.ReplyPublished, projects.StatementWritten, projects.StatementBack, projects.Archived, projects.ClosedCancelled,
	}
}

// judgingShares says whom the steps from the finished work on concern.
func judgingShares(event string, d projectNews) []Share {
	duty := func(key string) []Share {
		return []Share{{To: Audience{Duty: d.Community}, Draft: projectDesk(d, key)}}
	}
	lead := func(key string) []Share { return toOne(d.Lead, projectDraft(d, key)) }
	circle := func(name, key string) []Share {
		return []Share{{To: Audience{Circle: name, ID: string(d.Project)}, Draft: projectDraft(d, key)}}
	}
	switch event {
	case projects.RepNamed:
		return toOne(d.Whose, projectDraft(d, KeyProjectRep))
	case projects.RepEnded:
		return []Share{{To: Audience{Role: identity.RoleSecretary, Node: d.Community}, Draft: projectDesk(d, KeyProjectRepEnded)}}
	case projects.DefectRaised:
		return lead(KeyProjectDefect)
	case projects.DefectMended:
		return toOne(d.Whose, projectDraft(d, KeyProjectMended))
	case projects.DefectBack:
		return lead(KeyProjectUnmended)
	case projects.ReworkAsked:
		return lead(KeyProjectRework)
	case projects.WorkAccepted:
		shares := toCarriers(d, KeyProjectAccepted)
		if d.Stage == preset.Rating {
			shares = append(shares, circle(CircleProject, KeyProjectRate)...)
		}
		return shares
	case projects.RatingOver:
		if d.Lead == "" {
			return duty(KeyProjectReply)
		}
		return lead(KeyProjectJudged)
	case projects.ReplyWritten:
		return duty(KeyProjectReply)
	case projects.ReplyPublished:
		return circle(CircleRaters, KeyProjectReplied)
	case projects.StatementWritten:
		return duty(KeyProjectStatement)
	case projects.StatementBack:
		return lead(KeyProjectUnstated)
	}
	return toCarriers(d, KeyProjectArchived)
}

// judges reports whether an event is one of them.
func judges(event string) bool { return slices.Contains(judgingTypes(), event) }
