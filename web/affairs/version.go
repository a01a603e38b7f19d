package affairs

import (
	"strconv"
	"time"

	"jushou/deliberation/disclosure"
	"jushou/web/page"
)

// versionView is an earlier or the present version, with what it changed.
type versionView struct {
	Back, Title, Reason, By string
	At                      time.Time
	Content                 contentView
	// Change is what it says otherwise than the version before; nil for the first.
	Change *changeView
}

// changeView is a difference in reading order.
type changeView struct {
	Title, Body []disclosure.Line
	Rows        []rowView
	Photos      bool
}

// Version shows one published version whole, and what it changed.
func (p *Pages) Version(v *page.Visit) error {
	found, err := p.Affairs.Item(v.Context(), v.Actor, disclosure.ItemID(v.Param("item")))
	if err != nil {
		return err
	}
	versions := found.Item.Shown()
	for n, x := range versions {
		if strconv.Itoa(x.N) != v.Param("version") {
			continue
		}
		shown := versionView{
			Back: "/affairs/" + string(found.Item.ID), Title: v.T("affairs.version", "n", strconv.Itoa(n+1)), Reason: x.Reason,
			By: byWords(v, x), At: x.ReviewedAt, Content: contentOf(v, found.Item.ID, x.Content),
		}
		if n > 0 {
			change := changeOf(v, versions[n-1].Content, x.Content)
			shown.Change = &change
		}
		return v.Show(VersionPage(shown))
	}
	return page.ErrNotFound
}

func changeOf(v *page.Visit, was, is disclosure.Content) changeView {
	d := disclosure.Compare(was, is)
	c := changeView{Title: d.Title, Body: d.Body, Photos: d.Photos}
	for _, e := range d.Rows {
		c.Rows = append(c.Rows, rowOf(v, e.Row, e.Op))
	}
	return c
}
