// Package photo turns what somebody uploads into two clean JPEG pictures and keeps them.
//
// An upload is never stored as it came. It is decoded and encoded anew: place, time, device and every
// other hidden note are gone, a bomb or a text renamed .jpg never reaches a reader's browser, and a
// cheap phone loads a picture of a fitting size. What is read is decided by the first bytes, never by a
// file name or a Content-Type. The colour profile goes with the other metadata; wide-gamut photos
// look a little calmer on screens that could show more.
//
// A Processor does the work with a bounded number of pictures in memory. A Store keeps the results; Dir
// is the one on the local disk.
package photo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"

	"jushou/internal/fault"
)

// Bounds of an upload and of what is made of it.
const (
	// MaxBytes is the largest upload, in bytes. A 50-megapixel phone camera stays below it.
	MaxBytes = 12 << 20
	// MaxPixels is the largest picture, in pixels, as its header states before anything is decoded.
	MaxPixels = 50_000_000
	// maxDecoded is the most memory one decoded picture may need, in bytes. It binds before MaxPixels for
	// formats that take more room for a pixel: progressive JPEG, 16-bit PNG.
	maxDecoded = 256 << 20
	// FullEdge and ThumbEdge are the longer edges of the results, in pixels; smaller uploads are not enlarged.
	FullEdge  = 2048
	ThumbEdge = 480
	// quality is the JPEG quality: above it files grow faster than what the eye gains on a phone.
	quality = 82
)

// Refusals of Process.
var (
	// ErrTooLarge means more than MaxBytes; Args["max"] is the bound in MB.
	ErrTooLarge = fault.New(fault.TooLarge, "photo.too_large")
	// ErrTooManyPixels means a picture that would not fit into memory; Args["max"] is in megapixels.
	ErrTooManyPixels = fault.New(fault.TooLarge, "photo.too_many_pixels")
	// ErrNotAnImage means that the first bytes are those of no picture.
	ErrNotAnImage = fault.New(fault.Invalid, "photo.not_an_image")
	// ErrHEIC means an iPhone's own format. The sentence says: choose 最兼容 in the camera settings, or
	// send the photo through the chat, which converts it.
	ErrHEIC = fault.New(fault.Invalid, "photo.heic")
	// ErrFormat means a picture of a format that is not taken; Args["format"] names it.
	ErrFormat = fault.New(fault.Invalid, "photo.unsupported_format")
	// ErrDamaged means a picture of a known format that ends early or contradicts itself.
	ErrDamaged = fault.New(fault.Invalid, "photo.damaged")
)

// Picture is one JPEG without metadata.
type Picture struct {
	JPEG          []byte
	Width, Height int // pixels
}

// Photo is what an upload becomes.
type Photo struct {
	Full, Thumb Picture
}

// Processor makes Photos. It is safe for concurrent use.
type Processor struct {
	slots chan struct{}
}

// NewProcessor returns a Processor that works on at most slots pictures at once, at least one. Each may
// need 300 MB at its worst and commonly needs 40: slots times that is the memory to set aside.
func NewProcessor(slots int) *Processor {
	return &Processor{slots: make(chan struct{}, max(slots, 1))}
}

// Process reads one upload and returns its two pictures. The upload is read before a slot is taken,
// so a slow phone keeps nobody waiting. It returns ctx's error if ctx ends first, an error of r as it
// is, and otherwise one of the refusals of this package.
func (p *Processor) Process(ctx context.Context, r io.Reader) (Photo, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Photo{}, fmt.Errorf("photo: read upload: %w", err)
	}
	if len(data) > MaxBytes {
		return Photo{}, ErrTooLarge.With("max", MaxBytes>>20)
	}
	f, err := inspect(data)
	if err != nil {
		return Photo{}, err
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return Photo{}, fmt.Errorf("photo: wait for a slot: %w", ctx.Err())
	}
	return develop(ctx, f, data)
}

// develop decodes, shrinks, turns and encodes. Shrinking comes first: turning 4 megapixels costs a
// tenth of turning 50.
func develop(ctx context.Context, f format, data []byte) (Photo, error) {
	if err := ctx.Err(); err != nil {
		return Photo{}, fmt.Errorf("photo: decode %s: %w", f.name, err)
	}
	raw, err := decode(f, data)
	if err != nil {
		return Photo{}, err
	}
	if err := ctx.Err(); err != nil {
		return Photo{}, fmt.Errorf("photo: shrink %s: %w", f.name, err)
	}
	full := turn(shrink(raw, FullEdge), orientation(f, data))
	var photo Photo
	if photo.Full, err = encode(full); err != nil {
		return Photo{}, err
	}
	if photo.Thumb, err = encode(shrink(full, ThumbEdge)); err != nil {
		return Photo{}, err
	}
	return photo, nil
}

// decode turns a panic of a decoder into a refusal: the bytes are a stranger's, and one bad picture
// must not end the process.
func decode(f format, data []byte) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, ErrDamaged.With("format", f.name).Because(fmt.Errorf("decoder panicked: %v", r))
		}
	}()
	img, err = f.decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrDamaged.With("format", f.name).Because(err)
	}
	if img.Bounds().Empty() {
		return nil, ErrDamaged.With("format", f.name).Because(errors.New("no pixels"))
	}
	return img, nil
}

func encode(img image.Image) (Picture, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return Picture{}, fmt.Errorf("photo: encode: %w", err)
	}
	size := img.Bounds().Size()
	return Picture{JPEG: b.Bytes(), Width: size.X, Height: size.Y}, nil
}
