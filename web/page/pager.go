package page

import (
	"net/url"
	"strings"

	"jushou/web/view"
)

// Pager leads through a list, the newest first, of which this page shows some. first is the address of its beginning, step how many
// a page holds, next the cursor after this page, "" at the end. Where the first page holds all, it says how many that are.
func (v *Visit) Pager(first string, step, shown int, next string) view.Pager {
	p := view.Pager{Total: -1, Shown: shown, Order: "order.newest", Step: step, Later: v.Query("after") != "", First: first}
	and := "?"
	if strings.Contains(first, "?") {
		and = "&"
	}
	switch {
	case next != "":
		p.Next = first + and + "after=" + url.QueryEscape(next)
	case !p.Later:
		p.Total = shown
	}
	return p
}
