package api

import "jushou/web/money"

func moneyTable() []Action {
	const (
		place    = "community.no_node ledger.not_found"
		desk     = denied + " ledger.not_found"
		own      = denied + " " + place
		terms    = "ledger.no_name ledger.name_too_long ledger.no_purpose ledger.purpose_too_long ledger.bad_year ledger.bad_cap ledger.no_sources ledger.too_many_sources ledger.bad_source ledger.bad_parts ledger.matched_alone"
		content  = "topic.bad_token topic.bad_photo ledger.bad_kind ledger.no_amount ledger.amount_too_large ledger.no_purpose ledger.purpose_too_long ledger.bad_date ledger.no_paper ledger.too_many_papers ledger.no_payee ledger.payee_too_long ledger.title_too_long"
		accounts = "ledger.no_target ledger.over_share ledger.over_given ledger.not_matched ledger.over_fund ledger.over_line ledger.over_deal ledger.over_paid ledger.over_approved ledger.settled ledger.open_deals ledger.not_all ledger.project_not_open ledger.no_project ledger.reversed ledger.cannot_reverse"
		workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	)
	year := Argument{Name: "year", Doc: "Left out for the newest that has funds.", Number: true}
	return []Action{
		asks("openMoney", "GET /open/communities/{community}/money", "The funds of a community or town in a year, for everybody", (*Actions).openMoney).with(year).refuses(place),
		gives("openMoneyTable", "GET /open/communities/{community}/money/table", "The same as a workbook, with every voucher", workbook, (*Actions).openMoneyTable).with(year).refuses(place),
		asks("readFund", "GET /funds/{fund}", "A fund's accounts and everything posted in it, for everybody", (*Actions).readFund).refuses("ledger.not_found"),

		asks("deskMoney", "GET /desk/{node}/money", "The funds of a place and the vouchers that wait", (*Actions).deskMoney).with(year).refuses(own),
		asks("checkMoney", "GET /desk/{node}/money/check", "Replay every voucher and say what does not agree", (*Actions).checkMoney).refuses(own),
		sends("setFund", "POST /desk/{node}/money/funds", "Set up a year's fund", (*Actions).setFund).created().refuses(own, terms, "topic.bad_token ledger.token_taken"),
		sends("changeFundCap", "PUT /funds/{fund}/cap", "Change a fund's cap, with a reason that everybody reads", (*Actions).changeFundCap).
			refuses(desk, "ledger.bad_cap ledger.same_cap ledger.no_reason ledger.reason_too_long ledger.stale ledger.below_received ledger.too_many_changes"),
		asks("listVouchers", "GET /funds/{fund}/vouchers", "All vouchers of a fund for the people of its accounts, the first one first", (*Actions).listVouchers).refuses(desk),
		sends("draftVoucher", "POST /funds/{fund}/vouchers", "Draft a voucher, for another person to post", (*Actions).draftVoucher).created().
			refuses(desk, content, accounts, "ledger.token_taken ledger.full ledger.too_many_waiting"),
		asks("readVoucher", "GET /funds/{fund}/vouchers/{voucher}", "One voucher, for the people of the accounts", (*Actions).readVoucher).refuses(desk),
		sends("decideVoucher", "POST /funds/{fund}/vouchers/{voucher}/decision", "Post or refuse what another person drafted; withdraw one's own", (*Actions).decideVoucher).
			refuses(desk, accounts, "ledger.own_voucher ledger.own_project ledger.decided ledger.no_reason ledger.reason_too_long ledger.bad_verdict"),
		gives("voucherPaper", "GET /funds/{fund}/vouchers/{voucher}/photos/{photo}/{variant}", "A photo of a voucher's paper: thumb or full", "image/jpeg", (*Actions).voucherPaper).
			refuses(desk, noPicture),
	}
}

// openMoneyTable returns a place's accounts as a workbook.
func (a *Actions) openMoneyTable(c *Call) ([]byte, error) {
	found, err := a.Ledger.Open(c.Context(), c.Actor, placeOf(c), yearOf(c))
	if err != nil {
		return nil, err
	}
	return money.Workbook(c.Visit, found)
}
