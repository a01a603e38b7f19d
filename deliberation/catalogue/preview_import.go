package catalogue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/sheet"
)

// Draft is a table that somebody has brought and nobody has confirmed. Each person has one for a town: the next
// table takes its place.
type Draft struct {
	Town     community.ID `json:"town"`
	FileName string       `json:"file_name"`
	SHA256   string       `json:"sha256"`
	At       time.Time    `json:"at"`
	// Departments and Items are empty while there are faults.
	Departments []Department `json:"departments,omitempty"`
	Items       []Item       `json:"items,omitempty"`
	// Faults are the first maxFaults of FaultTotal.
	Faults     []Fault `json:"faults,omitempty"`
	FaultTotal int     `json:"fault_total,omitempty"`
	// Base is the version it was compared with, 0 for none; Change is what it would do to that.
	Base   int    `json:"base"`
	Change Change `json:"change"`
	// Became is the version it was confirmed as, 0 before.
	Became int `json:"became,omitempty"`
}

// maxFaults is how many complaints a draft keeps. Whoever mends those comes back for the rest.
const maxFaults = 500

var (
	// ErrNoDraft means that the person has brought no table.
	ErrNoDraft = fault.New(fault.NotFound, "catalogue.no_draft")
	// ErrDraftChanged means that another table was brought since the page was made.
	ErrDraftChanged = fault.New(fault.Conflict, "catalogue.draft_changed")
	// ErrHasFaults means that the table has to be corrected first.
	ErrHasFaults = fault.New(fault.Invalid, "catalogue.has_faults")
	// ErrStale means that somebody else's version came first: look again at what changes.
	ErrStale = fault.New(fault.Conflict, "catalogue.stale")
)

func draftID(town community.ID, actor identity.Actor) string { return string(town) + "." + actor.Ref() }

// settable returns a town whose list the actor may set.
func (s *Service) settable(ctx context.Context, actor identity.Actor, town community.ID) (community.Node, error) {
	node, err := s.directory.Node(ctx, town)
	if err != nil {
		return node, err
	}
	if node.Level != community.LevelTown {
		return node, ErrNone.With("town", town)
	}
	return node, identity.Can(actor, identity.SetCatalogue, identity.At(node))
}

// PreviewImport reads a table and keeps it as the actor's draft, with every fault or with what it would change.
// Nothing that holds is touched. A file that is no such table is refused, and the draft before it stays.
func (s *Service) PreviewImport(ctx context.Context, actor identity.Actor, town community.ID, fileName string, data []byte) (Draft, error) {
	if _, err := s.settable(ctx, actor, town); err != nil {
		return Draft{}, err
	}
	departments, items, faults, err := Parse(data)
	if err != nil {
		return Draft{}, err
	}
	now, err := s.Current(ctx, town)
	if err != nil && !errors.Is(err, ErrNone) {
		return Draft{}, err
	}
	sum := sha256.Sum256(data)
	d := Draft{
		Town: town, FileName: sheet.Shorten(sheet.Fold(path.Base(strings.ReplaceAll(fileName, "\\", "/"))), 80),
		SHA256: hex.EncodeToString(sum[:]), At: s.now(), FaultTotal: len(faults), Base: now.Version,
	}
	if len(faults) > 0 {
		d.Faults = faults[:min(len(faults), maxFaults)]
	} else {
		d.Departments, d.Items, d.Change = departments, items, changeFrom(now.Items, items)
	}
	_, err = s.drafts.Put(ctx, draftID(town, actor), docstore.Any, d)
	return d, err
}

// Draft returns the table that the actor brought last, or ErrNoDraft.
func (s *Service) Draft(ctx context.Context, actor identity.Actor, town community.ID) (Draft, error) {
	if _, err := s.settable(ctx, actor, town); err != nil {
		return Draft{}, err
	}
	d, _, err := s.drafts.Get(ctx, draftID(town, actor))
	if errors.Is(err, docstore.ErrNotFound) {
		return d, ErrNoDraft
	}
	return d, err
}
