package desk

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/deliberation/catalogue"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/search"
	"jushou/web/view"
)

// workView is what may be done about a topic now: one step in sight, the others folded.
type workView struct {
	May   deliberation.May
	First string // the step in sight, "" if there is none
	Here  string
	Form  moderation
	Token string
	Seen  string // Work.Dispatches as the form saw it
	// Suggested and Departments are where it may be dispatched to; Sought says that Suggested answers a search.
	Suggested   []view.Option
	Departments []view.Option
	Sought      bool
	Boards      []view.Option
	// Twins are topics it may be merged with.
	Twins      []view.Option
	TwinSought bool
	// Contest is what a department said against the dispatch, and More is the request for a later day.
	Contest         string
	MoreTo, MoreWhy string
	MoreWho         string
	Refusals        []view.Option
}

// order is which step stands in sight, the most urgent first.
func order(m deliberation.May) string {
	for _, s := range []struct {
		may  bool
		name string
	}{
		{m.DecideExtension, "decide"}, {m.Review, "review"}, {m.Uphold, "uphold"}, {m.Verify, "verify"}, {m.Report, "report"},
		{m.Take && !m.Dispatch, "take"}, {m.Accept, "accept"}, {m.Dispatch, "dispatch"}, {m.Take, "take"},
	} {
		if s.may {
			return s.name
		}
	}
	return ""
}

// work gathers what the steps of a topic need. While nothing was answered, answering is the step in sight.
func (p *Pages) work(v *page.Visit, t deliberation.TopicView, node community.Node, form moderation) (workView, error) {
	w := workView{May: t.May, Here: "/desk/t/" + string(t.ID), Form: form, Token: form.Values["token"], First: order(t.May)}
	if !ids.Valid(w.Token) {
		w.Token = ids.New(v.Now)
	}
	if t.Work != nil {
		w.Seen = seen(t.Work.Dispatches)
		if n := len(t.Work.Contests); n > 0 && t.Contested() {
			w.Contest = t.Work.Contests[n-1].Reason
		}
	} else {
		w.Seen = seen(0)
	}
	if r, ok := t.Resolution.Asked(); ok {
		w.MoreTo, w.MoreWhy, w.MoreWho = r.To.String(), r.Reason, r.By.Name
	}
	for _, k := range deliberation.RefusalKinds() {
		w.Refusals = append(w.Refusals, view.Option{Value: string(k), Text: v.T("refusal." + string(k))})
	}
	if t.May.Move {
		w.Boards = boardOptions(v, node, t.Board)
	}
	if t.May.Merge {
		if err := p.twins(v, t, &w); err != nil {
			return w, err
		}
	}
	if t.May.Dispatch {
		return w, p.places(v.Context(), v, t, &w)
	}
	return w, nil
}

// places fills in where a topic may be dispatched to: what somebody looked for, or what the text suggests.
func (p *Pages) places(ctx context.Context, v *page.Visit, t deliberation.TopicView, w *workView) error {
	list, err := p.Catalogue.Current(ctx, t.Town())
	if err != nil {
		if errors.Is(err, catalogue.ErrNone) {
			return nil
		}
		return err
	}
	item := func(i catalogue.Item) view.Option {
		d, _ := list.Department(i.Department)
		return view.Option{Value: i.Key, Text: i.Name + " · " + v.T("work.item_days", "department", d.Name, "n", seen(i.ResolveDays))}
	}
	if words := w.Form.Values["find"]; words != "" && w.Form.Step == "dispatch" {
		w.Sought = true
		for _, i := range firstOf(list.Search(words, ""), 12) {
			w.Suggested = append(w.Suggested, item(i))
		}
	} else {
		for _, s := range list.Suggest(t.Title+"\n"+t.Body, 5) {
			w.Suggested = append(w.Suggested, item(s.Item))
		}
	}
	w.Departments = []view.Option{{Text: v.T("work.dispatch_none")}}
	for _, d := range list.Departments {
		w.Departments = append(w.Departments, view.Option{Value: d.Key, Text: d.Name})
	}
	return nil
}

// twins fills in the topics that somebody looked for to merge with, or those that say much the same.
func (p *Pages) twins(v *page.Visit, t deliberation.TopicView, w *workView) error {
	var found []search.Card
	if words := w.Form.Values["find"]; words != "" && w.Form.Step == "merge" {
		w.TwinSought = true
		answer, err := p.Search.Find(v.Context(), v.Actor, search.Ask{Community: t.Community, Text: words, Limit: 8}, v.Now)
		if err != nil {
			w.Form.Problems = v.Refuse(err)
			return nil
		}
		found = answer.Cards
	} else if likes, err := p.Search.Similar(v.Context(), v.Actor, t.Community, t.Title+" "+t.Body, v.Now); err == nil {
		for _, l := range likes {
			found = append(found, l.Card)
		}
	}
	for _, c := range found {
		if c.View != nil && c.View.ID != t.ID && c.View.Kind.Undertakes() {
			w.Twins = append(w.Twins, view.Option{Value: string(c.View.ID), Text: c.Title})
		}
	}
	return nil
}

func boardOptions(v *page.Visit, node community.Node, now deliberation.BoardKey) []view.Option {
	var all []view.Option
	for _, b := range deliberation.BoardsIn(node.Settings) {
		if !b.TakesTopics() || b.Key == now {
			continue
		}
		name := b.Name
		if !b.Renamed {
			name = v.T("board." + string(b.Key))
		}
		all = append(all, view.Option{Value: string(b.Key), Text: name})
	}
	return all
}

func firstOf[T any](all []T, n int) []T { return all[:min(n, len(all))] }

// step takes a step on the topic of the address. Whatever is refused, the form comes back as it was sent.
func (p *Pages) step(v *page.Visit, name string, do func(deliberation.TopicID, moderation) error) error {
	id := v.Param("topic")
	form := formOf(v, name)
	if err := do(deliberation.TopicID(id), form); err != nil {
		form.Problems = v.Refuse(err)
		return p.showTopic(v, form.Problems.Status, answerForm{Seen: -1}, form)
	}
	done := "work." + name + "_done"
	return v.GoSaying("/desk/t/"+id, done)
}

func formOf(v *page.Visit, name string) moderation {
	form := moderation{Step: name, Reason: v.Field("reason"), Values: map[string]string{}}
	for _, f := range []string{"kind", "question", "item", "department", "find", "seen", "body", "into", "board", "to", "token"} {
		form.Values[f] = v.Field(f)
	}
	return form
}

// look shows the topic again with what somebody looked for in one of its forms.
func (p *Pages) look(v *page.Visit, name string) error {
	return p.showTopic(v, 200, answerForm{Seen: -1}, formOf(v, name))
}

// date reads a day of a form; an unreadable one is refused by the use case as not later.
func date(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}
	}
	return d
}
