package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/activity"
	"jushou/web/page"
)

// activityRoutes lists the addresses of 达人 and their activities.
func (s *Server) activityRoutes(r fiber.Router) {
	p, do := activity.New(s.deps.Activity, s.console), page.Handle
	const c, one = "/c/:community", "/activity/:activity"
	r.Get("/open/c/:community/activities", do(p.Open))
	r.Get("/open/town/:town/activities", do(p.OpenTown))
	r.Get(c+"/activities", do(p.List))
	r.Get(c+"/activities/post", do(p.NewActivity))
	r.Post(c+"/activities/post", do(p.SendActivity))
	r.Get(c+"/hosts", do(p.Hosts))
	r.Get(c+"/hosts/apply", do(p.Apply))
	r.Post(c+"/hosts/post", do(p.SendApply))
	r.Get("/host/:host", do(p.Host))
	r.Get("/host/:host/photos/:photo/:variant", do(p.HostPhoto))
	r.Post("/host/:host/steps", do(p.StepHost))
	r.Get(one, do(p.Activity))
	r.Get(one+"/calendar.ics", do(p.Calendar))
	r.Get(one+"/photos/:photo/:variant", do(p.RecapPhoto))
	r.Get(one+"/edit", do(p.EditActivity))
	r.Post(one+"/edit", do(p.ChangeActivity))
	r.Post(one+"/steps", do(p.Step))
	r.Post(one+"/recap/post", do(p.Recap))
	r.Get("/me/activities", do(p.Mine))

	staff := s.staffed()
	r.Get("/desk/c/:community/activities", staff(p.DeskPage))
	r.Post("/desk/c/:community/activities/hosts/:host", staff(p.TendHost))
	r.Post("/desk/c/:community/activities/:activity", staff(p.TendActivity))
}
