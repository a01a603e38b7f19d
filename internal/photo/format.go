package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// format is one kind of picture that is taken.
type format struct {
	name   string
	is     func([]byte) bool
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	// exif returns the TIFF block that holds the orientation, or nil.
	exif func([]byte) []byte
}

// formats lists what is taken. The decoders are named here and not looked up in image's registry, so
// that another package's import cannot widen what an upload may be.
func formats() []format {
	return []format{
		{"jpeg", starts("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode, jpegExif},
		{"png", starts("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode, pngExif},
		{"gif", func(b []byte) bool { return starts("GIF87a")(b) || starts("GIF89a")(b) }, gif.DecodeConfig, gif.Decode, noExif},
		{"webp", func(b []byte) bool { return starts("RIFF")(b) && holds(b, 8, "WEBP") }, webp.DecodeConfig, webp.Decode, webpExif},
	}
}

// inspect finds the format by the first bytes and refuses a picture too large to decode, without
// decoding it.
func inspect(data []byte) (format, error) {
	for _, f := range formats() {
		if f.is(data) {
			return f, f.fits(data)
		}
	}
	return format{}, stranger(data)
}

// stranger names what is not taken, so that the sentence can say what to do.
func stranger(data []byte) error {
	if holds(data, 4, "ftyp") && len(data) >= 12 {
		switch string(data[8:12]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
			return ErrHEIC
		case "avif", "avis":
			return ErrFormat.With("format", "AVIF")
		}
		return ErrNotAnImage
	}
	switch {
	case starts("II*\x00")(data) || starts("MM\x00*")(data):
		return ErrFormat.With("format", "TIFF")
	case starts("BM")(data) && holds(data, 6, "\x00\x00\x00\x00"):
		return ErrFormat.With("format", "BMP")
	}
	return ErrNotAnImage
}

// fits judges the header.
func (f format) fits(data []byte) error {
	if f.name == "webp" && animated(data) {
		return ErrFormat.With("format", "animated WebP")
	}
	c, err := f.config(bytes.NewReader(data))
	if err != nil {
		return ErrDamaged.With("format", f.name).Because(err)
	}
	if c.Width <= 0 || c.Height <= 0 {
		return ErrDamaged.With("format", f.name).Because(errors.New("no pixels"))
	}
	pixels := int64(c.Width) * int64(c.Height)
	if pixels > MaxPixels || pixels*f.room(c, data) > maxDecoded {
		return ErrTooManyPixels.With("max", MaxPixels/1_000_000).With("width", c.Width).With("height", c.Height)
	}
	return nil
}

// room returns how many bytes a decoder may need for one pixel, at the worst.
func (f format) room(c image.Config, data []byte) int64 {
	switch {
	case f.name == "jpeg" && progressive(data):
		return 3 + 3*4 // the picture, and every coefficient until the last scan
	case f.name == "jpeg":
		return 4
	}
	switch c.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	}
	if _, ok := c.ColorModel.(color.Palette); ok {
		return 1
	}
	return 4
}

// animated reads the animation flag of a WebP's extended header.
func animated(data []byte) bool {
	return holds(data, 12, "VP8X") && len(data) > 20 && data[20]&0x02 != 0
}

func starts(magic string) func([]byte) bool {
	return func(b []byte) bool { return holds(b, 0, magic) }
}

func holds(b []byte, at int, s string) bool {
	return len(b) >= at+len(s) && string(b[at:at+len(s)]) == s
}
