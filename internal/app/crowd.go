package app

import (
	"runtime"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"
)

// crowd counts the requests in hand.
type crowd struct{ n atomic.Int32 }

// perProcessor is how many requests in hand for each processor mean that they queue: a page is a fraction of a millisecond's
// work, so nobody else waits beside the few that a quiet evening has.
const perProcessor = 4

// pass counts a request while it is answered.
func (c *crowd) pass(x *fiber.Ctx) error {
	c.n.Add(1)
	defer c.n.Add(-1)
	return x.Next()
}

// busy reports whether requests queue for the processors.
func (c *crowd) busy() bool { return int(c.n.Load()) >= perProcessor*runtime.GOMAXPROCS(0) }
