package activity

import (
	"github.com/a-h/templ"

	"jushou/internal/community"
	"jushou/projects/activity"
	"jushou/web/page"
)

// OfProject is what was held for a project as a part of its page, with the way to hold one for a host. It is empty where there is neither.
// Whoever shows it has asked whether the project may be read.
func OfProject(v *page.Visit, s *activity.Service, in community.ID, project string) (templ.Component, error) {
	all, err := s.OfProject(v.Context(), v.Actor, project)
	if err != nil {
		return nil, err
	}
	more := ""
	if v.Actor.ID != "" {
		me, err := s.HostHere(v.Context(), v.Actor, in)
		if err != nil {
			return nil, err
		}
		if me != nil && me.Status == activity.Confirmed {
			more = home(in) + "/activities/post?project=" + project
		}
	}
	if len(all) == 0 && more == "" {
		return templ.NopComponent, nil
	}
	return projectPart(all, more), nil
}
