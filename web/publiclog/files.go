package publiclog

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
)

// How long others may keep a file: a checkpoint for a moment, what never changes for a year.
const (
	moment = "public, max-age=5"
	year   = "public, max-age=31536000, immutable"
)

// file answers with a file that programs of any site may read.
func file(v *page.Visit, media, keep string, data []byte) error {
	v.Ctx.Set(fiber.HeaderContentType, media)
	v.Ctx.Set(fiber.HeaderCacheControl, keep)
	v.Ctx.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	return v.Ctx.Send(data)
}

const plain = "text/plain; charset=utf-8"

// Checkpoint answers with the newest checkpoint (C2SP tlog-checkpoint).
func (p *Pages) Checkpoint(v *page.Visit) error {
	c, err := p.Log.Latest(v.Context())
	if err != nil {
		return err
	}
	return file(v, plain, moment, []byte(c.Note))
}

// Key answers with the public key in the form of signed notes.
func (p *Pages) Key(v *page.Visit) error {
	key, err := p.Log.Verifier(v.Context())
	if err != nil {
		return err
	}
	return file(v, plain, moment, []byte(key+"\n"))
}

// Tile answers with a tile of hashes or a bundle of entries (C2SP tlog-tiles).
func (p *Pages) Tile(v *page.Visit) error {
	data, _, err := p.Log.Tile(v.Context(), v.Param("*"))
	if err != nil {
		return err
	}
	return file(v, fiber.MIMEOctetStream, year, data)
}
