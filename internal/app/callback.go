package app

import (
	"errors"
	"log/slog"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/fault"
	"jushou/wechat"
)

// verify answers WeChat's GET when the webhook's address is registered: the echo and nothing else.
func (a *App) verify(c *fiber.Ctx) error {
	echo, err := a.receiver.Verify(wechat.QueryFrom(func(name string) string { return c.Query(name) }))
	if err != nil {
		a.log.WarnContext(c.UserContext(), "webhook verification refused", slog.String("code", fault.CodeOf(err)))
		return c.SendStatus(fiber.StatusForbidden)
	}
	c.Type("txt", "utf-8")
	return c.SendString(echo)
}

// receive stores a push and answers success; the work follows from the stored message. What is not
// WeChat's is refused without a word of why. When the store does not answer, the platform is told
// so and sends the push again.
func (a *App) receive(c *fiber.Ctx) error {
	push, err := a.receiver.Open(wechat.QueryFrom(func(name string) string { return c.Query(name) }), c.Body())
	if err != nil {
		a.log.WarnContext(c.UserContext(), "push refused", slog.String("code", fault.CodeOf(err)))
		return c.SendStatus(refusedStatus(err))
	}
	first, err := a.Inbox.Receive(c.UserContext(), push)
	if err != nil {
		a.log.ErrorContext(c.UserContext(), "push not stored", slog.String("type", push.Type), slog.Any("err", err))
		return c.SendStatus(fiber.StatusServiceUnavailable)
	}
	a.log.DebugContext(c.UserContext(), "push", slog.String("type", push.Type), slog.String("event", push.Event), slog.Bool("first", first))
	c.Type("txt", "utf-8")
	return c.SendString(wechat.Success)
}

func refusedStatus(err error) int {
	var e *fault.Error
	if !errors.As(err, &e) {
		return fiber.StatusBadRequest
	}
	switch e.Kind {
	case fault.TooLarge:
		return fiber.StatusRequestEntityTooLarge
	case fault.Unauthenticated, fault.Denied:
		return fiber.StatusForbidden
	}
	return fiber.StatusBadRequest
}
