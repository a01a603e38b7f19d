package digest

import (
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// listView is what a community passed up.
type listView struct {
	Home  string
	Cards []card
	Pager view.Pager
	Desk  string // for who sorts there
}

// Public lists what a community passed up, for those who live there.
func (p *Pages) Public(v *page.Visit) error {
	if v.Actor.ID == "" && v.InWeChat() {
		return identity.ErrSignIn
	}
	in := community.ID(v.Param("community"))
	found, err := p.Digests.Published(v.Context(), v.Actor, in, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	home := "/c/" + string(in)
	shown := listView{Home: home, Pager: pager(v, home+"/digests", found)}
	for _, d := range found.Items {
		shown.Cards = append(shown.Cards, cardOf(v, d, "/digest/"))
		if d.May.Work {
			shown.Desk = "/desk" + home + "/digests"
		}
	}
	return v.Show(PublicPage(shown))
}

// topicLine is a topic in a group.
type topicLine struct {
	ID, Href, Title, Who, Board string
	At                          time.Time
	Voices                      int
}

func lineOf(v *page.Visit, t deliberation.TopicView, base string) topicLine {
	return topicLine{
		ID: string(t.ID), Href: base + string(t.ID), Title: t.Title, Who: speaker(v, t.Author), Board: "board." + string(t.Board), At: t.CreatedAt, Voices: t.Voices(),
	}
}

// groupView is a group as a page shows it.
type groupView struct {
	digest.Group
	N      int // counted from 1
	Size   string
	Topics []topicLine
	More   string // address of the whole group, "" where all is shown
	// Gone is how many of those meant to be shown are not public any more.
	Gone    int
	Answers []answerView // the one that holds first
}

// answerView is what the town said.
type answerView struct {
	digest.Answer
	UntilWords, ByWords string
}

// told is how many topics of a group a digest's own page shows.
const told = 3

// groupsOf shows the groups with their first topics, or with most 0 all of them.
func (p *Pages) groupsOf(v *page.Visit, d digest.View, most int, base, topics string) ([]groupView, error) {
	found, err := p.Digests.TopicsOf(v.Context(), v.Actor, d, most)
	if err != nil {
		return nil, err
	}
	shown := make([]groupView, len(d.Groups))
	for i, g := range d.Groups {
		shown[i] = groupView{Group: g, N: i + 1, Size: sizeWords(v, g)}
		some := g.Topics
		if most > 0 && len(some) > most {
			some, shown[i].More = some[:most], base+"/groups/"+string(g.ID)
		}
		for _, id := range some {
			if t, ok := found[id]; ok {
				shown[i].Topics = append(shown[i].Topics, lineOf(v, t, topics))
			} else {
				shown[i].Gone++
			}
		}
		for n := len(g.Answers) - 1; n >= 0; n-- {
			a := g.Answers[n]
			shown[i].Answers = append(shown[i].Answers, answerView{a, untilWords(v, a), who(a.By)})
		}
	}
	return shown, nil
}

func sizeWords(v *page.Visit, g digest.Group) string {
	if g.Voices == 0 {
		return v.T("digest.size_unknown", "n", strconv.Itoa(len(g.Topics)))
	}
	return v.T("digest.size", "n", strconv.Itoa(len(g.Topics)), "voices", strconv.Itoa(g.Voices))
}

// recordView is a digest with everything that may be read of it.
type recordView struct {
	D           digest.View
	Name, Town  string // of the community, and of the town
	Period, Due string
	Late        bool
	Tally       string
	Groups      []groupView
	Story       []view.Moment
	// Print, Table and Desk are addresses; "" where there is nothing, or not for the reader.
	Print, Table, Desk string
}

func (p *Pages) record(v *page.Visit, d digest.View) (recordView, error) {
	r := recordView{D: d, Period: periodWords(v, d)}
	r.Due, r.Late = dueWords(v, d)
	node, err := p.Directory.Node(v.Context(), d.Community)
	if err != nil {
		return r, err
	}
	town, err := p.Directory.Node(v.Context(), node.Parent)
	if err != nil {
		return r, err
	}
	r.Name, r.Town = node.Name, town.Name
	if d.Tally.Topics > 0 {
		r.Tally = v.T("digest.tally", "all", strconv.Itoa(d.Tally.Topics), "voices", strconv.Itoa(d.Tally.Voices), "topics", strconv.Itoa(d.Placed()))
	}
	for _, e := range d.History {
		text := e.Words
		if e.Group != "" {
			text = v.T("digest.said_of", "group", e.Group, "words", e.Words)
		}
		r.Story = append(r.Story, view.Moment{Who: e.Name, Role: e.Title, What: "story." + e.What, Text: text, At: e.At})
	}
	if len(d.Groups) > 0 {
		r.Print = "/digest/" + string(d.ID) + "/print"
	}
	if len(d.Groups) > 0 && (d.May.Work || d.May.Town) {
		r.Table = "/digest/" + string(d.ID) + "/table.xlsx"
	}
	if d.May.Work || d.May.Town {
		r.Desk = "/desk/digest/" + string(d.ID)
	}
	return r, nil
}

// read loads the digest of the address.
func (p *Pages) read(v *page.Visit) (digest.View, error) {
	return p.Digests.Digest(v.Context(), v.Actor, digest.ID(v.Param("digest")))
}

// Record shows what was passed up, and what came of it.
func (p *Pages) Record(v *page.Visit) error {
	d, err := p.read(v)
	if err != nil {
		return err
	}
	r, err := p.record(v, d)
	if err != nil {
		return err
	}
	if r.Groups, err = p.groupsOf(v, d, told, "/digest/"+string(d.ID), "/t/"); err != nil {
		return err
	}
	return v.Show(RecordPage(r, "/c/"+string(d.Community)+"/digests"))
}

// Group shows a whole group.
func (p *Pages) Group(v *page.Visit) error {
	d, err := p.read(v)
	if err != nil {
		return err
	}
	g, ok := d.Group(digest.GroupID(v.Param("group")))
	if !ok {
		return digest.ErrNotFound
	}
	d.Groups = []digest.Group{g}
	groups, err := p.groupsOf(v, d, 0, "", "/t/")
	if err != nil {
		return err
	}
	return v.Show(GroupPage(groups[0], "/digest/"+string(d.ID)+"#g-"+string(g.ID)))
}

// Print shows everything on paper, authors masked.
func (p *Pages) Print(v *page.Visit) error {
	d, err := p.read(v)
	if err != nil {
		return err
	}
	r, err := p.record(v, d)
	if err != nil {
		return err
	}
	if r.Groups, err = p.groupsOf(v, d, 0, "", "/t/"); err != nil {
		return err
	}
	return v.Show(PrintPage(r, "/digest/"+string(d.ID)))
}
