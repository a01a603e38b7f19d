package notify

import (
	"slices"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/ledger"
)

// Keys of notices about vouchers.
const (
	KeyVoucherWaits   = "notice.voucher_waits"   // who may post it: a voucher was drafted
	KeyVoucherRefused = "notice.voucher_refused" // who drafted it: what is wrong
)

func ledgerKeys() []string { return []string{KeyVoucherWaits, KeyVoucherRefused} }

func ledgerTypes() []string { return []string{ledger.VoucherDrafted, ledger.VoucherRefused} }

// ledgerTemplate says which template message tells it.
func ledgerTemplate(key string) (Template, bool) {
	return templateWork, slices.Contains(ledgerKeys(), key)
}

// planLedger tells of a voucher whoever may post it: of a community's fund the secretary, or the town if the secretary drafted it
// or it is for their own project; of a town's fund the town. What is posted is read in the accounts, and nobody is pushed for it.
func planLedger(e docstore.Event) ([]Share, error) {
	switch e.Type {
	case ledger.VoucherDrafted:
		return with(e, func(n ledger.News) []Share {
			to := Audience{Role: identity.RoleSecretary, Node: n.Node}
			if n.OfTown || n.BySecretary {
				to = Audience{Role: identity.RoleTown, Node: n.Town}
			}
			share := Share{To: to, But: n.By, Nor: n.Own, Draft: voucherNotice(n, KeyVoucherWaits)}
			if !n.OfTown && !n.BySecretary {
				share.Else = &Audience{Role: identity.RoleTown, Node: n.Town}
			}
			return []Share{share}
		})
	case ledger.VoucherRefused:
		return with(e, func(n ledger.News) []Share {
			return []Share{{To: Audience{Person: n.Drafter}, But: n.By, Draft: voucherNotice(n, KeyVoucherRefused)}}
		})
	}
	return nil, nil
}

func voucherNotice(n ledger.News, key string) Draft {
	who := n.ByName
	if n.ByTitle != "" {
		who = n.ByTitle + " " + who
	}
	return Draft{Community: n.Node, Key: key, Link: "/desk/money/" + string(n.Fund) + "/vouchers/" + string(n.Entry), Args: fault.Args{
		"who": who, "title": n.Purpose, "fund": n.Name, "amount": n.Fen.String(), "reason": n.Reason,
	}}
}
