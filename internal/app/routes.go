package app

import "github.com/gofiber/fiber/v2"

// Routes lists every address as "METHOD /path/:part" in the order they are tried, for tests that must see each. What
// the simulator answers is not among them.
func (a *App) Routes() []string {
	var all []string
	seen := map[string]bool{}
	for _, r := range a.server.App().GetRoutes(true) {
		line := r.Method + " " + r.Path
		if r.Method != fiber.MethodHead && !seen[line] {
			seen[line] = true
			all = append(all, line)
		}
	}
	return all
}
