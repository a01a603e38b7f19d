package api_test

import (
	"testing"

	"jushou/projects/ledger"
	"jushou/web/api"
)

// keepMoney plays a fund from its envelope to a payment that is taken back.
func keepMoney(t *testing.T, j *judge) {
	chen, zhang, lin, town := j.as("chen"), j.as("zhang"), j.as("lin"), j.as("town")
	terms := m{"name": "自治金", "purpose": "楼道", "year": 2026, "cap_fen": 100_000, "sources": []m{{"kind": "city", "name": "区", "parts": 3}, {"kind": "town", "name": "镇", "parts": 7}}}
	var f api.FundCard
	lin.call("POST", "/desk/hexiang/money/funds", terms, nil).refused(403, "identity.denied")
	zhang.call("POST", "/desk/hexiang/money/funds", m{"name": "x", "purpose": "y", "year": 2026, "cap_fen": 1}, nil).refused(422, "ledger.no_sources")
	for range 2 {
		zhang.call("POST", "/desk/hexiang/money/funds", terms, &f, "Idempotency-Key", "fund-1").ok(201)
	}
	if f.Sources[0].ShareFen != 30_000 || f.Sources[1].ShareFen != 70_000 {
		t.Fatalf("shares %+v", f.Sources)
	}
	path := "/funds/" + string(f.ID)
	zhang.call("PUT", path+"/cap", m{"cap_fen": 200_000, "seen": 1}, nil).refused(422, "ledger.no_reason")
	zhang.call("PUT", path+"/cap", m{"cap_fen": 200_000, "seen": 1, "reason": "追加"}, &f).ok(200)
	zhang.call("PUT", path+"/cap", m{"cap_fen": 300_000, "seen": 1, "reason": "追加"}, nil).refused(409, "ledger.stale")

	var photo api.StoredPhoto
	chen.file("/photos", "bill.jpg", picture(t, 7), &photo).ok(201)
	post := func(key string, body m) api.Voucher {
		t.Helper()
		body["purpose"], body["date"], body["photos"] = "按合同", "2026-11-02", []string{photo.ID}
		var v api.Voucher
		chen.call("POST", path+"/vouchers", body, &v, "Idempotency-Key", key).ok(201)
		chen.call("POST", path+"/vouchers/"+string(v.ID)+"/decision", m{"verdict": "approve"}, nil).refused(403, "identity.denied")
		zhang.call("POST", path+"/vouchers/"+string(v.ID)+"/decision", m{"verdict": "approve"}, &v).ok(200)
		if v.State != ledger.Posted || v.Seq == 0 {
			t.Fatalf("posted %+v", v)
		}
		return v
	}
	chen.call("POST", path+"/vouchers", m{"kind": "receive", "source": 1, "fen": -5, "purpose": "到账", "date": "2026-11-02", "photos": []string{photo.ID}}, nil).refused(422, "ledger.no_amount")
	chen.call("POST", path+"/vouchers", m{"kind": "receive", "source": 1, "fen": 1_000_000_000_000, "purpose": "到账", "date": "2026-11-02", "photos": []string{photo.ID}}, nil).refused(422, "ledger.amount_too_large")
	chen.call("POST", path+"/vouchers", m{"kind": "receive", "date": "昨天"}, nil).refused(422, "ledger.bad_date")
	lin.call("POST", path+"/vouchers", m{"kind": "receive", "date": "2026-11-02"}, nil).refused(404, "ledger.not_found")
	post("v-1", m{"kind": "receive", "source": 1, "fen": 50_000})
	post("v-2", m{"kind": "allocate", "title": "楼道灯", "fen": 40_000})
	post("v-3", m{"kind": "commit", "line": 1, "payee": "王建国", "private": true, "fen": 30_000})
	chen.call("POST", path+"/vouchers", m{"kind": "pay", "deal": 1, "fen": 30_001, "purpose": "付款", "date": "2026-11-02", "photos": []string{photo.ID}}, nil).refused(409, "ledger.over_deal")
	paid := post("v-4", m{"kind": "pay", "deal": 1, "fen": 30_000})
	back := post("v-5", m{"kind": "reverse", "reverses": paid.ID})
	if back.Fen != 30_000 || back.From != "paid/1" {
		t.Errorf("reversed by %+v", back)
	}
	readMoney(t, j, path, paid)
	town.call("GET", "/desk/luoxi/money", nil, nil).ok(200)
}

// readMoney reads what everybody and what the people of the accounts may.
func readMoney(t *testing.T, j *judge, path string, paid api.Voucher) {
	chen, lin, nobody := j.as("chen"), j.as("lin"), j.public()
	var f api.Fund
	nobody.call("GET", path, nil, &f).ok(200)
	if len(f.Posted) != 5 || f.Posted[3].Payee != "王**" || len(f.Posted[3].Photos) != 0 || f.Posted[3].Reversed == "" || f.Sums.CommittedFen != 30_000 || f.Sums.PaidFen != 0 {
		t.Errorf("everybody reads %+v", f)
	}
	var a api.MoneyAccounts
	nobody.call("GET", "/open/communities/hexiang/money?year=2026", nil, &a).ok(200)
	nobody.call("GET", "/open/communities/nowhere/money", nil, nil).refused(404, "community.no_node")
	nobody.call("GET", "/open/communities/hexiang/money/table", nil, nil).ok(200)
	if len(a.Funds) == 0 || a.CapFen < f.CapFen {
		t.Errorf("the community has %+v", a)
	}
	lin.call("GET", path+"/vouchers", nil, nil).refused(404, "ledger.not_found")
	var list api.VoucherList
	chen.call("GET", path+"/vouchers", nil, &list).ok(200)
	var v api.Voucher
	chen.call("GET", path+"/vouchers/"+string(paid.ID), nil, &v).ok(200)
	if len(list.Vouchers) != 5 || v.Payee != "王建国" || len(v.Photos) != 1 {
		t.Errorf("the desk reads %+v of %d", v, len(list.Vouchers))
	}
	photo := path + "/vouchers/" + string(paid.ID) + "/photos/" + v.Photos[0].ID
	chen.call("GET", photo+"/thumb", nil, nil).ok(200)
	lin.call("GET", photo+"/thumb", nil, nil).refused(404, "ledger.not_found")
	var d api.MoneyDesk
	chen.call("GET", "/desk/hexiang/money", nil, &d).ok(200)
	var check api.MoneyCheck
	chen.call("GET", "/desk/hexiang/money/check", nil, &check).ok(200)
	if check.Vouchers < 5 || len(check.Found) != 0 {
		t.Errorf("checked %+v", check)
	}
}
