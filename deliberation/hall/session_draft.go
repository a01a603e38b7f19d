package hall

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/redline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Draft is one version of the outcome's words. Versions are only added.
type Draft struct {
	N    int                 `json:"n"`
	Body string              `json:"body"`
	Note string              `json:"note,omitempty"` // what was changed and why
	By   deliberation.Author `json:"by"`
	At   time.Time           `json:"at"`
}

var (
	errDraftEmpty = fault.New(fault.Invalid, "hall.draft_empty").On("body")
	errDraftStale = fault.New(fault.Conflict, "hall.draft_stale")
	errDraftSame  = fault.New(fault.Invalid, "hall.draft_same").On("body")
	errNoDraft    = fault.New(fault.NotFound, "hall.no_draft")
)

// Draft returns version n.
func (s Session) Draft(n int) (Draft, error) {
	if n < 1 || n > len(s.Drafts) {
		return Draft{}, errNoDraft.With("draft", n)
	}
	return s.Drafts[n-1], nil
}

// Redline compares version n with the one before it; the first is compared with nothing.
func (s Session) Redline(n int) ([]redline.Part, error) {
	d, err := s.Draft(n)
	if err != nil {
		return nil, err
	}
	before := ""
	if n > 1 {
		before = s.Drafts[n-2].Body
	}
	return redline.Compare(before, d.Body), nil
}

// WriteDraft adds a version. It names the version it was written from, so that two people do not overwrite each other.
func (s *Session) WriteDraft(base int, d Draft, now time.Time) ([]docstore.Fact, error) {
	if n := len(s.Drafts); n > 0 && s.Drafts[n-1].Body == d.Body {
		if s.Drafts[n-1].By.Account == d.By.Account && base == n-1 {
			return nil, docstore.ErrUnchanged // the same form again
		}
		return nil, errDraftSame
	}
	switch err := s.may(moveTend, now); {
	case err != nil:
		return nil, err
	case base != len(s.Drafts):
		return nil, errDraftStale.With("draft", len(s.Drafts))
	case len(s.Drafts) >= MaxDrafts:
		return nil, errFull.With("max", MaxDrafts)
	}
	d.N, d.At = base+1, now
	s.Drafts = append(slices.Clip(s.Drafts), d)
	s.note(DraftWritten, d.By, d.Note, now)
	return []docstore.Fact{fact(DraftWritten, d.By.Account, now, DraftChanged{s.about(), d.N, d.Note})}, nil
}
