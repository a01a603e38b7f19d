package ledger

import (
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
	"time"
)

// Types of events; the data of each is News.
const (
	FundSet          = "ledger.fund_set" // set up, or its cap changed
	VoucherDrafted   = "ledger.drafted"
	VoucherRefused   = "ledger.refused"
	VoucherWithdrawn = "ledger.withdrawn"
	VoucherPosted    = "ledger.posted"
)

// News is the data of every event: what it is about and whom it concerns. A private payee is masked in it.
type News struct {
	Fund FundID       `json:"fund"`
	Node community.ID `json:"node"`
	// Town is that of the fund's place; OfTown says that the fund is the town's own.
	Town   community.ID `json:"town,omitempty"`
	OfTown bool         `json:"of_town,omitempty"`
	Name   string       `json:"name"`
	Year   int          `json:"year"`
	Cap    money.Fen    `json:"cap"`

	Entry   EntryID   `json:"entry,omitempty"`
	Kind    Kind      `json:"kind,omitempty"`
	Seq     int       `json:"seq,omitempty"`
	Fen     money.Fen `json:"fen,omitempty"`
	From    Account   `json:"from,omitempty"`
	To      Account   `json:"to,omitempty"`
	Project string    `json:"project,omitempty"`
	Line    string    `json:"line,omitempty"` // the purpose's title
	Payee   string    `json:"payee,omitempty"`
	Purpose string    `json:"purpose,omitempty"`
	// Reverses is what the voucher takes back.
	Reverses EntryID `json:"reverses,omitempty"`
	Reason   string  `json:"reason,omitempty"`

	By      identity.AccountID `json:"by,omitempty"`
	ByName  string             `json:"by_name,omitempty"`
	ByTitle string             `json:"by_title,omitempty"`
	// BySecretary says that the secretary drafted it, and somebody else has to post it.
	BySecretary bool               `json:"by_secretary,omitempty"`
	Drafter     identity.AccountID `json:"drafter,omitempty"`
	// Own are those whose project it is for, who do not decide about it; in ledger.drafted.
	Own []identity.AccountID `json:"own,omitempty"`
}

func (f Fund) news(by identity.Actor) News {
	_, secretary := by.Holds(identity.RoleSecretary, f.Place())
	n := News{Fund: f.ID, Node: f.Node, Town: f.Town(), OfTown: f.Town() == f.Node, Name: f.Name, Year: f.Year, Cap: f.Cap, By: by.ID, BySecretary: secretary}
	n.ByName, n.ByTitle = by.NameAt(f.Place())
	return n
}

func (f Fund) newsOf(e Entry, by identity.Actor) News {
	n := f.news(by)
	n.Entry, n.Kind, n.Seq, n.Fen, n.From, n.To, n.Purpose, n.Reverses = e.ID, e.Kind, e.Seq, e.Fen, e.From, e.To, e.Purpose, e.Reverses
	n.Payee, n.Reason, n.Drafter = f.PayeeOf(e).Shown(), e.Why, e.DraftedBy.Account
	if projects := f.ProjectsOf(e.Draft); len(projects) > 0 {
		n.Project = projects[0]
	}
	if l, ok := f.line(f.LineFor(e)); ok {
		n.Line = l.Title
	}
	return n
}

func fact(what string, by identity.Actor, at time.Time, data News) docstore.Fact {
	return docstore.Fact{Type: what, Actor: by.Ref(), At: at, Data: data}
}
