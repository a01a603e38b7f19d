package search

import (
	"net/url"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/search"
	"jushou/web/page"
	"jushou/web/view"
)

// searchView is the page of a search.
type searchView struct {
	Back, Action           string
	Text                   string
	Board, State, Period   string
	Boards, States, Months []view.Option
	// Asked is set when there is something to answer: results, or that there are none.
	Asked      bool
	Cards      []Card
	Pager      view.Pager
	PublicOnly bool
	Near       bool // what was found only sounds or nearly is like the text
	Post       string
	Narrowed   bool
	Wider      string // the same text without filters
	Problems   view.Problems
}

// Search shows the field, and what was found.
func (p *Pages) Search(v *page.Visit) error {
	node, err := p.Directory.Node(v.Context(), community.ID(v.Param("community")))
	if err != nil {
		return err
	}
	if node.Level != community.LevelCommunity {
		return page.ErrNotFound
	}
	if v.Actor.ID == "" && v.InWeChat() {
		return identity.ErrSignIn
	}
	s := searchView{
		Back: "/c/" + string(node.ID), Action: "/c/" + string(node.ID) + "/search",
		Text: v.Query("q"), Board: v.Query("board"), State: v.Query("state"), Period: v.Query("period"), Problems: view.Problems{Status: 200},
	}
	s.options(v, node)
	if identity.Can(v.Actor, identity.PostTopic, identity.At(node)) == nil {
		s.Post = s.Back + "/post?" + url.Values{"text": {s.Text}}.Encode()
	}
	if s.Text == "" {
		return v.Show(SearchPage(s))
	}
	after := v.Query("after")
	found, err := p.Find(v.Context(), v.Actor, Ask{
		Community: node.ID, Text: s.Text, Board: s.Board, State: s.State, Period: s.Period, After: after,
	}, v.Now)
	if err != nil {
		s.Problems = v.Refuse(err)
		return v.ShowAs(s.Problems.Status, SearchPage(s))
	}
	s.show(found, after)
	return v.Show(SearchPage(s))
}

func (s *searchView) show(f Found, after string) {
	s.Asked, s.Cards, s.PublicOnly = true, f.Cards, f.PublicOnly
	s.Near = len(f.Cards) > 0 && f.Cards[0].Tier >= search.Sound && after == ""
	s.Narrowed = s.Board != "" || s.State != "" || s.Period != ""
	s.Wider = s.address("", "", "", "")
	s.Pager = view.Pager{
		Total: -1, Shown: len(f.Cards), Order: "search.order", Step: search.DefaultHits, Later: after != "", First: s.address(s.Board, s.State, s.Period, ""),
	}
	if f.Next != "" {
		s.Pager.Next = s.address(s.Board, s.State, s.Period, f.Next)
	} else if after == "" {
		s.Pager.Total = len(f.Cards)
	}
}

// address is this search, narrowed otherwise.
func (s *searchView) address(board, state, period, after string) string {
	q := url.Values{"q": {s.Text}}
	for name, value := range map[string]string{"board": board, "state": state, "period": period, "after": after} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return s.Action + "?" + q.Encode()
}

// options are what the search may be narrowed by.
func (s *searchView) options(v *page.Visit, node community.Node) {
	s.Boards = []view.Option{{Text: v.T("search.any_board")}}
	for _, b := range deliberation.BoardsIn(node.Settings) {
		name := b.Name
		if !b.Renamed {
			name = v.T("board." + string(b.Key))
		}
		s.Boards = append(s.Boards, view.Option{Value: string(b.Key), Text: name})
	}
	s.States = []view.Option{{Text: v.T("search.any_state")}}
	for _, st := range States() {
		s.States = append(s.States, view.Option{Value: st, Text: v.T("search.state." + st)})
	}
	s.Months = []view.Option{{Text: v.T("search.any_time")}}
	for _, m := range Periods() {
		s.Months = append(s.Months, view.Option{Value: m, Text: v.T("search.period." + m)})
	}
}
