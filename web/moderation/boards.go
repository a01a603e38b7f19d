package moderation

import (
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// boardsView is what a community has decided about its boards.
type boardsView struct {
	To       string
	Version  string
	Rural    bool
	Minutes  string
	Boards   []boardView
	Problems view.Problems
}

// boardView is one board as the form has it.
type boardView struct {
	Key, Title, Name string // Name is the community's own, "" for the catalogue's
	Order            string
	On, Fixed        bool
	Official         bool
	Posters          map[string]bool
	Owner            view.Choice
	Clock, Patrolled bool
	Moderation       view.Choice
	Write            string // where the visitor writes on the board, "" where they may not
	Open             bool   // something about it was refused
}

// Boards shows a community's boards, to those who set them and, to read and to write on, to the other staff.
func (p *Pages) Boards(v *page.Visit) error {
	return p.boards(v, nil, view.Problems{Status: 200})
}

func (p *Pages) boards(v *page.Visit, typed *deliberation.ChangeBoards, problems view.Problems) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.SetBoards, identity.At(r.Node)); err != nil {
		return err
	}
	s := r.Node.Settings
	shown := boardsView{
		To: r.Path("/boards"), Version: strconv.Itoa(s.BoardsVersion), Rural: s.Rural, Problems: problems,
		Minutes: strconv.Itoa(int(deliberation.EditWindowOf(s).Minutes())),
	}
	for i, b := range deliberation.PlannedBoards(s) {
		shown.Boards = append(shown.Boards, p.boardView(v, r, b, i))
	}
	if typed != nil {
		shown.Minutes = v.Field("minutes")
		for i := range shown.Boards {
			shown.Boards[i].retype(v)
		}
	}
	d, err := p.Desk(v, r, "boards")
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, BoardsPage(d, shown))
}

func (p *Pages) boardView(v *page.Visit, r console.Room, b deliberation.Board, i int) boardView {
	x := boardView{
		Key: string(b.Key), Title: story.BoardName(b, v), Order: strconv.Itoa(i + 1), On: b.On, Fixed: b.Key == deliberation.BoardNotice,
		Official: b.Official(), Posters: map[string]bool{}, Clock: b.Clock, Patrolled: b.Patrolled,
		Owner:      view.Choice{Name: "owner." + string(b.Key), Label: v.T("boards.owner"), Value: ownerValue(b), Options: owners(v)},
		Moderation: view.Choice{Name: "moderation." + string(b.Key), Label: v.T("boards.moderation"), Value: string(b.Moderation)},
	}
	if b.Renamed {
		x.Name = b.Name
	}
	for _, poster := range b.Posters {
		x.Posters[string(poster)] = true
	}
	for _, m := range deliberation.Moderations() {
		x.Moderation.Options = append(x.Moderation.Options, view.Option{Value: string(m), Text: v.T("boards.moderation." + string(m))})
	}
	if b.On && r.SpeaksOn(b) {
		x.Write = r.SpeakPath(b)
	}
	return x
}

// retype puts back what was typed where the form was refused.
func (b *boardView) retype(v *page.Visit) {
	c := changed(v, deliberation.BoardKey(b.Key))
	b.On, b.Name, b.Clock, b.Patrolled = c.On || b.Fixed, c.Name, c.Clock, c.Patrolled
	b.Posters = map[string]bool{}
	for _, poster := range c.Posters {
		b.Posters[string(poster)] = true
	}
	b.Owner.Value, b.Moderation.Value, b.Order = v.Field("owner."+b.Key), string(c.Moderation), v.Field("order."+b.Key)
}

// owners lists who may answer first on a board: a role, or one of the partners.
func owners(v *page.Visit) []view.Option {
	var all []view.Option
	for _, role := range []identity.Role{identity.RoleStaff, identity.RoleSecretary, identity.RoleBranch} {
		all = append(all, view.Option{Value: string(role), Text: v.T("open.role." + string(role))})
	}
	for _, partner := range deliberation.Partners() {
		all = append(all, view.Option{Value: string(identity.RolePartner) + ":" + partner, Text: v.T("open.role." + partner)})
	}
	return all
}

func ownerValue(b deliberation.Board) string {
	if b.Owner == identity.RolePartner {
		return string(b.Owner) + ":" + b.Partner
	}
	return string(b.Owner)
}

// SetBoards changes a community's boards, or puts those of a neighbourhood or a village back.
func (p *Pages) SetBoards(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	cmd := deliberation.ChangeBoards{Community: r.Node.ID, Rural: r.Node.Settings.Rural}
	if cmd.Version, err = strconv.Atoi(v.Field("version")); err != nil {
		cmd.Version = -1
	}
	if cmd.EditMinutes, err = strconv.Atoi(v.Field("minutes")); err != nil {
		cmd.EditMinutes = -1
	}
	switch reset := v.Field("reset"); reset {
	case "urban", "rural":
		cmd.Rural = reset == "rural"
	default:
		cmd.Boards = typedBoards(v)
	}
	if _, err := p.Topics.ChangeBoards(v.Context(), v.Actor, cmd); err != nil {
		return p.boards(v, &cmd, v.Refuse(err))
	}
	return v.GoSaying(r.Path("/boards"), "boards.saved")
}

// typedBoards reads the boards of the form in the order of the numbers beside them.
func typedBoards(v *page.Visit) []deliberation.BoardChange {
	var all []deliberation.BoardChange
	place := map[deliberation.BoardKey]int{}
	for i, b := range deliberation.Boards() {
		n, err := strconv.Atoi(v.Field("order." + string(b.Key)))
		if err != nil {
			n = 100 + i
		}
		place[b.Key] = n
		all = append(all, changed(v, b.Key))
	}
	slices.SortStableFunc(all, func(a, b deliberation.BoardChange) int { return place[a.Key] - place[b.Key] })
	return all
}

func changed(v *page.Visit, key deliberation.BoardKey) deliberation.BoardChange {
	field := func(name string) string { return v.Field(name + "." + string(key)) }
	role, partner, _ := strings.Cut(field("owner"), ":")
	c := deliberation.BoardChange{
		Key: key, On: field("on") != "", Name: field("name"), Owner: identity.Role(role), Partner: partner,
		Clock: field("clock") != "", Patrolled: field("patrolled") != "", Moderation: deliberation.Moderation(field("moderation")),
	}
	for _, poster := range v.Fields("posters." + string(key)) {
		c.Posters = append(c.Posters, deliberation.Poster(poster))
	}
	return c
}
