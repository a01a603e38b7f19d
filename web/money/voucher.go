package money

import (
	"strconv"

	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/projects/ledger"
	"jushou/web/page"
	"jushou/web/view"
)

// voucherView is one voucher on the desk.
type voucherView struct {
	Here, Fund, FundHref  string
	Line                  entryLine
	State                 string
	Facts                 []factLine
	Photos                []view.Photo
	Decides, Own, Settled bool
	Barred                string // why the visitor does not decide, in words
	Reverse               string // the form that takes it back
	Sheet                 page.Sheet
}

type factLine struct{ Name, Value string }

// Voucher shows a voucher to the people of the accounts.
func (p *Pages) Voucher(v *page.Visit) error { return p.showVoucher(v, page.Sheet{}) }

func (p *Pages) showVoucher(v *page.Visit, s page.Sheet) error {
	f, e, r, err := p.voucher(v)
	if err != nil {
		return err
	}
	shown := voucherView{Here: voucherPath(f, e), Fund: f.Name, FundHref: fundPath(f), Line: entryOf(v, f, e, false), State: stateWords(v, f, e), Facts: factsOf(v, f, e), Sheet: s}
	for _, id := range e.Papers {
		base := shown.Here + "/photos/" + string(id) + "/"
		shown.Photos = append(shown.Photos, view.Photo{Thumb: base + string(photo.Thumb), Full: base + string(photo.Full)})
	}
	drafts := r.May(identity.DraftVoucher)
	switch e.State {
	case ledger.Waits:
		shown.Own = drafts && e.DraftedBy.Account == v.Actor.ID
		refusal := p.Ledger.MayDecide(v.Context(), v.Actor, f, e)
		if fault.KindOf(refusal) == fault.Internal && refusal != nil {
			return refusal
		}
		shown.Decides = refusal == nil
		if refusal != nil {
			shown.Barred = v.Refuse(refusal).Summary
		}
	case ledger.Posted:
		if drafts && e.Kind != ledger.Reverse && f.ReversedBy(e.ID) == "" {
			shown.Reverse = fundPath(f) + "/draft?kind=reverse&of=" + string(e.ID)
		}
	}
	d, err := p.Within(v, r, "money", shown.Line.Kind+" "+shown.Line.Amount, shown.FundHref)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), VoucherPage(d, shown))
}

// stateWords say how a voucher stands and by whom.
func stateWords(v *page.Visit, f ledger.Fund, e ledger.Entry) string {
	if by := f.ReversedBy(e.ID); by != "" {
		reversal, _ := f.Entry(by)
		return v.T("money.state_reversed", "seq", strconv.Itoa(reversal.Seq), "why", reversal.Purpose)
	}
	return v.T("money.state_"+string(e.State), "who", who(e.DecidedBy), "seq", strconv.Itoa(e.Seq), "why", e.Why)
}

func factsOf(v *page.Visit, f ledger.Fund, e ledger.Entry) []factLine {
	facts := []factLine{{v.T("money.line"), titleOf(v, f, e)}, {v.T("money.purpose"), e.Purpose}}
	if payee := f.PayeeOf(e); payee.Name != "" {
		name := payee.Name
		if payee.Private {
			name = v.T("money.payee_masked", "name", payee.Name, "shown", payee.Shown())
		}
		facts = append(facts, factLine{v.T("money.payee"), name})
	}
	return append(facts, factLine{v.T("money.date"), e.Date.String()}, factLine{v.T("money.drafted_by"), who(e.DraftedBy)})
}

// Decide posts a voucher, refuses it, or lets its drafter take it back.
func (p *Pages) Decide(v *page.Visit) error {
	f, e, _, err := p.voucher(v)
	if err != nil {
		return err
	}
	verdict := ledger.Verdict(v.Field("verdict"))
	_, _, err = p.Ledger.DecideVoucher(v.Context(), v.Actor, ledger.DecideVoucher{Fund: f.ID, Entry: e.ID, Verdict: verdict, Why: v.Field("why")})
	if err != nil {
		return p.showVoucher(v, v.RefuseForm("decide", err, "why"))
	}
	return v.GoSaying(fundPath(f), "money.said_"+string(verdict))
}
