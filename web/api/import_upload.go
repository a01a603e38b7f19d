package api

// uploadImport reads a roster for a community and keeps it until somebody confirms or discards it. The same
// Idempotency-Key with the same file finds the first import.
func (a *Actions) uploadImport(c *Call, file Upload) (Import, error) {
	if c.key.earlier != "" {
		c.key.made = c.key.earlier
		return step(a.Roster.Progress(c.Context(), c.Actor, c.key.earlier))
	}
	made, err := a.Roster.PreviewRoster(c.Context(), c.Actor, nodeOf(c), file.Name, file.Data)
	c.key.made = made.ID
	return step(made, err)
}
