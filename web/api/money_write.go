package api

import (
	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

// NewFund is a year's envelope.
type NewFund struct {
	ID      string          `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Name    string          `json:"name" doc:"At most 40 characters."`
	Purpose string          `json:"purpose" doc:"At most 80 characters."`
	Year    int             `json:"year"`
	CapFen  money.Fen       `json:"cap_fen"`
	Sources []NewFundSource `json:"sources" doc:"At most six."`
}

// NewFundSource is one giver.
type NewFundSource struct {
	Kind  ledger.SourceKind `json:"kind"`
	Name  string            `json:"name" doc:"At most 40 characters."`
	Parts int64             `json:"parts" doc:"Its side of the ratio, 1 to 10000."`
}

// setFund sets up a fund.
func (a *Actions) setFund(c *Call, in NewFund) (FundCard, error) {
	cmd := ledger.SetFund{ID: ledger.FundID(c.token(in.ID)), Node: nodeOf(c), Terms: ledger.Terms{Name: in.Name, Purpose: in.Purpose, Year: in.Year, Cap: in.CapFen}}
	for _, s := range in.Sources {
		cmd.Sources = append(cmd.Sources, ledger.Source{Kind: s.Kind, Name: s.Name, Parts: s.Parts})
	}
	f, err := a.Ledger.SetFund(c.Context(), c.Actor, cmd)
	if err != nil {
		return FundCard{}, err
	}
	return showFundCard(f), nil
}

// FundCap is another envelope for a fund.
type FundCap struct {
	CapFen money.Fen `json:"cap_fen"`
	Reason string    `json:"reason" doc:"Everybody reads it. At most 100 characters."`
	Seen   int       `json:"seen" doc:"The changes of the fund that the caller knows."`
}

// changeFundCap changes the envelope.
func (a *Actions) changeFundCap(c *Call, in FundCap) (FundCard, error) {
	f, err := a.Ledger.ChangeCap(c.Context(), c.Actor, ledger.ChangeCap{Fund: fundOf(c), Cap: in.CapFen, Reason: in.Reason, Seen: in.Seen})
	if err != nil {
		return FundCard{}, err
	}
	return showFundCard(f), nil
}

// NewVoucher is a voucher on its way to its second person.
type NewVoucher struct {
	ID      string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Kind    ledger.Kind            `json:"kind"`
	Fen     money.Fen              `json:"fen,omitempty" doc:"Above zero, at most 100000000000. Of a reversal it is the reversed one's."`
	Purpose string                 `json:"purpose" doc:"Everybody reads it. At most 80 characters."`
	Date    string                 `json:"date" doc:"Of the paper, for example 2026-09-14."`
	Photos  []deliberation.PhotoID `json:"photos" doc:"Ids of uploaded photos of the papers, one to four."`

	Source   int            `json:"source,omitempty" doc:"Of receive and return: the source's number, from 1."`
	Line     int            `json:"line,omitempty" doc:"Of commit, settle and move: the purpose's number; of allocate, one that is there."`
	Deal     int            `json:"deal,omitempty" doc:"Of pay, refund and release: the contract's number."`
	Project  string         `json:"project,omitempty" doc:"Of allocate and move: the project that gets it."`
	Title    string         `json:"title,omitempty" doc:"Of allocate and move: a named purpose; of commit: the contract. At most 40 characters."`
	Payee    string         `json:"payee,omitempty" doc:"Of commit. At most 40 characters."`
	Private  bool           `json:"private,omitempty" doc:"The payee is a person, masked for everybody else."`
	Reverses ledger.EntryID `json:"reverses,omitempty" doc:"Of reverse: the posted voucher."`
}

var errVoucherDate = fault.New(fault.Invalid, "ledger.bad_date").On("date")

// draftVoucher writes a voucher down for another person to post.
func (a *Actions) draftVoucher(c *Call, in NewVoucher) (Voucher, error) {
	day, err := calendar.ParseDate(in.Date)
	if err != nil {
		return Voucher{}, errVoucherDate.Because(err)
	}
	f, e, err := a.Ledger.DraftVoucher(c.Context(), c.Actor, ledger.DraftVoucher{Fund: fundOf(c), Entry: ledger.EntryID(c.token(in.ID)), Draft: ledger.Draft{
		Kind: in.Kind, Fen: in.Fen, Purpose: in.Purpose, Date: day, Papers: in.Photos, Source: in.Source, Line: in.Line, Deal: in.Deal, Project: in.Project, Title: in.Title,
		Payee: ledger.Payee{Name: in.Payee, Private: in.Private}, Reverses: in.Reverses,
	}})
	if err != nil {
		return Voucher{}, err
	}
	return showVoucher(f, e, false), nil
}

// VoucherDecision is what somebody makes of a voucher that waits.
type VoucherDecision struct {
	Verdict ledger.Verdict `json:"verdict"`
	Why     string         `json:"why,omitempty" doc:"Needed to refuse. At most 100 characters."`
}

// decideVoucher posts or refuses a voucher as a second person, or withdraws one's own.
func (a *Actions) decideVoucher(c *Call, in VoucherDecision) (Voucher, error) {
	f, e, err := a.Ledger.DecideVoucher(c.Context(), c.Actor, ledger.DecideVoucher{Fund: fundOf(c), Entry: voucherOf(c), Verdict: in.Verdict, Why: in.Why})
	if err != nil {
		return Voucher{}, err
	}
	return showVoucher(f, e, false), nil
}
