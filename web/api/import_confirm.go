package api

// confirmImport lets a previewed import go ahead.
func (a *Actions) confirmImport(c *Call) (Import, error) {
	return step(a.Roster.ConfirmRoster(c.Context(), c.Actor, c.Param("import")))
}
