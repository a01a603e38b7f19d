package api_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/web/api"
)

const deeds = "楼栋,室号,面积,面积来源,业主,手机\n"

// keepOwners brings a register, records a basis and holds a joint decision on it.
func keepOwners(t *testing.T, j *judge) {
	lin, chen, zhang := j.as("lin"), j.as("chen"), j.as("zhang")
	const at = "/desk/hexiang/owners"
	var read api.RegisterReading
	chen.file(at+"/imports", "业主.csv", []byte(deeds+"3号楼,503,0,登记,林桂兰,13900010001\n"), &read).ok(200)
	if read.Errors != 1 || read.Version != nil || read.Faults[0].Row != 2 || read.Faults[0].Code != "owners.zero_area" {
		t.Fatalf("a file with an error is read as %+v", read)
	}
	chen.file(at+"/imports", "业主.csv", []byte("x\n"), nil).refused(422, "owners.no_header")
	lin.file(at+"/imports", "业主.csv", []byte(deeds), nil).refused(403, "identity.denied")
	good := []byte(deeds + "3号楼,503,88.50,登记,林桂兰,13900010001\n3号楼,504,60,实测,王芳,13911110001\n")
	chen.file(at+"/imports", "业主.csv", good, &read, "Idempotency-Key", "reg").ok(200)
	n := read.Version.N
	chen.file(at+"/imports", "业主.csv", good, &read, "Idempotency-Key", "reg").ok(200)
	if read.Version.N != n || read.Version.Heads != 2 || read.Version.Area != 14850 {
		t.Errorf("read as %+v", read.Version)
	}
	var book api.OwnersRegister
	chen.call("POST", at+"/"+strconv.Itoa(n)+"/decision", m{"use": true}, &book).ok(200)
	chen.call("GET", at, nil, &book).ok(200)
	if book.Current != n || book.Versions[len(book.Versions)-1].State != "confirmed" {
		t.Errorf("the register is %+v", book)
	}
	var units api.Page[api.OwnedUnit]
	chen.call("GET", at+"/"+strconv.Itoa(n)+"/units", nil, &units).ok(200)
	if len(units.Items) != 2 || units.Items[0].Owners[0] != "林**" {
		t.Errorf("its units are %+v", units.Items)
	}
	lin.call("GET", "/communities/hexiang/property", nil, &units).ok(200)
	lin.call("POST", "/communities/hexiang/property", nil, &units).ok(200)
	if len(units.Items) != 1 || units.Items[0].Area != 8850 {
		t.Errorf("she owns %+v", units.Items)
	}
	j.as("gu").call("POST", "/communities/hexiang/property", nil, nil).refused(403, "identity.verify_first")
	photo := func(c client, shade uint8) string {
		var stored api.StoredPhoto
		c.file("/photos", "a.jpg", picture(t, shade), &stored).ok(201)
		return stored.ID
	}
	mine, hers := photo(chen, 1), photo(lin, 2)
	bind := m{"building": "hexiang-3", "room": "504", "phone": j.h.Phone("wang").Who.Phone(), "photo": mine}
	chen.call("POST", at+"/bindings", bind, nil).ok(200)
	bind["photo"] = hers
	chen.call("POST", at+"/bindings", bind, nil).refused(404, "photo.not_found")

	adopted := j.h.Clock.Now().AddDate(-2, 0, 0).UTC().Format(time.RFC3339)
	record := m{"rule": "业主大会议事规则", "clause": "第十八条", "adopted_at": adopted, "photos": []string{mine}, "silence": "第二十条", "ways": []string{"上门"}, "warning": "2024 版"}
	var basis api.LegalBasis
	chen.call("POST", "/desk/hexiang/bases", record, &basis, "Idempotency-Key", "b1").ok(201)
	chen.call("POST", "/bases/"+string(basis.ID)+"/confirmation", nil, nil).refused(403, "basis.second_person")
	decide := j.jointPoll(string(basis.ID))
	chen.call("POST", "/desk/hexiang/polls", decide, nil).refused(422, "poll.no_legal_basis")
	zhang.call("POST", "/bases/"+string(basis.ID)+"/confirmation", nil, &basis).ok(200)
	var bases api.Page[api.LegalBasis]
	lin.call("GET", "/communities/hexiang/bases", nil, &bases).ok(200)
	if !slices.ContainsFunc(bases.Items, func(b api.LegalBasis) bool { return b.ID == basis.ID && b.Holds }) {
		t.Errorf("the rules are %+v", bases.Items)
	}
	j.decideJointly(t, decide, mine)
	var over api.LegalBasis
	j.as("chen").call("POST", "/bases/"+string(basis.ID)+"/revocation", m{"reason": "规则改了"}, &over).ok(200)
}

