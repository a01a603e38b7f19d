package roster

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// KindChunk is the kind of the pieces of a waiting file.
const KindChunk docstore.Kind = "roster_chunk"

// chunkBytes is the size of a piece before it is sealed: sealed and in base 64 it stays below
// docstore.MaxBody.
const chunkBytes = 512 << 10

// chunk is one sealed piece.
type chunk struct {
	Import string      `json:"import"`
	Data   seal.Sealed `json:"data"`
}

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{
		{
			Kind: KindImport,
			Fields: []docstore.Field{
				{Name: "community"}, {Name: "at", Type: docstore.Int}, {Name: "open"},
			},
			Indexes: []docstore.Index{
				{Name: "by_community", Fields: []string{"community", "at"}},
				{Name: "open", Fields: []string{"open", "at"}},
			},
		},
		{Kind: KindChunk},
	}
}

// Config is what a Service is made of.
type Config struct {
	Store     docstore.Store
	Directory *community.Directory
	Box       *seal.Box
	Clock     clock.Clock
}

// Service holds the use cases of this package, one file each. It is safe for concurrent use.
type Service struct {
	clock      clock.Clock
	box        *seal.Box
	directory  *community.Directory
	places     community.Places
	households docstore.Table[identity.Household]
	imports    docstore.Table[Import]
	chunks     docstore.Table[chunk]
	readers    chan struct{} // bounds how many files are unpacked at once
}

// readers at once: a workbook at the bound needs some 300 MB while it is read.
const readers = 2

// New returns a Service over a store that was opened with Collections of this package and of identity.
func New(c Config) *Service {
	return &Service{
		clock: c.Clock, box: c.Box, directory: c.Directory,
		places: community.NewPlaces(c.Store), households: identity.Households(c.Store),
		imports: docstore.Table[Import]{
			Store: c.Store, Kind: KindImport, Fields: importFields,
			Scope: func(i Import) string { return string(i.Community) },
		},
		chunks:  docstore.Table[chunk]{Store: c.Store, Kind: KindChunk},
		readers: make(chan struct{}, readers),
	}
}

func importFields(i Import) docstore.Fields {
	f := docstore.Fields{"community": string(i.Community), "at": i.At.UnixMilli()}
	if i.Open() {
		f["open"] = "open"
	}
	return f
}

// may asks the permission table for a community.
func (s *Service) may(ctx context.Context, actor identity.Actor, in community.ID) error {
	n, err := s.directory.Node(ctx, in)
	if err != nil {
		return err
	}
	return identity.Can(actor, identity.ImportRoster, identity.At(n))
}

// load returns an import that the actor may handle.
func (s *Service) load(ctx context.Context, actor identity.Actor, id string) (Import, error) {
	i, _, err := s.imports.Get(ctx, id)
	if err != nil {
		return Import{}, err
	}
	if err := s.may(ctx, actor, i.Community); err != nil {
		return Import{}, err
	}
	return i, nil
}

// change commits one transition.
func (s *Service) change(ctx context.Context, id string, transition func(Import) (Import, []docstore.Fact, error)) (Import, error) {
	return s.imports.Update(ctx, id, func(i *Import) ([]docstore.Fact, error) {
		next, facts, err := transition(*i)
		*i = next
		return facts, err
	})
}

func chunkID(id string, n int) string { return fmt.Sprintf("%s.%03d", id, n) }

func chunkPlace(id string, n int) string { return string(KindChunk) + "/" + chunkID(id, n) }

func chunksOf(bytes int) int { return (bytes + chunkBytes - 1) / chunkBytes }

// keep stores the file in sealed pieces.
func (s *Service) keep(ctx context.Context, id string, data []byte) error {
	for n := 0; len(data) > 0; n++ {
		piece := data[:min(len(data), chunkBytes)]
		data = data[len(piece):]
		c := chunk{Import: id, Data: s.box.Seal(chunkPlace(id, n), string(piece))}
		if _, err := s.chunks.Put(ctx, chunkID(id, n), docstore.Any, c); err != nil {
			return err
		}
	}
	return nil
}

var errFileChanged = fault.New(fault.Internal, "roster.file_changed")

// fetch puts the file together again and compares it with its hash.
func (s *Service) fetch(ctx context.Context, i Import) ([]byte, error) {
	var b strings.Builder
	for n := range chunksOf(i.Bytes) {
		c, _, err := s.chunks.Get(ctx, chunkID(i.ID, n))
		if err != nil {
			return nil, err
		}
		piece, err := s.box.Open(chunkPlace(i.ID, n), c.Data)
		if err != nil {
			return nil, err
		}
		b.WriteString(piece)
	}
	data := []byte(b.String())
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != i.SHA256 {
		return nil, errFileChanged.With("import", i.ID)
	}
	return data, nil
}

// purge deletes the file of an import that has ended. It may be interrupted and run again.
func (s *Service) purge(ctx context.Context, i Import) error {
	for n := range i.Chunks {
		err := s.chunks.Delete(ctx, chunkID(i.ID, n), docstore.Any, chunk{})
		if err != nil && !errors.Is(err, docstore.ErrNotFound) {
			return err
		}
	}
	_, err := s.change(ctx, i.ID, Import.Purged)
	return err
}
