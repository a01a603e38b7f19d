package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/project"
)

// presetRoutes lists the addresses on which a community or a town keeps the rules of its projects.
func (s *Server) presetRoutes(r fiber.Router, p *project.Pages) {
	do := s.staffed()
	for _, base := range []string{"/desk/c/:community/presets", "/desk/town/:town/presets"} {
		r.Get(base, do(p.Presets))
		r.Get(base+"/:preset", do(p.Preset))
		r.Get(base+"/:preset/edit", do(p.EditPreset))
		r.Post(base+"/:preset/edit", do(p.SavePreset))
		r.Get(base+"/:preset/copy", do(p.CopyPreset))
		r.Post(base+"/:preset/copy", do(p.SaveCopy))
	}
}
