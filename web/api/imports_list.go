package api

// shownImports is how many imports a list shows.
const shownImports = 20

// listImports lists a community's latest imports.
func (a *Actions) listImports(c *Call) (Page[Import], error) {
	found, err := a.Roster.Recent(c.Context(), c.Actor, nodeOf(c), shownImports)
	if err != nil {
		return Page[Import]{}, err
	}
	return pageOf(found, "", showImport), nil
}
