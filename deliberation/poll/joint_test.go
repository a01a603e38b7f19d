package poll_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

const deeds = "楼栋,室号,用途,面积,面积来源,出售情况,业主,手机\n"

// bring brings a register that counts, and binds whoever has a number in it.
func (g *ground) bring(rows string) {
	g.t.Helper()
	r, err := g.register.ReadRegister(g.t.Context(), g.staff, g.file(deeds+rows))
	if err != nil {
		g.t.Fatalf("%v: %+v", err, r.Faults)
	}
	_, err = g.register.DecideRegister(g.t.Context(), g.staff, "c1", r.Version.N, true)
	must(g.t, err)
	for _, a := range g.people.all {
		_, _ = g.register.Claim(g.t.Context(), a, "c1") // who owns nothing is told so
	}
}

// file is a register as it is sent.
func (g *ground) file(text string) owners.Import {
	return owners.Import{Community: "c1", Token: g.token(), Name: "业主.csv", Data: []byte(text)}
}

// basis records a local rule; a second person confirms it.
func (g *ground) basis() owners.BasisID {
	g.t.Helper()
	b, err := g.register.RecordBasis(g.t.Context(), g.staff, owners.Record{
		ID: owners.BasisID(g.token()), Community: "c1", Rule: "业主大会议事规则", Clause: "第十八条", AdoptedAt: g.in(-365 * day), Photos: []deliberation.PhotoID{g.photo()},
		Silence: "第二十条", Parking: "第二十一条", Ways: []string{"上门", "挂号信"}, Warning: "2024 版",
	})
	must(g.t, err)
	b, err = g.register.ConfirmBasis(g.t.Context(), g.colleague, b.ID)
	must(g.t, err)
	return b.ID
}

func (g *ground) photo() deliberation.PhotoID { return deliberation.PhotoID(g.token()) }

// joint is a decision of all owners about the use of the maintenance fund.
func (g *ground) joint() poll.Draft {
	d := g.draft()
	d.Label, d.Basis, d.Options = poll.OwnersVote, g.basis(), []poll.Option{{Text: "同意"}, {Text: "不同意"}}
	d.Rule = rule.Rule{Method: rule.Owners, Abstain: true, Owners: &rule.OwnersTerms{
		Matter: 5, Scope: rule.ScopeArea, Form: rule.YesNo, Parking: rule.ParkingCounts, NonReturn: rule.WithMajority,
	}}
	d.OpensAt, d.ClosesAt = g.in(15*day), g.in(25*day)
	return d
}

// six is a register of three heads of 100 m² each that are p0, p1 and p2, one of 60 m² that has no account, and a unit of p0 and p3 together.
const six = `1号楼,101,住宅,60.00,登记,,甲甲,13900000000
1号楼,102,住宅,100.00,登记,,乙乙,13900000001
2号楼,101,住宅,100.00,实测,,丙丙,13900000002
2号楼,102,住宅,60.00,登记,,丁丁,
2号楼,103,住宅,40.00,合同,,"甲甲、戊戊","13900000000、13900000003"
地下车库,B1-1,车位,40.00,登记,,甲甲,13900000000
`

// TestAJointDecisionOfOwners counts both measures, one head for several units, and one for co-owners.
func TestAJointDecisionOfOwners(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 5), t.Context()
	g.bring(six)
	p := g.opened(g.joint())
	if p.Roll.Voters != 5 || p.Roll.Area != 40000 || p.Joint.Register != 1 || !strings.Contains(p.Charter, `"area":40000`) {
		t.Fatalf("roll %+v, joint %+v", p.Roll, p.Joint)
	}
	if terms := p.Rule.Owners; terms.Clause != "第二十条" || len(terms.ServiceMethods) != 2 || terms.Warning != "2024 版" {
		t.Errorf("the clause on silence is %+v", terms)
	}
	v, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if len(v.Seats) != 2 || !v.Vote {
		t.Fatalf("p0 votes for %+v", v.Seats)
	}
	_, err = g.cast(g.p(0), p.ID, 0)
	code(t, err, "poll.which_home")
	_, err = g.cast(g.p(4), p.ID, 0)
	code(t, err, "poll.not_on_roll")
	own, shared := v.Seats[0], v.Seats[1]
	if own.Area != 10000 {
		own, shared = shared, own
	}
	vote := func(who identity.Actor, voter poll.VoterKey, option int, takeover bool) error {
		g.n++
		_, err := g.CastBallot(ctx, who, poll.Cast{Poll: p.ID, Voter: voter, Choice: pick(option), Tag: poll.TagOf(fmt.Sprint("joint ", g.n)), Takeover: takeover})
		return err
	}
	must(t, vote(g.p(0), own.Voter, 0, false))
	must(t, vote(g.p(0), shared.Voter, 0, false))
	code(t, vote(g.p(3), shared.Voter, 1, false), "poll.represented")
	must(t, vote(g.p(3), shared.Voter, 1, true)) // the co-owners have agreed on somebody else
	must(t, vote(g.p(1), "", 0, false))
	code(t, vote(g.p(1), own.Voter, 1, false), "poll.which_home")

	out := g.closed(p)
	sheet := out.Count.Binding()
	if sheet.Total != (rule.Weight{Heads: 5, Area: 40000}) || sheet.Participating != (rule.Weight{Heads: 3, Area: 24000}) || sheet.Cast[0] != (rule.Weight{Heads: 2, Area: 20000}) {
		t.Errorf("sheet %+v", sheet)
	}
	if out.Count.Outcome != rule.Short || len(out.Count.Sheets) < 4 {
		t.Errorf("outcome %s with %d sheets: silence and parking both have another reading", out.Count.Outcome, len(out.Count.Sheets))
	}
}

