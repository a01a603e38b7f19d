package api

// Counted tells how many things an action changed.
type Counted struct {
	Count int `json:"count"`
}

// readAllNotices marks every notice as read.
func (a *Actions) readAllNotices(c *Call) (Counted, error) {
	n, err := a.Inbox.MarkAllRead(c.Context(), c.Actor)
	return Counted{Count: n}, err
}
