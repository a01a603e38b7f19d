package desk

import (
	"errors"
	"net/url"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// rolesView is who acts as what at one node.
type rolesView struct {
	Node    community.Node
	Nodes   []view.Option // where the visitor may give roles
	Holders []holder
	Grant   grantForm
}

// holder is one role of one person.
type holder struct {
	Account, Name, Title, Role, Board string
	// Narrowed is what the board is called.
	Narrowed string
}

// grantForm gives a role to whoever has a telephone number.
type grantForm struct {
	Phone, Role, Board, Title string
	Roles, Boards             []view.Option
	Problems                  view.Problems
}

// errNoSuchPhone means that nobody registered with the number.
var errNoSuchPhone = fault.New(fault.NotFound, "desk.no_such_phone").On("phone")

// Roles shows who acts as what, and lets an operator give and take roles.
func (p *Pages) Roles(v *page.Visit) error {
	return p.showRoles(v, grantForm{Problems: view.Problems{Status: 200}})
}

func (p *Pages) showRoles(v *page.Visit, form grantForm) error {
	node, nodes, err := p.governed(v)
	if err != nil {
		return err
	}
	shown := rolesView{Node: node, Grant: form}
	for _, n := range nodes {
		shown.Nodes = append(shown.Nodes, view.Option{Value: string(n.ID), Text: v.T("level."+string(n.Level)) + " · " + n.Name})
	}
	if shown.Holders, err = p.holders(v, node); err != nil {
		return err
	}
	for _, role := range identity.Roles() {
		shown.Grant.Roles = append(shown.Grant.Roles, view.Option{Value: string(role), Text: v.T("role." + string(role))})
	}
	shown.Grant.Boards = []view.Option{{Text: v.T("roles.no_board")}}
	for _, b := range deliberation.Boards() {
		if b.Owner == identity.RolePartner {
			shown.Grant.Boards = append(shown.Grant.Boards, view.Option{Value: string(b.Key), Text: v.T("board." + string(b.Key))})
		}
	}
	if err := p.departments(v, &shown); err != nil {
		return err
	}
	d := view.DeskPage{Title: v.T("desk.roles"), Where: node.Name}
	return v.ShowAs(form.Problems.Status, RolesPage(d, shown))
}

// departments adds the departments of a town to what a role may be narrowed to, and names everybody's board.
func (p *Pages) departments(v *page.Visit, shown *rolesView) error {
	names := map[string]string{}
	if shown.Node.Level == community.LevelTown {
		all, err := p.Catalogue.Departments(v.Context(), shown.Node.ID)
		if err != nil {
			return err
		}
		for _, d := range all {
			board := identity.DepartmentBoard(d.Key)
			names[board] = d.Name
			shown.Grant.Boards = append(shown.Grant.Boards, view.Option{Value: board, Text: d.Name})
		}
	}
	for i, h := range shown.Holders {
		key, department := identity.Department(h.Board)
		switch {
		case h.Board == "":
		case !department:
			shown.Holders[i].Narrowed = v.T("board." + h.Board)
		default:
			shown.Holders[i].Narrowed = either(names[h.Board], key)
		}
	}
	return nil
}

// governed returns the node that the page is about and all nodes where the visitor may give roles.
func (p *Pages) governed(v *page.Visit) (community.Node, []community.Node, error) {
	want := community.ID(either(v.Query("node"), v.Field("node")))
	var nodes []community.Node
	for _, g := range v.Actor.Grants {
		if g.Role != identity.RoleAdmin {
			continue
		}
		top, err := p.Directory.Node(v.Context(), g.Node)
		if err != nil {
			return community.Node{}, nil, err
		}
		below, err := p.tree(v, top)
		if err != nil {
			return community.Node{}, nil, err
		}
		nodes = append(nodes, below...)
	}
	for _, n := range nodes {
		if n.ID == want || want == "" {
			return n, nodes, nil
		}
	}
	if len(nodes) == 0 {
		return community.Node{}, nil, identity.Can(v.Actor, identity.GrantRole, identity.Place{})
	}
	return community.Node{}, nil, page.ErrNotFound
}

// tree returns a node and everything below it, towns before their communities.
func (p *Pages) tree(v *page.Visit, top community.Node) ([]community.Node, error) {
	nodes := []community.Node{top}
	if top.Level == community.LevelCommunity {
		return nodes, nil
	}
	all, err := p.Directory.Communities(v.Context(), top.ID)
	if err != nil {
		return nil, err
	}
	seen := map[community.ID]bool{top.ID: true}
	for _, c := range all {
		if c.Parent != "" && !seen[c.Parent] {
			seen[c.Parent] = true
			town, err := p.Directory.Node(v.Context(), c.Parent)
			if err != nil {
				return nil, err
			}
			nodes = append(nodes, town)
		}
	}
	return append(nodes, all...), nil
}

func (p *Pages) holders(v *page.Visit, node community.Node) ([]holder, error) {
	var all []holder
	for _, role := range identity.Roles() {
		ids, err := p.People.RoleHolders(v.Context(), role, node.ID)
		if err != nil {
			return nil, err
		}
		names, err := p.People.Names(v.Context(), ids)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			for _, g := range names[id].Grants {
				if g.Role == role && g.Node == node.ID {
					all = append(all, holder{Account: string(id), Name: names[id].Full, Title: g.Title, Role: string(role), Board: g.Board})
				}
			}
		}
	}
	return all, nil
}

// Grant gives a role to whoever registered with the telephone number.
func (p *Pages) Grant(v *page.Visit) error {
	form := grantForm{Phone: v.Field("phone"), Role: v.Field("role"), Board: v.Field("board"), Title: v.Field("title")}
	node := community.ID(v.Field("node"))
	id, _, err := p.People.FindByPhone(v.Context(), v.Actor, node, form.Phone)
	if errors.Is(err, docstore.ErrNotFound) {
		err = errNoSuchPhone.Because(err)
	}
	if err == nil {
		err = p.People.GrantRole(v.Context(), v.Actor, id, identity.Grant{Role: identity.Role(form.Role), Node: node, Board: form.Board, Title: form.Title})
	}
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showRoles(v, form)
	}
	return v.GoSaying("/desk/roles?node="+url.QueryEscape(string(node)), "roles.granted")
}

// Revoke takes a role away. What somebody answered in it stays.
func (p *Pages) Revoke(v *page.Visit) error {
	node := community.ID(v.Field("node"))
	err := p.People.RevokeRole(v.Context(), v.Actor, identity.AccountID(v.Field("account")), identity.Grant{
		Role: identity.Role(v.Field("role")), Node: node, Board: v.Field("board"),
	})
	if err != nil {
		return p.showRoles(v, grantForm{Problems: v.Refuse(err)})
	}
	return v.GoSaying("/desk/roles?node="+url.QueryEscape(string(node)), "roles.revoked")
}
