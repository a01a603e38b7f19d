package mem

// Keys returns how many entries are kept, dead ones included.
func (c *Coord) Keys() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.leases) + len(c.onces) + len(c.limits) + len(c.values)
}
