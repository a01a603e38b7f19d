package resident

import (
	"errors"

	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
)

// homeLine is one membership in words.
type homeLine struct {
	Household                 string
	Community, Building, Room string
	Path                      string // of the community's page
	Status                    identity.MemberStatus
	Reason                    string
	Live                      bool // pending or verified
}

// homes returns the visitor's memberships in words, those that count first.
func (p *Pages) homes(v *page.Visit) ([]homeLine, error) {
	var live, past []homeLine
	for _, m := range v.Actor.Memberships {
		line, err := p.homeLine(v, m)
		if err != nil {
			return nil, err
		}
		if line.Live {
			live = append(live, line)
		} else {
			past = append(past, line)
		}
	}
	return append(live, past...), nil
}

func (p *Pages) homeLine(v *page.Visit, m identity.Membership) (homeLine, error) {
	line := homeLine{
		Household: string(m.Household), Room: m.Household.Room(), Path: base(m.Community), Status: m.Status, Reason: m.Reason,
		Live: m.Status == identity.MemberPending || m.Status == identity.MemberVerified,
	}
	node, err := p.Directory.Node(v.Context(), m.Community)
	if err != nil {
		return line, err
	}
	line.Community = node.Name
	b, err := p.Places.Building(v.Context(), m.Building)
	if err != nil && !errors.Is(err, docstore.ErrNotFound) {
		return line, err
	}
	line.Building = b.Name
	return line, nil
}
