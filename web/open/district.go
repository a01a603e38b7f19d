package open

import (
	"context"

	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/view"
)

// districtView is the door of the public pages.
type districtView struct {
	Name        string
	Communities int
	Towns       []townView
}

// townView is a town with its communities.
type townView struct {
	Name, Home  string
	Communities []view.Chip
}

// District shows what this is and leads to every community's public page.
func (p *Pages) District(v *page.Visit) error {
	d, err := p.district(v.Context())
	if err != nil {
		return err
	}
	return v.Show(DistrictPage(d))
}

func (p *Pages) district(ctx context.Context) (districtView, error) {
	top, err := p.Directory.Districts(ctx)
	if err != nil {
		return districtView{}, err
	}
	all, err := p.Directory.Communities(ctx, "")
	if err != nil {
		return districtView{}, err
	}
	d := districtView{Communities: len(all)}
	if len(top) == 1 {
		d.Name = top[0].Name
	}
	at := map[community.ID]int{}
	for _, c := range all {
		i, known := at[c.Parent]
		if !known {
			town, err := p.Directory.Node(ctx, c.Parent)
			if err != nil {
				return districtView{}, err
			}
			i, at[c.Parent] = len(d.Towns), len(d.Towns)
			d.Towns = append(d.Towns, townView{Name: town.Name, Home: "/open/town/" + string(town.ID)})
		}
		d.Towns[i].Communities = append(d.Towns[i].Communities, view.Chip{Text: c.Name, Href: base(c.ID)})
	}
	return d, nil
}

// base is the path of a community's public page.
func base(c community.ID) string { return "/open/c/" + string(c) }
