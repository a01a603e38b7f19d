package notify

import (
	"encoding/json"
	"slices"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

func TestPlanOfProjects(t *testing.T) {
	t.Parallel()
	news := projectNews{
		About:  projects.About{Project: "p1", Community: "hexiang", Subject: "晾衣架", Proposer: "wang", Lead: "fang", Stage: preset.Rating},
		Reason: "离得近", Whose: "zhao", Who: "qian", Former: "shi", Body: "第一党支部",
	}
	data, err := json.Marshal(news)
	if err != nil {
		t.Fatal(err)
	}
	duty, secretary, branch := Audience{Duty: "hexiang"}, Audience{Role: identity.RoleSecretary, Node: "hexiang"}, Audience{Role: identity.RoleBranch, Node: "hexiang"}
	wang, fang := Audience{Person: "wang"}, Audience{Person: "fang"}
	followers := Audience{Circle: CircleFollowers, ID: "p1"}
	want := map[string][]Audience{
		projects.Submitted: {duty}, projects.Passed: {wang}, projects.Returned: {wang}, projects.RefusedBy: {wang}, projects.JoinAsked: {wang},
		projects.Joined: {{Person: "qian"}}, projects.HandRaised: {secretary, wang}, projects.Handless: {secretary, branch}, projects.LeadChosen: {wang, fang},
		projects.LeadReplaced: {wang, fang, {Person: "shi"}}, projects.LeadLeft: {secretary}, projects.PutForward: {secretary}, projects.Approved: {wang, fang},
		projects.DeclinedBy: {wang, fang}, projects.SentBack: {wang, fang}, projects.Objected: {duty}, projects.ObjectionTold: {{Person: "zhao"}},
		projects.NoticeOver: {secretary}, projects.Established: {wang, fang}, projects.CancelledBy: {wang, fang, followers},
		projects.RepNamed: {{Person: "zhao"}}, projects.RepEnded: {secretary}, projects.DefectRaised: {fang}, projects.DefectMended: {{Person: "zhao"}},
		projects.DefectBack: {fang}, projects.ReworkAsked: {fang}, projects.WorkAccepted: {wang, fang, {Circle: CircleProject, ID: "p1"}}, projects.RatingOver: {fang},
		projects.ReplyWritten: {duty}, projects.ReplyPublished: {{Circle: CircleRaters, ID: "p1"}}, projects.StatementWritten: {duty}, projects.StatementBack: {fang},
		projects.Archived: {wang, fang}, projects.ClosedCancelled: {wang, fang},

		projects.Started: {wang, followers}, projects.Finished: {wang, followers}, projects.MilestoneReached: {followers}, projects.MilestoneDisputed: {fang, secretary},
		projects.NewsPosted: {followers}, projects.NewsShown: {followers}, projects.NewsHeld: {duty}, projects.NewsHidden: {fang},
		projects.VariationAsked: {secretary}, projects.VariationApproved: {fang, followers}, projects.VariationRefused: {fang},
		projects.SupervisorAsked: {secretary}, projects.SupervisorNamed: {{Person: "qian"}}, projects.WentQuiet: {fang, secretary},
	}
	if len(want) != len(projectTypes()) {
		t.Errorf("%d events are planned, %d tested", len(projectTypes()), len(want))
	}
	for _, event := range append(projectTypes(), projects.Endorsed) {
		shares, err := Plan(docstore.Event{Type: event, Actor: "li", Data: data})
		if err != nil {
			t.Fatal(err)
		}
		var to []Audience
		for _, s := range shares {
			to = append(to, s.To)
			if _, ok := projectTemplate(s.Draft.Key); !ok || s.Draft.Args["title"] != "晾衣架" || s.But != "li" {
				t.Errorf("%s tells %+v", event, s)
			}
			if s.To == followers && !s.Draft.Quiet {
				t.Errorf("%s rings those who follow", event)
			}
		}
		if !slices.Equal(to, want[event]) {
			t.Errorf("%s goes to %+v, want %+v", event, to, want[event])
		}
	}
}
