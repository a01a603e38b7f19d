package publiclog

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/skip2/go-qrcode"

	"jushou/internal/eventlog/publiclog"
	"jushou/web/page"
)

// earlierStamps is how many checkpoints are listed.
const earlierStamps = 10

// checkView tells how to check.
type checkView struct {
	Address, Key string
	Stamps       []stampView // the newest first
}

// Check tells how anybody checks the log.
func (p *Pages) Check(v *page.Visit) error {
	key, err := p.Log.Verifier(v.Context())
	if err != nil {
		return err
	}
	list, _, err := p.Log.Checkpoints(v.Context(), earlierStamps, "")
	if err != nil {
		return err
	}
	c := checkView{Address: p.BaseURL + "/open/log", Key: key}
	for _, one := range list {
		c.Stamps = append(c.Stamps, stamp(one))
	}
	return v.Show(CheckPage(c))
}

// printView is a checkpoint on paper.
type printView struct {
	Stamp                stampView
	Origin, Address, Key string
	Code                 string // address of the picture
}

// Print shows the newest checkpoint for the notice board, A4.
func (p *Pages) Print(v *page.Visit) error {
	c, err := p.Log.Latest(v.Context())
	if errors.Is(err, publiclog.ErrEmpty) {
		return v.Go("/open/log")
	}
	if err != nil {
		return err
	}
	key, err := p.Log.Verifier(v.Context())
	if err != nil {
		return err
	}
	origin, _, _ := strings.Cut(c.Note, "\n")
	return v.Show(PrintPage(printView{
		Stamp: stamp(c), Origin: origin, Address: p.BaseURL + "/open/log/check", Key: key, Code: "/open/log/code/" + strconv.FormatInt(c.Size, 10),
	}))
}

// codePixels is the width of the code's picture, for print.
const codePixels = 720

// Code draws a checkpoint as a code: the note itself, so that a phone has all of it without the site. The sheet asks for the size
// it shows: a newer one may have been signed in between.
func (p *Pages) Code(v *page.Visit) error {
	size, err := strconv.ParseInt(v.Param("size"), 10, 64)
	if err != nil {
		return publiclog.ErrNotFound
	}
	c, err := p.Log.At(v.Context(), size)
	if err != nil {
		return err
	}
	png, err := qrcode.Encode(c.Note, qrcode.Medium, codePixels)
	if err != nil {
		return fmt.Errorf("draw the checkpoint of %d: %w", c.Size, err)
	}
	return file(v, "image/png", year, png)
}
