package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/money"
	"jushou/internal/photo"
	"jushou/projects/ledger"
)

// MoneyAccounts are the funds of a place in a year.
type MoneyAccounts struct {
	Node   community.ID `json:"node"`
	Year   int          `json:"year"`
	Years  []int        `json:"years" doc:"That have funds, the newest first."`
	CapFen money.Fen    `json:"cap_fen"`
	Sums   MoneySums    `json:"sums"`
	Funds  []FundCard   `json:"funds"`
}

func showAccounts(a ledger.Accounts) MoneyAccounts {
	sums, limit := a.Sums()
	return MoneyAccounts{a.Node.ID, a.Year, append([]int{}, a.Years...), limit, showSums(sums), each(a.Funds, showFundCard)}
}

// openMoney returns a place's accounts to everybody.
func (a *Actions) openMoney(c *Call) (MoneyAccounts, error) {
	found, err := a.Ledger.Open(c.Context(), c.Actor, placeOf(c), yearOf(c))
	if err != nil {
		return MoneyAccounts{}, err
	}
	return showAccounts(found), nil
}

// readFund returns a fund with everything posted in it to everybody.
func (a *Actions) readFund(c *Call) (Fund, error) {
	f, err := a.Ledger.Fund(c.Context(), c.Actor, fundOf(c))
	if err != nil {
		return Fund{}, err
	}
	return Fund{showFundCard(f), each(f.PostedEntries(0), func(e ledger.Entry) Voucher { return showVoucher(f, e, true) })}, nil
}

// MoneyDesk is what a place has and what waits there.
type MoneyDesk struct {
	MoneyAccounts
	Waiting []WaitingVoucher `json:"waiting" doc:"The first one first."`
}

// WaitingVoucher is a voucher that nobody has decided about.
type WaitingVoucher struct {
	Voucher
	Mine bool `json:"mine" doc:"The caller may decide, unless the project is the caller's own."`
}

// deskMoney returns the funds of a place and the vouchers that wait.
func (a *Actions) deskMoney(c *Call) (MoneyDesk, error) {
	found, err := a.Ledger.Desk(c.Context(), c.Actor, nodeOf(c), yearOf(c))
	if err != nil {
		return MoneyDesk{}, err
	}
	jobs, err := a.Ledger.Jobs(c.Context(), c.Actor, nodeOf(c))
	if err != nil {
		return MoneyDesk{}, err
	}
	return MoneyDesk{showAccounts(found), each(jobs, func(j ledger.Job) WaitingVoucher { return WaitingVoucher{showVoucher(j.Fund, j.Entry, false), j.Mine} })}, nil
}

// MoneyCheck is what a reconciliation found.
type MoneyCheck struct {
	Funds    int            `json:"funds"`
	Vouchers int            `json:"vouchers" doc:"Posted."`
	Sums     MoneySums      `json:"sums"`
	Found    []MoneyFinding `json:"found" doc:"Empty where everything agrees."`
}

// MoneyFinding is one thing that does not agree.
type MoneyFinding struct {
	Fund    ledger.FundID  `json:"fund"`
	Voucher ledger.EntryID `json:"voucher,omitempty"`
	Code    string         `json:"code"`
	Detail  string         `json:"detail,omitempty"`
}

// checkMoney replays every voucher of a place.
func (a *Actions) checkMoney(c *Call) (MoneyCheck, error) {
	r, err := a.Ledger.Reconcile(c.Context(), c.Actor, nodeOf(c))
	if err != nil {
		return MoneyCheck{}, err
	}
	return MoneyCheck{r.Funds, r.Entries, showSums(r.Sums), each(r.Found, func(f ledger.Finding) MoneyFinding { return MoneyFinding{f.Fund, f.Entry, f.Code, f.Detail} })}, nil
}

// VoucherList are the vouchers of a fund in the order they were drafted.
type VoucherList struct {
	Fund     FundCard  `json:"fund"`
	Vouchers []Voucher `json:"vouchers"`
}

// listVouchers returns all vouchers of a fund, at most three hundred.
func (a *Actions) listVouchers(c *Call) (VoucherList, error) {
	f, err := a.Ledger.FundAtDesk(c.Context(), c.Actor, fundOf(c))
	if err != nil {
		return VoucherList{}, err
	}
	return VoucherList{showFundCard(f), each(f.Entries, func(e ledger.Entry) Voucher { return showVoucher(f, e, false) })}, nil
}

// readVoucher returns one voucher.
func (a *Actions) readVoucher(c *Call) (Voucher, error) {
	f, err := a.Ledger.FundAtDesk(c.Context(), c.Actor, fundOf(c))
	if err != nil {
		return Voucher{}, err
	}
	e, ok := f.Entry(voucherOf(c))
	if !ok {
		return Voucher{}, ledger.ErrNotFound
	}
	return showVoucher(f, e, false), nil
}

// voucherPaper returns a photo of a voucher.
func (a *Actions) voucherPaper(c *Call) ([]byte, error) {
	id := c.Param("photo")
	ok, err := a.Ledger.Paper(c.Context(), c.Actor, fundOf(c), voucherOf(c), deliberation.PhotoID(id))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, id)
}