// jointPoll is a draft of a joint decision.
func (j *judge) jointPoll(basis string) m {
	at := func(d time.Duration) string { return j.h.Clock.Now().Add(d).UTC().Format(time.RFC3339) }
	const day = 24 * time.Hour
	d := j.newPoll("用维修资金修电梯")
	d["estate"] = "hexiang-e1"
	d["label"], d["basis"], d["opens_at"], d["closes_at"] = "owners", basis, at(15*day+time.Hour), at(25*day)
	d["rule"] = `{"method":"owners","owners":{"matter":5,"scope":"area","form":"yes-no","parking":"counted","nonReturn":"majority"}}`
	d["mandates"], d["paper_hours"] = 1, 24
	return d
}

// decideJointly holds a joint decision by phone, on paper and by proxy, to an override.
func (j *judge) decideJointly(t *testing.T, draft m, photo string) {
	chen := j.as("chen")
	var p api.Poll
	chen.call("POST", "/desk/hexiang/polls", draft, &p, "Idempotency-Key", "j1").ok(201)
	path := "/polls/" + string(p.ID)
	chen.call("POST", path+"/roll", nil, nil).ok(200)
	j.sweepPolls(0)
	chen.call("POST", path+"/roll/renewal", m{"reason": "核对后重新公布"}, nil).ok(200)
	j.sweepPolls(0)
	var roll api.Page[api.RollLine]
	chen.call("GET", path+"/roll", nil, &roll).ok(200)
	seats := map[int64]string{}
	for _, l := range roll.Items {
		seats[l.Area] = path + "/roll/" + string(l.Voter)
	}
	j.sweepPolls(15*24*time.Hour + time.Hour)
	chen, zhang, gu, lin := j.as("chen"), j.as("zhang"), j.as("gu"), j.as("lin")
	now := j.h.Clock.Now().UTC().Format(time.RFC3339)
	chen.call("PUT", seats[6000]+"/service", m{"method": "上门", "at": now, "recipient": "王芳本人", "photo": photo}, nil).ok(204)
	chen.call("PUT", seats[6000]+"/mandate", m{"kind": "mandate", "phone": j.h.Phone("lin").Who.Phone(), "photo": photo}, nil).ok(204)
	var seat api.RollSeat
	chen.call("GET", seats[6000], nil, &seat).ok(200)
	if seat.Service == nil || seat.Proxy == nil || seat.Area != 6000 {
		t.Errorf("the seat is %+v", seat)
	}
	lin.call("GET", path, nil, &p).ok(200)
	if len(p.Seats) != 2 || p.Area != 14850 || p.PaperUntil == nil {
		t.Fatalf("she votes for %+v", p.Seats)
	}
	for _, s := range p.Seats {
		if s.Mandate {
			lin.call("POST", path+"/ballots", m{"voter": s.Voter, "choice": m{"picks": []int{0}}, "t": string(poll.TagOf("p"))}, nil, "Idempotency-Key", "jb").ok(201)
		}
	}
	var entered api.PaperEntered
	chen.call("POST", seats[8850]+"/paper", m{"choice": m{"picks": []int{0}}}, &entered).ok(201)
	zhang.call("POST", seats[8850]+"/paper", m{"choice": m{}, "spoilt": "unclear"}, &entered).ok(201)
	var papers api.Page[api.PaperLine]
	zhang.call("GET", path+"/papers", nil, &papers).ok(200)
	if entered.State != "differs" || len(papers.Items) != 1 || len(papers.Items[0].Read) != 2 {
		t.Errorf("papers %+v", papers.Items)
	}
	gu.call("POST", seats[8850]+"/paper", m{"choice": m{"picks": []int{0}}}, &entered).ok(201)
	j.sweepPolls(10 * 24 * time.Hour)
	chen, zhang = j.as("chen"), j.as("zhang")
	chen.call("POST", path+"/papers/end", nil, nil).ok(200)
	j.sweepPolls(time.Minute)
	chen.call("POST", path+"/override", m{"says": "撤销", "reason": "法院判决"}, nil, "Idempotency-Key", "ov").ok(204)
	chen.call("POST", path+"/override/confirmation", nil, nil).refused(403, "poll.override_second_person")
	zhang.call("POST", path+"/override/confirmation", nil, nil).ok(204)
	var out api.PollResult
	j.public().call("GET", "/open"+path, nil, &out).ok(200)
	if out.Outcome != "passed" || out.Paper != 1 || out.Proxied != 1 || out.Override == nil || out.Override.Says != "撤销" {
		t.Errorf("in the end %+v", out)
	}
}
