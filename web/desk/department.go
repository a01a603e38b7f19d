package desk

import (
	"net/url"
	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// departmentView is what a department of a town has to do.
type departmentView struct {
	Departments []view.Chip
	Tasks       []view.Chip
	Cards       []view.DeskCard
	Pager       view.Pager
}

// Department shows what is with a department, the nearest date first.
func (p *Pages) Department(v *page.Visit) error {
	town := community.ID(v.Param("town"))
	r, err := p.Room(v, town, community.LevelTown)
	if err != nil {
		return err
	}
	task, after := deliberation.Task(v.Query("task")), v.Query("after")
	found, err := p.Topics.DepartmentQueue(v.Context(), v.Actor, deliberation.DepartmentQuery{
		Town: town, Department: v.Query("department"), Task: task, After: docstore.Cursor(after),
	})
	if err != nil {
		return err
	}
	d := departmentView{Departments: p.ownDepartments(v, r.Node, found.Department)}
	counts := map[deliberation.Task]int{
		deliberation.TaskTake: found.Take, deliberation.TaskHandle: found.Handle, deliberation.TaskDecide: found.Decide, deliberation.TaskVerify: found.Verify,
	}
	for _, t := range []deliberation.Task{deliberation.TaskTake, deliberation.TaskHandle, deliberation.TaskDecide, deliberation.TaskVerify} {
		d.Tasks = append(d.Tasks, view.Chip{
			Text: v.T("department."+string(t)) + " " + atMost(counts[t]), Href: departmentHref(town, found.Department, t), Current: t == found.Task,
		})
	}
	if d.Cards, err = p.departmentCards(v, found.Items); err != nil {
		return err
	}
	here := departmentHref(town, found.Department, found.Task)
	d.Pager = view.Pager{Total: counts[found.Task], Shown: len(found.Items), Order: "order.due", Step: deliberation.DeskPage, Later: after != "", First: here}
	if found.Next != "" {
		d.Pager.Next = here + "&after=" + url.QueryEscape(string(found.Next))
	}
	frame, err := p.Within(v, r, "department", v.T("department.title"), "/desk")
	if err != nil {
		return err
	}
	return v.Show(DepartmentPage(frame, d))
}

// departmentCards are the topics, each with its community and the one thing to do.
func (p *Pages) departmentCards(v *page.Visit, items []deliberation.TopicView) ([]view.DeskCard, error) {
	cards := make([]view.DeskCard, len(items))
	for i, t := range items {
		node, err := p.Directory.Node(v.Context(), t.Community)
		if err != nil {
			return nil, err
		}
		cards[i] = view.DeskCard{TopicCard: story.Card(t), Where: node.Name, Do: firstStep(v, t)}
		cards[i].Href, cards[i].Promises = "/desk/t/"+string(t.ID), story.Promises(t)
	}
	return cards, nil
}

// firstStep says what is to be done about a topic; "" if nothing is for this visitor.
func firstStep(v *page.Visit, t deliberation.TopicView) string {
	name := order(t.May)
	if name == "" || name == "decide" {
		return ""
	}
	return v.T("work." + name)
}

// ownDepartments lets somebody who works for several choose among them.
func (p *Pages) ownDepartments(v *page.Visit, node community.Node, current string) []view.Chip {
	own := v.Actor.Departments(identity.At(node))
	if len(own) < 2 {
		return nil
	}
	slices.Sort(own)
	var chips []view.Chip
	for _, key := range own {
		name := key
		if list, err := p.Catalogue.Current(v.Context(), node.ID); err == nil {
			if d, ok := list.Department(key); ok {
				name = d.Name
			}
		}
		chips = append(chips, view.Chip{Text: name, Href: departmentHref(node.ID, key, ""), Current: key == current})
	}
	return chips
}

func departmentHref(town community.ID, department string, task deliberation.Task) string {
	return "/desk/town/" + string(town) + "/department?" + url.Values{"department": {department}, "task": {string(task)}}.Encode()
}
