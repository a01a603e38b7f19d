package api

// discardImport ends an import that nobody confirmed and deletes its file.
func (a *Actions) discardImport(c *Call) (Import, error) {
	return step(a.Roster.DiscardRoster(c.Context(), c.Actor, c.Param("import")))
}
