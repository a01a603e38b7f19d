package app

import (
	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
	"jushou/projects"
)

// judgingActs are the steps of a project from its acceptance to its archive. Who represents the residents and who gave how many
// stars is not in them.
func judgingActs(known func(docstore.Event, docstore.Doc) bool) []publiclog.Act {
	facts := []string{"stage", "round", "defect", "few", "raters", "mean", "amount", "paid"}
	var acts []publiclog.Act
	for _, event := range []string{
		projects.RepNamed, projects.AcceptedWork, projects.RejectedWork, projects.DefectRaised, projects.DefectMended, projects.DefectConfirmed,
		projects.DefectBack, projects.ReworkAsked, projects.WorkAccepted, projects.RatingOver, projects.ReplyPublished, projects.Archived, projects.ClosedCancelled,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "project", Ref: "project", Facts: facts, Words: []string{"subject", "reason", "answer"}, Doc: true, Public: known,
		})
	}
	for _, event := range []string{projects.RatingHidden, projects.RatingReleased} {
		acts = append(acts, publiclog.Act{Event: event, Of: "project", Ref: "project", Facts: []string{"mark"}, Words: []string{"subject", "reason"}})
	}
	return acts
}
