package web

import (
	"net"
	"sync"
)

// door is a listener that knows which connections have not said anything yet. Browsers and proxies open
// connections ahead of need; fasthttp takes such a one for a request in progress and would wait for it to
// the end of every shutdown.
type door struct {
	net.Listener

	mu     sync.Mutex
	silent map[*caller]struct{}
	shut   bool
}

func newDoor(l net.Listener) *door { return &door{Listener: l, silent: map[*caller]struct{}{}} }

// Accept implements net.Listener.
func (d *door) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &caller{Conn: conn, door: d}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut {
		conn.Close() // its first read ends it
		return c, nil
	}
	d.silent[c] = struct{}{}
	return c, nil
}

// hangUp ends the connections that have said nothing, now and from now on.
func (d *door) hangUp() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = true
	for c := range d.silent {
		c.Conn.Close()
	}
	clear(d.silent)
}

func (d *door) heard(c *caller) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.silent, c)
}

// caller is a connection that tells the door when it first says something or ends.
type caller struct {
	net.Conn
	door  *door
	spoke sync.Once
}

// Read implements net.Conn.
func (c *caller) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.spoke.Do(func() { c.door.heard(c) })
	return n, err
}

// Close implements net.Conn.
func (c *caller) Close() error {
	c.spoke.Do(func() { c.door.heard(c) })
	return c.Conn.Close()
}
