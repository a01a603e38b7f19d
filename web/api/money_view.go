package api

import (
	"strconv"

	"jushou/internal/community"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

// MoneySums are what accounts say.
type MoneySums struct {
	ReceivedFen  money.Fen `json:"received_fen"`
	AllocatedFen money.Fen `json:"allocated_fen" doc:"Allotted to purposes: left there, promised or paid."`
	CommittedFen money.Fen `json:"committed_fen" doc:"Promised: paid or not."`
	PaidFen      money.Fen `json:"paid_fen"`
	BalanceFen   money.Fen `json:"balance_fen" doc:"Received and not paid."`
}

func showSums(s ledger.Sums) MoneySums {
	return MoneySums{s.Received, s.Allocated, s.Committed, s.Paid, s.Balance()}
}

// FundCard is a fund in a list.
type FundCard struct {
	ID      ledger.FundID `json:"id"`
	Node    community.ID  `json:"node" doc:"The community or town it belongs to."`
	Name    string        `json:"name"`
	Purpose string        `json:"purpose"`
	Year    int           `json:"year"`
	CapFen  money.Fen     `json:"cap_fen"`
	Sources []FundSource  `json:"sources"`
	Lines   []FundLine    `json:"lines"`
	Sums    MoneySums     `json:"sums"`
	Changes int           `json:"changes" doc:"How often the cap was set; a change of it names this as seen."`
}

// FundSource is one giver of a fund.
type FundSource struct {
	Kind        ledger.SourceKind `json:"kind"`
	Name        string            `json:"name"`
	Parts       int64             `json:"parts" doc:"Its side of the ratio."`
	ShareFen    money.Fen         `json:"share_fen"`
	ReceivedFen money.Fen         `json:"received_fen"`
}

// FundLine is a purpose.
type FundLine struct {
	N       int       `json:"n" doc:"Its number in the fund."`
	Project string    `json:"project,omitempty"`
	Title   string    `json:"title"`
	Settled bool      `json:"settled"`
	Sums    MoneySums `json:"sums"`
}

func showFundCard(f ledger.Fund) FundCard {
	card := FundCard{ID: f.ID, Node: f.Node, Name: f.Name, Purpose: f.Purpose, Year: f.Year, CapFen: f.Cap, Sums: showSums(f.Sums()), Changes: len(f.Changes), Sources: []FundSource{}, Lines: []FundLine{}}
	for n, s := range f.Sources {
		card.Sources = append(card.Sources, FundSource{s.Kind, s.Name, s.Parts, s.Share, -f.Balances[ledger.SourceAccount(n+1)]})
	}
	for n, s := range f.LineSums() {
		l := f.Lines[n]
		card.Lines = append(card.Lines, FundLine{n + 1, l.Project, l.Title, l.Settled, showSums(s)})
	}
	return card
}

// Fund is a fund with what is posted in it, in its order; private payees are masked.
type Fund struct {
	FundCard
	Posted []Voucher `json:"posted"`
}

// Voucher is one voucher.
type Voucher struct {
	ID       ledger.EntryID `json:"id"`
	Fund     ledger.FundID  `json:"fund"`
	Kind     ledger.Kind    `json:"kind"`
	State    ledger.State   `json:"state"`
	Fen      money.Fen      `json:"fen"`
	Purpose  string         `json:"purpose"`
	Date     string         `json:"date" doc:"Of the paper, for example 2026-09-14."`
	Payee    string         `json:"payee,omitempty"`
	Private  bool           `json:"private,omitempty" doc:"The payee is a person."`
	Line     int            `json:"line,omitempty" doc:"The purpose it is about."`
	Deal     int            `json:"deal,omitempty" doc:"The contract it is under."`
	Source   int            `json:"source,omitempty"`
	Reverses ledger.EntryID `json:"reverses,omitempty"`
	Reversed ledger.EntryID `json:"reversed_by,omitempty"`
	Seq      int            `json:"seq,omitempty" doc:"Its place among what is posted."`
	From     ledger.Account `json:"from,omitempty" doc:"The account the amount left."`
	To       ledger.Account `json:"to,omitempty"`

	DraftedBy Author  `json:"drafted_by"`
	DraftedAt Instant `json:"drafted_at"`
	DecidedBy *Author `json:"decided_by,omitempty"`
	DecidedAt Instant `json:"decided_at,omitzero"`
	Why       string  `json:"why,omitempty" doc:"It was refused."`
	Photos    []Photo `json:"photos" doc:"Only for the people of the accounts."`
}

// showVoucher shows a voucher; everybody gets the payee masked and no papers.
func showVoucher(f ledger.Fund, e ledger.Entry, open bool) Voucher {
	payee := f.PayeeOf(e)
	v := Voucher{
		ID: e.ID, Fund: f.ID, Kind: e.Kind, State: e.State, Fen: e.Fen, Purpose: e.Purpose, Date: e.Date.String(), Payee: payee.Name, Private: payee.Private, Line: f.LineFor(e), Deal: e.Deal,
		Source: e.Source, Reverses: e.Reverses, Reversed: f.ReversedBy(e.ID), Seq: e.Seq, From: e.From, To: e.To, DraftedBy: showAuthor(e.DraftedBy), DraftedAt: Instant{e.DraftedAt}, Why: e.Why, Photos: []Photo{},
	}
	if e.State != ledger.Waits {
		by := showAuthor(e.DecidedBy)
		v.DecidedBy, v.DecidedAt = &by, Instant{e.DecidedAt}
	}
	if open {
		v.Payee = payee.Shown()
		return v
	}
	for _, id := range e.Papers {
		base := Prefix + "/funds/" + string(f.ID) + "/vouchers/" + string(e.ID) + "/photos/" + string(id)
		v.Photos = append(v.Photos, Photo{ID: string(id), Thumb: base + "/thumb", Full: base + "/full"})
	}
	return v
}

func fundOf(c *Call) ledger.FundID { return ledger.FundID(c.Param("fund")) }

func voucherOf(c *Call) ledger.EntryID { return ledger.EntryID(c.Param("voucher")) }

// yearOf is the year that was asked for, 0 for the newest.
func yearOf(c *Call) int {
	year, err := strconv.Atoi(c.Query("year"))
	if err != nil {
		return 0
	}
	return year
}
