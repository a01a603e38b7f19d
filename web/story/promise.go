package story

import (
	"jushou/deliberation"
	"jushou/internal/deadline"
	"jushou/web/view"
)

// Promises returns the clocks after the answer that run or have run, in their order. A clock that only ended tells nothing.
func Promises(t deliberation.TopicView) []view.Promise {
	var all []view.Promise
	for _, c := range []struct {
		kind deadline.Kind
		e    deadline.Explanation
	}{{deadline.Acceptance, t.Accept}, {deadline.Resolution, t.Resolve}} {
		switch c.e.Phase {
		case "", deadline.PhaseNone, deadline.PhaseEnded:
			continue
		case deadline.PhaseMet:
			if c.kind == deadline.Acceptance && c.e.Late == 0 {
				continue // that somebody took it on stands in the story
			}
		}
		all = append(all, promise(t, c.kind, c.e))
	}
	return all
}

func promise(t deliberation.TopicView, kind deadline.Kind, e deadline.Explanation) view.Promise {
	p := view.Promise{
		Kind: string(kind), Phase: string(e.Phase), Start: e.StartedAt, Due: e.DueAt, Late: e.Late, Holder: holder(t),
		Question: e.Question, Until: e.ResumesAt, Mine: t.Mine,
	}
	if e.Term.Unit == deadline.WorkingDays {
		p.Days = e.Counted.Workdays // of the present day: the term may have been shortened or extended
	}
	for i, h := range e.Counted.Holidays {
		if i > 0 {
			p.Off += "、"
		}
		p.Off += h.Name
	}
	for _, x := range e.Extended {
		p.Was = append(p.Was, x.Was)
	}
	return p
}

// holder names who has the matter: a person's title, the department, or "" for the committee.
func holder(t deliberation.TopicView) string {
	switch {
	case t.Work == nil:
		return ""
	case t.Work.Errand != nil:
		return t.Work.Errand.DepartmentName
	case t.Work.Handler != nil:
		return t.Work.Handler.Name
	}
	return ""
}

// Ways returns what grew out of a topic, and what it goes on in.
func Ways(t deliberation.TopicView) []view.Way {
	var all []view.Way
	if t.Into != "" {
		all = append(all, view.Way{Kind: "into", Href: "/t/" + string(t.Into)})
	}
	for _, l := range t.Links {
		all = append(all, view.Way{Kind: string(l.Kind), Title: l.Title, At: l.At, Href: wayTo(l)})
	}
	return all
}

// wayTo returns the page of what grew out of a topic.
func wayTo(l deliberation.Link) string {
	switch l.Kind {
	case deliberation.LinkHall:
		return "/hall/" + l.ID
	case deliberation.LinkCovenant:
		return "/covenant/" + l.ID
	case deliberation.LinkPoll:
		return "/v/" + l.ID
	case deliberation.LinkProject:
		return "/p/" + l.ID
	case deliberation.LinkMeeting:
		return "/meeting/" + l.ID
	case deliberation.LinkWhistle:
		return "/whistles/" + l.ID
	case deliberation.LinkDigest:
		return "/digest/" + l.ID
	case deliberation.LinkTopic:
		return "/t/" + l.ID
	}
	return ""
}

// Reports returns what was reported as done, as moments of the story.
func Reports(t deliberation.TopicView) []view.Answer {
	if t.Work == nil {
		return nil
	}
	var all []view.Answer
	for _, r := range t.Work.Reports {
		all = append(all, view.Answer{Who: r.By.Name, Role: r.By.Title, Text: r.Body, At: r.By.At, Photos: Photos(t.ID, r.Photos), Report: true})
	}
	return all
}