// TestSilenceCountsOnlyWithProof of service to that very owner, and the strict reading stays beside it.
func TestSilenceCountsOnlyWithProof(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	g.bring(six)
	p := g.opened(g.joint())
	for i, option := range map[int]int{1: 0, 2: 0} {
		_, err := g.cast(g.p(i), p.ID, option)
		must(t, err)
	}
	lines, _, err := g.RollLines(ctx, g.staff, p.ID, "", "")
	must(t, err)
	var silent []poll.VoterKey
	for _, l := range lines {
		if l.Area == 6000 || l.Area == 10000 && l.Units == 2 {
			silent = append(silent, l.Voter)
		}
	}
	serve := poll.Serve{Poll: p.ID, Voter: silent[0], Method: "上门", At: g.in(0), Recipient: "丁丁本人", Photo: g.photo()}
	for want, change := range map[string]func(*poll.Serve){
		"poll.served_how":   func(s *poll.Serve) { s.Method = "托人带话" },
		"poll.served_when":  func(s *poll.Serve) { s.At = g.in(time.Hour) },
		"poll.served_who":   func(s *poll.Serve) { s.Recipient = " " },
		"poll.served_photo": func(s *poll.Serve) { s.Photo = "" },
		"poll.no_voter":     func(s *poll.Serve) { s.Voter = "nobody" },
	} {
		s := serve
		change(&s)
		code(t, g.RecordService(ctx, g.staff, s), want)
	}
	code(t, g.RecordService(ctx, g.p(0), serve), "identity.denied")
	for _, voter := range silent {
		serve.Voter = voter
		must(t, g.RecordService(ctx, g.staff, serve))
	}
	for _, e := range g.events(poll.PollServed) {
		if strings.Contains(string(e.Data), "丁丁") {
			t.Errorf("the feed tells who took a ballot: %s", e.Data)
		}
	}
	doc, err := g.store.Get(ctx, docstore.Key{Kind: poll.SeatKind, ID: string(p.ID) + "/" + string(silent[0])})
	must(t, err)
	if strings.Contains(string(doc.Body), "丁丁本人") {
		t.Error("who took a ballot is stored in the clear")
	}
	out := g.closed(p)
	if out.Count.Outcome != rule.Passed {
		t.Fatalf("counted %s", out.Result.Text)
	}
	for _, s := range out.Count.Sheets {
		if s.NonReturn == rule.NotParticipating && s.Parking == rule.ParkingCounts && (s.Passed >= 0 || s.Quorate) {
			t.Errorf("the strict reading passes: %+v", s)
		}
	}
	code(t, g.RecordService(ctx, g.staff, serve), "poll.wrong_state")
}

