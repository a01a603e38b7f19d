package api

import "jushou/internal/identity"

// readRounds returns the Round times of a node.
func (a *Actions) readRounds(c *Call) (RoundTimes, error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return RoundTimes{}, err
	}
	return showRounds(node.Settings), identity.Can(c.Actor, identity.ReadCommunity, identity.At(node))
}
