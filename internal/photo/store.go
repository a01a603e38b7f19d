package photo

import (
	"context"
	"io"

	"jushou/internal/fault"
)

// Variant names one picture of a Photo.
type Variant string

// The variants that are kept.
const (
	Full  Variant = "full"
	Thumb Variant = "thumb"
)

// Valid reports whether v is one of the variants; the word comes from an address.
func (v Variant) Valid() bool { return v == Full || v == Thumb }

// Refusals of a Store.
var (
	// ErrNotFound means that no such picture is kept. A read that failed is never ErrNotFound.
	ErrNotFound = fault.New(fault.NotFound, "photo.not_found")
	// ErrStoreFull means that the disk is full: the words of the post are kept, the photo is not.
	ErrStoreFull = fault.New(fault.Unavailable, "photo.store_full")
	// ErrStore means that the store did not answer.
	ErrStore = fault.New(fault.Unavailable, "photo.store_unavailable")
)

// Store keeps pictures. It is safe for concurrent use.
//
// A picture is kept under an id of internal/ids and not under its hash: nobody can ask whether a
// certain picture is known, two posts may be deleted independently, and fifty random bits are not
// guessed. Whoever may see the post may know the id; the page that serves it asks for permission.
type Store interface {
	// Put keeps the bytes under id and variant and replaces what was there. When it returns nil they
	// survive kill -9 and power loss; when it fails the earlier bytes, if any, are still whole. It returns
	// ErrStoreFull or ErrStore, and ErrNotFound for an id or variant that cannot exist.
	Put(ctx context.Context, id string, v Variant, jpeg []byte) error
	// Open returns the bytes, or ErrNotFound. The caller closes it.
	Open(ctx context.Context, id string, v Variant) (io.ReadSeekCloser, error)
	// Delete removes every variant of id for good. An id that is not kept is no error.
	Delete(ctx context.Context, id string) error
}

// Save keeps both pictures of a Photo under id. The thumb goes first: whoever finds the full picture
// finds its thumb too. Trying again with the same id is safe.
func Save(ctx context.Context, s Store, id string, p Photo) error {
	if err := s.Put(ctx, id, Thumb, p.Thumb.JPEG); err != nil {
		return err
	}
	return s.Put(ctx, id, Full, p.Full.JPEG)
}
