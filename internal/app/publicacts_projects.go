package app

import (
	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
	"jushou/projects"
)

// projectActs are the steps of projects from the moment the community could read them.
func projectActs() []publiclog.Act {
	facts := []string{"stage", "hand", "body", "rule", "amount", "notice", "due_at", "objection", "upheld", "due", "on", "cost", "reached", "all", "weeks", "votes", "ballots", "why"}
	known := func(_ docstore.Event, d docstore.Doc) bool {
		p := publiclog.Doc[projects.Project](d)
		return p.ID != "" && p.Public()
	}
	var acts []publiclog.Act
	for _, event := range []string{
		projects.Submitted, projects.Passed, projects.RefusedBy, projects.WithdrawnBy, projects.HandRaised, projects.HandLowered, projects.Handless,
		projects.LeadChosen, projects.Gathered, projects.LeadLeft, projects.LeadReplaced, projects.PlanWritten, projects.PutForward, projects.PollLinked,
		projects.PollUndecided, projects.Approved, projects.DeclinedBy, projects.SentBack, projects.NoticePublished, projects.NoticeRestarted,
		projects.NoticeOver, projects.ObjectionTold, projects.Established, projects.CancelledBy, projects.PermitRecorded, projects.MilestonesWritten,
		projects.Started, projects.MilestoneReached, projects.MilestoneConfirmed, projects.MilestoneDisputed, projects.VariationAsked,
		projects.VariationApproved, projects.VariationRefused, projects.VariationWithdrawn, projects.SupervisorNamed, projects.WentQuiet, projects.Finished,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "project", Ref: "project", Facts: facts, Words: []string{"subject", "reason", "answer", "milestone", "what"}, Doc: true, Public: known,
		})
	}
	for _, event := range []string{projects.NewsPosted, projects.NewsHidden, projects.NewsShown} {
		acts = append(acts, publiclog.Act{Event: event, Of: "news", Ref: "news", Facts: []string{"project", "stage"}, Words: []string{"subject", "excerpt", "reason"}})
	}
	for _, event := range []string{projects.FormerImported, projects.FormerCorrected} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "project", Ref: "project", Facts: []string{"stage", "year", "budget", "spent"}, Words: []string{"subject", "reason"}, Doc: true, Public: known,
		})
	}
	acts = append(acts, judgingActs(known)...)
	acts = append(acts, publiclog.Act{
		Event: projects.RoundLotLeft, Of: "poll", Ref: "round", Facts: []string{"project", "left", "year", "number"}, Words: []string{"subject", "title"},
	})
	return append(acts, publiclog.Act{Event: projects.PresetSaved, Of: "preset", Ref: "key", Place: "node", Facts: []string{"key", "version"}, Words: []string{"name"}})
}
