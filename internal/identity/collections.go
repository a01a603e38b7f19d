package identity

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// The kinds of document this package stores, besides KindHousehold.
const (
	KindAccount  docstore.Kind = "account"
	KindBinding  docstore.Kind = "wechat_binding" // keyed hash of the openid → account
	KindPhone    docstore.Kind = "phone_claim"    // keyed hash of the phone → account
	KindStanding docstore.Kind = "standing"       // node, role, account: found from the node's side
	KindLook     docstore.Kind = "person_look"    // who saw whose unmasked fields
	KindLogin    docstore.Kind = "login"          // a desk login by QR code
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(name string) docstore.Field { return docstore.Field{Name: name} }
	instant := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Int} }
	return []docstore.Collection{
		{Kind: KindHousehold, Fields: []docstore.Field{text("community"), text("building")}, Indexes: []docstore.Index{
			{Name: "by_building", Fields: []string{"community", "building"}},
		}},
		{Kind: KindAccount, Fields: []docstore.Field{text("pending_in"), text("pending_home"), instant("pending_since")}, Indexes: []docstore.Index{
			{Name: "pending", Fields: []string{"pending_in", "pending_since"}},
			{Name: "pending_home", Fields: []string{"pending_home"}},
		}},
		{Kind: KindBinding},
		{Kind: KindPhone},
		{Kind: KindStanding, Fields: []docstore.Field{text("node"), text("role"), text("board"), text("account")}, Indexes: []docstore.Index{
			{Name: "by_role", Fields: []string{"node", "role", "board", "account"}},
			{Name: "by_account", Fields: []string{"account"}},
		}},
		{Kind: KindLook, Fields: []docstore.Field{text("whom"), instant("at")}, Indexes: []docstore.Index{
			{Name: "by_whom", Fields: []string{"whom", "at"}},
		}},
		{Kind: KindLogin, Fields: []docstore.Field{instant("expires")}, Indexes: []docstore.Index{
			{Name: "by_expiry", Fields: []string{"expires"}},
		}},
	}
}

// claim is a document whose key makes something unique: one WeChat id, one phone.
type claim struct {
	Account AccountID `json:"account"`
	At      time.Time `json:"at"`
}

func accountTable(store docstore.Store) docstore.Table[Account] {
	return docstore.Table[Account]{
		Store: store, Kind: KindAccount,
		Fields: func(a Account) docstore.Fields {
			p, ok := a.Pending()
			if !ok {
				return nil
			}
			return docstore.Fields{
				"pending_in": string(p.Community), "pending_home": string(p.Household), "pending_since": p.Since.UnixMilli(),
			}
		},
		Scope: func(a Account) string { return string(a.scope) },
	}
}

func standingTable(store docstore.Store) docstore.Table[standing] {
	return docstore.Table[standing]{
		Store: store, Kind: KindStanding,
		Fields: func(s standing) docstore.Fields {
			return docstore.Fields{"node": string(s.Node), "role": string(s.Role), "board": s.Board, "account": string(s.Account)}
		},
		Scope: func(s standing) string { return string(s.Node) },
	}
}

func lookTable(store docstore.Store) docstore.Table[Look] {
	return docstore.Table[Look]{
		Store: store, Kind: KindLook,
		Fields: func(l Look) docstore.Fields {
			return docstore.Fields{"whom": string(l.Whom), "at": l.At.UnixMilli()}
		},
		Scope: func(l Look) string { return string(l.Community) },
	}
}

func claimTable(store docstore.Store, kind docstore.Kind) docstore.Table[claim] {
	return docstore.Table[claim]{Store: store, Kind: kind}
}

func loginTable(store docstore.Store) docstore.Table[LoginTicket] {
	return docstore.Table[LoginTicket]{
		Store: store, Kind: KindLogin,
		Fields: func(t LoginTicket) docstore.Fields { return docstore.Fields{"expires": t.Expires.UnixMilli()} },
	}
}

// standing is one line of the index from a node to the people who stand there. The account is the truth;
// Version is the account's when the line was last found right, so that a late writer cannot undo a newer one.
type standing struct {
	Node    community.ID `json:"node"`
	Role    Standing     `json:"role"`
	Board   string       `json:"board,omitempty"`
	Account AccountID    `json:"account"`
	Version int64        `json:"version"`
}

func (s standing) id() string {
	return string(s.Node) + "." + string(s.Role) + "." + s.Board + "." + string(s.Account)
}
