package identity

import (
	"slices"
	"time"
	"unicode/utf8"

	"jushou/internal/docstore"
)

// maxTitle is the longest title beside a name, in runes.
const maxTitle = 20

// Grant gives a role. Giving it again changes the title only. A partner's grant names its board and a department's
// the department; no other names one.
func (a Account) Grant(g Grant, by string, now time.Time) (Account, []docstore.Fact, error) {
	g.Title, g.Since = clean(g.Title), now
	switch {
	case a.IsErased():
		return a, nil, ErrErased
	case !slices.Contains(Roles(), g.Role) || g.Node == "":
		return a, nil, ErrBadGrant
	case !g.Role.narrowed(g.Board):
		return a, nil, ErrBadGrant.On("board")
	case utf8.RuneCountInString(g.Title) > maxTitle:
		return a, nil, ErrBadGrant.On("title").With("max", maxTitle)
	}
	a.Grants = slices.Clone(a.Grants)
	if i := a.holds(g); i >= 0 {
		if a.Grants[i].Title == g.Title {
			return a, nil, nil
		}
		a.Grants[i].Title = g.Title
	} else {
		if len(a.Grants) >= maxGrants {
			return a, nil, ErrBadGrant.With("max", maxGrants)
		}
		a.Grants = append(a.Grants, g)
	}
	a.scope = g.Node
	return a, []docstore.Fact{a.fact(EventGranted, by, now, AccountEvent{Role: g.Role, Node: g.Node, Board: g.Board})}, nil
}

// Revoke takes a role away; taking what is not held changes nothing.
func (a Account) Revoke(g Grant, by string, now time.Time) (Account, []docstore.Fact, error) {
	i := a.holds(g)
	if i < 0 {
		return a, nil, nil
	}
	a.Grants = slices.Delete(slices.Clone(a.Grants), i, i+1)
	a.scope = g.Node
	return a, []docstore.Fact{a.fact(EventRevoked, by, now, AccountEvent{Role: g.Role, Node: g.Node, Board: g.Board})}, nil
}

// holds returns the place of a grant of the same role, node and board.
func (a Account) holds(g Grant) int {
	return slices.IndexFunc(a.Grants, func(x Grant) bool {
		return x.Role == g.Role && x.Node == g.Node && x.Board == g.Board
	})
}
