package digest

import (
	"net/url"
	"slices"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// pick is a topic that may be passed up.
type pick struct {
	topicLine
	In              string // heading of its group
	Ticked          bool
	Earlier, Before bool
}

// collectView is a page of the period.
type collectView struct {
	At, Token string // address of the digest; token of a new group
	Seen      string
	Board     string
	After     string
	Boards    []view.Chip
	Picks     []pick
	Groups    []view.Option
	Group     string // chosen
	Heading   string
	Count     string // how many there are, and how many are sorted
	Pager     view.Pager
	Problems  view.Problems
}

// newGroup is the choice of a group that is not there yet.
const newGroup = "new"

// Collect shows a page of the period's topics, to be put into groups.
func (p *Pages) Collect(v *page.Visit) error {
	return p.collect(v, collectView{Board: v.Query("board"), After: v.Query("after"), Group: v.Query("group"), Problems: view.Problems{Status: 200}}, nil)
}

func (p *Pages) collect(v *page.Visit, shown collectView, ticked []string) error {
	_, r, err := p.atDesk(v)
	if err != nil {
		return err
	}
	found, err := p.Digests.Propose(v.Context(), v.Actor, digest.ID(v.Param("digest")), deliberation.BoardKey(shown.Board), docstore.Cursor(shown.After))
	if err != nil {
		return err
	}
	d := found.Digest
	if !d.May.Sort {
		return digest.ErrState.With("step", digest.MoveSort)
	}
	shown.At, shown.Seen = "/desk/digest/"+string(d.ID), itoa(d.Revision)
	if !ids.Valid(shown.Token) {
		shown.Token = ids.New(v.Now)
	}
	for _, x := range found.Items {
		one := pick{topicLine: lineOf(v, x.TopicView, "/desk/t/"), Earlier: x.Earlier, Before: x.Before, Ticked: slices.Contains(ticked, string(x.ID))}
		if g, ok := d.Group(x.In); ok {
			one.In = g.Heading
		}
		shown.Picks = append(shown.Picks, one)
	}
	for _, g := range d.Groups {
		shown.Groups = append(shown.Groups, view.Option{Value: string(g.ID), Text: g.Heading})
	}
	shown.Groups = append(shown.Groups, view.Option{Value: newGroup, Text: v.T("digest.group_new")})
	shown.Boards = boards(v, r.Node.Settings, shown)
	key := "digest.of_period"
	if found.Total >= digest.MaxPeriod {
		key = "digest.of_period_many"
	}
	shown.Count = v.T(key, "n", itoa(found.Total), "placed", itoa(d.Placed()))
	here := shown.At + "/collect?board=" + url.QueryEscape(shown.Board)
	shown.Pager = view.Pager{Total: -1, Shown: len(found.Items), Order: "order.oldest", Step: deliberation.PeriodPage, Later: shown.After != "", First: here}
	if found.Next != "" {
		shown.Pager.Next = here + "&after=" + url.QueryEscape(string(found.Next))
	}
	desk, err := p.Within(v, r, "digests", v.T("digest.collect"), shown.At)
	if err != nil {
		return err
	}
	return v.ShowAs(shown.Problems.Status, CollectPage(desk, shown))
}

// boards are those whose topics may be passed up.
func boards(v *page.Visit, s community.Settings, shown collectView) []view.Chip {
	here := shown.At + "/collect"
	chips := []view.Chip{{Text: v.T("digest.all_boards"), Href: here, Current: shown.Board == ""}}
	for _, b := range deliberation.BoardsIn(s) {
		if b.Asks() && b.Key != deliberation.BoardDoctor && slices.ContainsFunc(b.Kinds, deliberation.Kind.Undertakes) {
			chips = append(chips, view.Chip{Text: b.Name, Href: here + "?board=" + url.QueryEscape(string(b.Key)), Current: shown.Board == string(b.Key)})
		}
	}
	return chips
}

// Place puts what is ticked into a group, which may be a new one.
func (p *Pages) Place(v *page.Visit) error {
	shown := collectView{Board: v.Field("board"), After: v.Field("after"), Group: v.Field("group"), Token: v.Field("token"), Heading: v.Field("heading")}
	ticked := v.Fields("topic")
	if err := p.place(v, shown, ticked); err != nil {
		if lost(err) {
			return err
		}
		shown.Problems = v.Refuse(err)
		return p.collect(v, shown, ticked)
	}
	group := shown.Group
	if group == newGroup {
		group = shown.Token
	}
	back := url.Values{"board": {shown.Board}, "after": {shown.After}, "group": {group}}
	return v.GoSaying("/desk/digest/"+v.Param("digest")+"/collect?"+back.Encode(), "digest.placed")
}

func (p *Pages) place(v *page.Visit, f collectView, ticked []string) error {
	cmd := digest.PlaceTopics{Digest: digest.ID(v.Param("digest")), Group: digest.GroupID(f.Group), Seen: seen(v), Topics: topicIDs(ticked)}
	if f.Group == newGroup {
		cmd.Group, cmd.Make, cmd.Heading = digest.GroupID(f.Token), true, f.Heading
	}
	_, err := p.Digests.PlaceTopics(v.Context(), v.Actor, cmd)
	return err
}

func topicIDs(all []string) []deliberation.TopicID {
	out := make([]deliberation.TopicID, len(all))
	for i, id := range all {
		out[i] = deliberation.TopicID(id)
	}
	return out
}
