package api

// readImport returns an import as it stands: state, and applied of total homes.
func (a *Actions) readImport(c *Call) (Import, error) {
	return step(a.Roster.Progress(c.Context(), c.Actor, c.Param("import")))
}
