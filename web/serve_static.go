package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
)

// serveStatic answers with an embedded file. Its name carries the hash of its content, so it may be
// kept for ever.
func (s *Server) serveStatic(c *fiber.Ctx) error {
	file, ok := s.assets.Get(c.Params("*"))
	if !ok {
		return page.ErrNotFound
	}
	body, encoding := file.Pick(c.Get(fiber.HeaderAcceptEncoding))
	c.Set(fiber.HeaderContentType, file.Type)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	c.Set(fiber.HeaderContentLength, strconv.Itoa(len(body)))
	c.Response().SetBodyRaw(body)
	return nil
}
