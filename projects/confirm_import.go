package projects

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ConfirmImport is the word that makes projects of a draft. token names the file that the actor looked at, so that nobody confirms
// another; reason says why what an earlier file said is corrected, and may be left out where nothing is. Sent twice it is one import.
func (s *Service) ConfirmImport(ctx context.Context, actor identity.Actor, in community.ID, token, reason string) (Import, error) {
	node, by, err := s.CommunityFor(ctx, actor, in, identity.ImportProjects, ErrNotFound)
	if err != nil {
		return Import{}, err
	}
	d, err := s.ImportDraft(ctx, actor, in)
	if err != nil {
		return Import{}, err
	}
	if d.Token == token && d.Became != "" {
		return s.Import(ctx, actor, in, d.Became)
	}
	reason, err = d.confirmed(token, reason)
	if err != nil {
		return Import{}, err
	}
	x := d.take(node, by, reason, s.Now())
	// The import goes first: what a crash leaves undone the relay finds in its event.
	if _, err := s.imports.Add(ctx, x.ID, x, x.confirmed()); err != nil {
		return Import{}, err
	}
	if x, err = s.bring(ctx, x.ID); err != nil {
		return Import{}, err
	}
	// The import stands whether or not the draft learns of it; only a second tap would ask.
	_, err = s.drafts.Update(ctx, draftKey(in, actor), func(d *ImportDraft) ([]docstore.Fact, error) {
		if d.Token != token {
			return nil, docstore.ErrUnchanged
		}
		d.Became, d.Rows = x.ID, nil
		return nil, nil
	})
	return x, err
}

// confirmed refuses what cannot be confirmed, and returns the reason as it is kept.
func (d ImportDraft) confirmed(token, reason string) (string, error) {
	switch {
	case d.Token != token:
		return "", ErrDraftChanged
	case d.Errors > 0:
		return "", ErrHasFaults.With("faults", d.Errors)
	case d.Count(Added)+d.Count(Corrected) == 0:
		return "", ErrNothingNew
	case d.Count(Corrected) > 0:
		return written.Reason(reason, MaxReason)
	}
	return "", nil
}

// take makes an import of the draft: the rows that do something.
func (d ImportDraft) take(node community.Node, by deliberation.Author, reason string, now time.Time) Import {
	x := Import{ID: d.Token, Community: node.ID, Path: node.Path, FileName: d.FileName, SHA256: d.SHA256, Same: d.Count(Same), Reason: reason, By: by, At: now}
	x.Rows = slices.DeleteFunc(slices.Clone(d.Rows), func(r ImportRow) bool { return r.Change == Same })
	for i := range x.Rows {
		x.Rows[i].Was = nil // the project keeps it
	}
	return x
}

func (x Import) confirmed() docstore.Fact {
	return docstore.Fact{Type: FormerConfirmed, Actor: string(x.By.Account), At: x.At, Data: ImportStep{x.ID, x.Community, len(x.Rows)}}
}

// FollowImport finishes an import that was confirmed. The relay gives it project.import_confirmed, at least once.
func (s *Service) FollowImport(ctx context.Context, e docstore.Event) error {
	_, err := s.bring(ctx, e.Doc.ID)
	return err
}

// bring does what an import says, as far as it is not done.
func (s *Service) bring(ctx context.Context, id string) (Import, error) {
	x, _, err := s.imports.Get(ctx, id)
	if err != nil || !x.DoneAt.IsZero() {
		return x, err
	}
	var left []ID
	for _, r := range x.Rows {
		ours, err := s.bringOne(ctx, x, r)
		if err != nil {
			return x, err
		}
		if !ours {
			left = append(left, r.Project)
		}
	}
	now := s.Now()
	return s.imports.Update(ctx, id, func(x *Import) ([]docstore.Fact, error) {
		if !x.DoneAt.IsZero() {
			return nil, docstore.ErrUnchanged
		}
		x.Left, x.DoneAt = left, now
		return nil, nil
	})
}

// bringOne makes or corrects one project; false means that another import came first.
func (s *Service) bringOne(ctx context.Context, x Import, r ImportRow) (bool, error) {
	zone := s.Calendar.Zone()
	if r.Change == Added {
		made, facts := x.remember(r, zone)
		p, err := s.projects.Add(ctx, string(r.Project), made, facts...)
		return err == nil && p.Former != nil && p.Former.Import == x.ID, err
	}
	_, err := s.projects.Update(ctx, string(r.Project), func(p *Project) ([]docstore.Fact, error) { return p.correct(x, r, zone) })
	if errors.Is(err, errImportSeen) || fault.CodeOf(err) == errFull.Code {
		return false, nil
	}
	return err == nil, err
}
