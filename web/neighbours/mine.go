package neighbours

import (
	"time"

	"jushou/deliberation/neighbourhood"
	"jushou/web/page"
)

// mineView is what the visitor has to do with their neighbours.
type mineView struct {
	neighbourhood.Mine
	Base string
}

// ShowMine shows the visitor's own offers, talks, wishes and promises.
func (p *Pages) ShowMine(v *page.Visit) error {
	mine, err := p.Neighbours.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	return v.Show(MinePage(mineView{Mine: mine, Base: v.Person.Home}))
}

// Unblock forgets a block.
func (p *Pages) Unblock(v *page.Visit) error {
	at, _ := time.Parse(time.RFC3339Nano, v.Field("at")) // what cannot be read names no block
	if err := p.Neighbours.Unblock(v.Context(), v.Actor, at); err != nil {
		return err
	}
	return v.GoSaying("/me/neighbours", "neighbours.noted")
}
