package api

// deskStatistics returns a community's response clocks over the last days.
func (a *Actions) deskStatistics(c *Call) (Statistics, error) {
	w, err := window(c)
	if err != nil {
		return Statistics{}, err
	}
	found, err := a.Topics.Stats(c.Context(), c.Actor, nodeOf(c), w)
	if err != nil {
		return Statistics{}, err
	}
	return showStatistics(found), nil
}
