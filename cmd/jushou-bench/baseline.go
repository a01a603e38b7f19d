package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// serveBare is the child process of baseline S: a fiber server with the settings of web.Server and one
// handler, which writes as many bytes as the address says.
func serveBare(ctx context.Context, addr string) error {
	app := fiber.New(fiber.Config{
		Immutable: true, DisableStartupMessage: true,
		ReadTimeout: time.Minute, WriteTimeout: 30 * time.Second, IdleTimeout: 75 * time.Second,
	})
	page := make([]byte, 1<<20)
	for i := range page {
		page[i] = 'x'
	}
	app.Get("/:bytes", func(c *fiber.Ctx) error {
		n, err := strconv.Atoi(c.Params("bytes"))
		if err != nil || n < 0 || n > len(page) {
			return fiber.ErrBadRequest
		}
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(page[:n])
	})
	stop := context.AfterFunc(ctx, func() { app.ShutdownWithTimeout(time.Second) })
	defer stop()
	return app.Listen(addr)
}

// startBare starts baseline S.
func startBare(ctx context.Context) (*child, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c, err := start(ctx, addr, os.Environ(), self, "bare", addr)
	if err != nil {
		return nil, err
	}
	var req fasthttp.Request
	req.SetRequestURI("http://" + addr + "/1")
	_, err = c.answered(&req, fiber.StatusOK)
	return c, err
}

// bareLoad asks baseline S for pages of n bytes.
func bareLoad(c *child, n int) load {
	return load{
		addr: c.addr,
		next: func(_, _ int, req *fasthttp.Request) { req.SetRequestURI(fmt.Sprintf("http://%s/%d", c.addr, n)) },
		good: func(res *fasthttp.Response) bool { return res.StatusCode() == fiber.StatusOK && len(res.Body()) == n },
	}
}
