package poll

import (
	"net/url"

	"jushou/deliberation/poll"
	"jushou/internal/docstore"
	"jushou/web/page"
	"jushou/web/view"
)

// resultsView is a community's results for everybody.
type resultsView struct {
	Home, Name string
	Results    []poll.Announced
	Pager      view.Pager
}

// Results lists what a community has decided, for everybody.
func (p *Pages) Results(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	after := v.Query("after")
	all, next, err := p.Polls.Results(v.Context(), node.ID, docstore.Cursor(after))
	if err != nil {
		return err
	}
	home := "/open/c/" + string(node.ID)
	shown := resultsView{Home: home, Name: node.Name, Results: all, Pager: view.Pager{
		Total: -1, Shown: len(all), Order: "order.newest", Step: poll.PollsPage, Later: after != "", First: home + "/polls",
	}}
	if next != "" {
		shown.Pager.Next = home + "/polls?after=" + url.QueryEscape(string(next))
	}
	return v.Show(ResultsPage(shown))
}
