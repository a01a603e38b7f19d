package resident

import (
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/page"
)

// reader is who a shared piece of a page is made for: not a person, but everybody with the same right to read a
// community. Nothing of the visitor who happened to ask first gets into it.
type reader struct {
	actor identity.Actor
	// name is the part of the cache's key: "member" or "public".
	name string
}

// readerAt returns as what the visitor reads a community.
func readerAt(v *page.Visit, node community.Node) reader {
	if identity.Can(v.Actor, identity.ReadCommunity, identity.At(node)) != nil {
		return reader{name: "public"}
	}
	return reader{name: "member", actor: identity.Actor{
		Memberships: []identity.Membership{{Community: node.ID, Status: identity.MemberVerified}},
	}}
}

func (r reader) member() bool { return r.name == "member" }

// standing returns the visitor's latest membership of a community.
func standing(a identity.Actor, c community.ID) (identity.Membership, bool) {
	var last identity.Membership
	found := false
	for _, m := range a.Memberships {
		if m.Community == c && (!found || m.Since.After(last.Since)) {
			last, found = m, true
		}
	}
	return last, found
}

// stranger reports whether the visitor should be recognised first: inside WeChat that is silent, and a resident
// whose session has ended must not meet the page of a stranger.
func stranger(v *page.Visit) bool { return v.Actor.ID == "" && v.InWeChat() }