// TestJointDecisionsThatAreRefused and why.
func TestJointDecisionsThatAreRefused(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 3), t.Context()
	d := g.joint()
	p, err := g.DraftPoll(ctx, g.staff, d)
	must(t, err)
	_, err = g.ListRoll(ctx, g.staff, p.ID)
	code(t, err, "owners.no_register")
	g.bring(six)
	recorded, err := g.register.RecordBasis(ctx, g.staff, owners.Record{
		ID: owners.BasisID(g.token()), Community: "c1", Rule: "规则", Clause: "一", AdoptedAt: g.in(-day), Photos: []deliberation.PhotoID{g.photo()},
	})
	must(t, err)
	bare, err := g.register.RecordBasis(ctx, g.staff, owners.Record{
		ID: owners.BasisID(g.token()), Community: "c1", Rule: "规则", Clause: "二", AdoptedAt: g.in(-day), Photos: []deliberation.PhotoID{g.photo()},
	})
	must(t, err)
	_, err = g.register.ConfirmBasis(ctx, g.colleague, bare.ID)
	must(t, err)
	for _, c := range []struct {
		name, want string
		change     func(*poll.Draft)
	}{
		{"no basis", "poll.no_legal_basis", func(d *poll.Draft) { d.Basis = "" }},
		{"a basis that is none", "poll.no_legal_basis", func(d *poll.Draft) { d.Basis = "none" }},
		{"one that nobody confirmed", "poll.no_legal_basis", func(d *poll.Draft) { d.Basis = recorded.ID }},
		{"silence without a clause", "poll.no_silence_clause", func(d *poll.Draft) { d.Basis = bare.ID }},
		{"parking without a clause", "poll.no_parking_clause", func(d *poll.Draft) {
			d.Basis, d.Rule.Owners.NonReturn, d.Rule.Owners.Parking = bare.ID, rule.NotParticipating, rule.ParkingApart
		}},
		{"another method", "poll.method_of_label", func(d *poll.Draft) { d.Rule = rule.Rule{Method: rule.Single} }},
		{"a building without saying which", "poll.owners_scope", func(d *poll.Draft) { d.Rule.Owners.Scope = rule.ScopeBuilding }},
		{"a stairwell without a number", "poll.owners_scope", func(d *poll.Draft) {
			d.Rule.Owners.Scope, d.Buildings = rule.ScopeUnit, append(d.Buildings, "b1")
		}},
		{"matter 10", "rule.matter", func(d *poll.Draft) { d.Rule.Owners.Matter = 10 }},
		{"four mandates", "poll.mandates", func(d *poll.Draft) { d.Mandates = 4 }},
		{"paper for a month", "poll.paper_for", func(d *poll.Draft) { d.PaperFor = 30 * day }},
	} {
		d := g.joint()
		c.change(&d)
		_, err := g.DraftPoll(ctx, g.staff, d)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	early := g.joint()
	early.OpensAt = g.in(14 * day)
	p, err = g.DraftPoll(ctx, g.staff, early)
	must(t, err)
	_, err = g.ListRoll(ctx, g.staff, p.ID)
	code(t, err, "poll.objection_time") // 物业管理条例 Art. 14: fifteen days
}

// TestAUnitSoldAfterTheSnapshot: before the opening the roll is taken once more, afterwards nothing of it changes.
func TestAUnitSoldAfterTheSnapshot(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 5), t.Context()
	g.bring(six)
	p, err := g.DraftPoll(ctx, g.staff, g.joint())
	must(t, err)
	_, err = g.ListRoll(ctx, g.staff, p.ID)
	must(t, err)
	g.keep()
	_, err = g.AddSeat(ctx, g.staff, poll.Seating{Poll: p.ID, Phone: "p4", Reason: "买了房"})
	code(t, err, "poll.corrected_in_register")
	g.bring(strings.Replace(six, "丙丙,13900000002", "己己,13900000004", 1))
	_, err = g.RelistRoll(ctx, g.staff, p.ID, "2号楼101室已过户")
	must(t, err)
	g.keep()
	g.clock.Set(p.OpensAt)
	g.keep()
	p = g.state(p.ID, poll.Open)
	if p.Roll.Voters != 5 || p.Roll.Area != 40000 || p.Joint.Register != 2 {
		t.Fatalf("roll %+v of register %d", p.Roll, p.Joint.Register)
	}
	_, err = g.cast(g.p(2), p.ID, 0)
	code(t, err, "poll.not_on_roll") // the seller
	_, err = g.cast(g.p(4), p.ID, 0)
	must(t, err)
	g.bring(six) // sold back while the poll runs
	_, err = g.cast(g.p(4), p.ID, 1)
	must(t, err)
	_, err = g.RelistRoll(ctx, g.staff, p.ID, "又过户了")
	code(t, err, "poll.wrong_state")
	if out := g.closed(p); out.Count.Binding().Cast[1] != (rule.Weight{Heads: 1, Area: 10000}) {
		t.Errorf("counted %s", out.Result.Text)
	}
}

// TestAnAreaThatWasChangedBehindThePlatformIsFound before anything is published.
func TestAnAreaThatWasChangedBehindThePlatformIsFound(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 3), t.Context()
	g.bring(six)
	p := g.opened(g.joint())
	lines, _, err := g.RollLines(ctx, g.staff, p.ID, "", "")
	must(t, err)
	key := docstore.Key{Kind: poll.SeatKind, ID: string(p.ID) + "/" + string(lines[0].Voter)}
	doc, err := g.store.Get(ctx, key)
	must(t, err)
	body := strings.Replace(string(doc.Body), `"area":`, `"area":9`, 1)
	_, err = g.store.Put(ctx, docstore.Write{Key: key, Want: docstore.Any, Body: []byte(body), Scope: "c1", Fields: docstore.Fields{"waiting": string(p.ID)}})
	must(t, err)
	g.clock.Set(p.ClosesAt)
	g.keep()
	g.state(p.ID, poll.Disputed)
}
