package catalogue

import (
	"context"
	"errors"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ConfirmImport makes the actor's draft the town's next version. sum names the table that the actor looked at, so
// that nobody confirms another than was shown. Sent twice it is one version.
func (s *Service) ConfirmImport(ctx context.Context, actor identity.Actor, town community.ID, sum string) (Catalogue, error) {
	node, err := s.settable(ctx, actor, town)
	if err != nil {
		return Catalogue{}, err
	}
	d, err := s.Draft(ctx, actor, town)
	switch {
	case err != nil:
		return Catalogue{}, err
	case d.SHA256 != sum:
		return Catalogue{}, ErrDraftChanged
	case d.FaultTotal > 0:
		return Catalogue{}, ErrHasFaults.With("faults", d.FaultTotal)
	case d.Became > 0:
		return s.Version(ctx, town, d.Became)
	}
	c := Catalogue{
		Town: town, Version: d.Base + 1, Departments: d.Departments, Items: d.Items,
		FileName: d.FileName, SHA256: d.SHA256, By: actor.Ref(), At: s.now(),
	}
	c.ByName, _ = actor.NameAt(identity.At(node))
	_, err = s.versions.Put(ctx, versionID(town, c.Version), docstore.Absent, c, c.published())
	if errors.Is(err, docstore.ErrConflict) {
		there, err := s.Version(ctx, town, c.Version)
		if err != nil {
			return Catalogue{}, err
		}
		if there.SHA256 != c.SHA256 || there.By != c.By {
			return Catalogue{}, ErrStale.With("version", there.Version)
		}
		c = there
	} else if err != nil {
		return Catalogue{}, err
	}
	// The version stands whether or not the draft learns of it; only a second tap would ask.
	_, err = s.drafts.Update(ctx, draftID(town, actor), func(d *Draft) ([]docstore.Fact, error) {
		if d.SHA256 != sum || d.Became > 0 {
			return nil, docstore.ErrUnchanged
		}
		d.Became, d.Departments, d.Items = c.Version, nil, nil
		return nil, nil
	})
	return c, err
}
