package projects_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// model is what a test believes of one project, kept apart from the code: who supports it, and for how long its notice
// has run.
type model struct {
	*ground
	id     projects.ID
	voices map[identity.AccountID]bool
	hands  []string
	seen   int64 // place in the feed

	open    []string // objections without an answer
	began   time.Time
	counts  time.Time // from when the notice's running time is counted
	ran     time.Duration
	needs   time.Duration
	notices int

	varied  money.Fen // what was approved in changes
	asked   string    // the last change that was asked for
	offered []string
	quiet   int       // alarms so far
	silence time.Time // when something had been heard before the last
}

// tick adds the time since the last command to the notice, unless an objection was open.
func (m *model) tick() {
	now := m.Clock.Now()
	if !m.began.IsZero() && len(m.open) == 0 {
		m.ran += now.Sub(m.counts)
	}
	m.counts = now
}

// started begins a notice: it has to run until the end of its third day.
func (m *model) started() {
	now := m.Clock.Now()
	m.began, m.counts, m.ran, m.open = now, now, 0, nil
	m.needs = m.Days.DateAt(now).AddDays(3).At(calendar.EndOfDay, m.Days.Zone()).Sub(now)
	m.notices++
}

// TestRandomCommandsKeepTheLaws gives a project commands of all sorts by people of all sorts, at random times, most of them
// refused. Whatever happens: no stage is skipped, no notice ends before its time, nobody's support counts twice, and every
// step is somebody's.
func TestRandomCommandsKeepTheLaws(t *testing.T) {
	t.Parallel()
	g := setup(t)
	key := g.easy(func(p *preset.Preset) { p.Endorse, p.Envelope = preset.Threshold{Count: 2}, 100_000_000_000 })
	ends := map[preset.Stage]int{}
	rapid.Check(t, func(rt *rapid.T) {
		// The clock only moves on, and stays within a year.
		if g.Clock.Now().After(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) {
			g.Clock.Set(time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC))
		}
		m := &model{ground: g, id: g.propose(g.wang, key).ID, voices: map[identity.AccountID]bool{}}
		head, err := g.Store.Head(t.Context(), "")
		roomtest.Must(t, err)
		m.seen = head
		m.headStart(rt)
		for range rapid.IntRange(20, 90).Draw(rt, "commands") {
			m.tick()
			m.command(rt)
			m.check(rt)
		}
		ends[m.read(m.id).Stage]++
	})
	if ends[preset.Established]+ends[preset.Working] == 0 || len(ends) < 4 {
		t.Errorf("the commands led to %v only: they are too tame", ends)
	}
}

// headStart leads the project to a stage drawn at random, so that the commands try every stage however seldom they would
// get there by themselves.
func (m *model) headStart(rt *rapid.T) {
	ctx := m.T.Context()
	to := rapid.SampledFrom(preset.Stages()[1:9]).Draw(rt, "from")
	steps := []struct {
		at   preset.Stage
		take func()
	}{
		{preset.Checking, func() { _, _ = m.Pass(ctx, m.staff, m.id) }},
		{preset.Gathering, func() {
			for _, who := range []identity.Actor{m.zhao, m.qian} {
				m.says(rt, who, true)
			}
			m.raises(m.branch)
			_, _ = m.ChooseLead(ctx, m.secretary, m.id, m.hands[0], "合适")
		}},
		{preset.Deliberating, func() { _, _ = m.PutForward(ctx, m.branch, m.id) }},
		{preset.Deciding, func() { m.decides(m.secretary, true) }},
		{preset.Noticing, func() {
			m.publish()
			m.Clock.Set(m.Clock.Now().Add(5 * day))
			m.tick()
			_, _ = m.Establish(ctx, m.secretary, m.id)
		}},
		{preset.Established, func() {
			_, _ = m.writes(m.id, m.rows(), "")
			_, _ = m.Start(ctx, m.branch, m.id)
		}},
		{preset.Working, func() {
			for n := range 2 {
				_, _ = m.reaches(m.id, n+1, 0)
			}
			_, _ = m.Finish(ctx, m.branch, m.id)
		}},
	}
	for _, step := range steps {
		before := m.read(m.id)
		if before.Stage == to {
			return
		}
		if before.Stage != step.at {
			rt.Fatalf("stands at %s on the way to %s, want %s", before.Stage, to, step.at)
		}
		step.take()
		m.follow(rt, before)
		m.check(rt)
	}
}

// command gives one command. Whether it is refused is not looked at; what it leaves behind is.
func (m *model) command(rt *rapid.T) {
	ctx := m.T.Context()
	people := []identity.Actor{m.wang, m.zhao, m.qian, m.sun, m.staff, m.secretary, m.branch, m.second, m.next}
	who := rapid.SampledFrom(people).Draw(rt, "who")
	hand := func() string {
		if len(m.hands) == 0 {
			return ""
		}
		return rapid.SampledFrom(m.hands).Draw(rt, "hand")
	}
	before := m.read(m.id)
	commands := map[string]func(){
		"wait": func() {
			m.Clock.Set(m.Clock.Now().Add(time.Duration(rapid.IntRange(1, 40).Draw(rt, "hours")) * time.Hour))
		},
		"keep":    func() { _, err := m.Keep(ctx); roomtest.Must(m.T, err) },
		"pass":    func() { _, _ = m.Pass(ctx, m.staff, m.id) },
		"return":  func() { _, _ = m.Return(ctx, who, m.id, "写清楚") },
		"submit":  func() { _, _ = m.Submit(ctx, m.wang, m.id) },
		"put":     func() { _, _ = m.PutForward(ctx, m.branch, m.id) },
		"publish": func() { m.publish() },
		"object":  func() { m.objects(who) },
		"answer":  func() { m.answers(rt, who) },
		"amend":   func() { m.amends() },
		"back":    func() { m.sendsBack(who) },
		"decline": func() { m.decides(who, false) },
		"decide":  func() { m.decides(m.secretary, true) },
		"stand":   func() { _, _ = m.Establish(ctx, m.secretary, m.id) },
		"choose":  func() { _, _ = m.ChooseLead(ctx, m.secretary, m.id, hand(), "合适") },
		"replace": func() { _, _ = m.ReplaceLead(ctx, m.secretary, m.id, hand(), "换人") },
		"leave":   func() { _, _ = m.LeaveLead(ctx, who, m.id, "走了") },
		"lower":   func() { _, _ = m.LowerHand(ctx, who, m.id, hand(), "不行了") },
		"raise": func() {
			m.raises(rapid.SampledFrom([]identity.Actor{m.branch, m.second, m.next, m.wang}).Draw(rt, "body"))
		},
		"support": func() {
			m.supports(rt, rapid.SampledFrom([]identity.Actor{m.zhao, m.qian, m.wang, m.sun}).Draw(rt, "voice"))
		},
		"milestones": func() { _, _ = m.writes(m.id, m.rows()[:rapid.IntRange(1, 2).Draw(rt, "rows")], "改了") },
		"start":      func() { _, _ = m.Start(ctx, m.branch, m.id) },
		"reach":      func() { _, _ = m.reaches(m.id, rapid.IntRange(1, 3).Draw(rt, "milestone"), 100) },
		"finish":     func() { _, _ = m.Finish(ctx, m.branch, m.id) },
		"silence":    func() { m.Clock.Set(m.Clock.Now().Add(15 * day)) },
		"news":       func() { _, _ = m.tells(who, m.id, "做了一些") },
		"vary":       func() { m.asks(rt) },
		"approve": func() {
			m.approves(rapid.SampledFrom([]identity.Actor{m.secretary, m.branch, who}).Draw(rt, "approver"))
		},
		"offer":    func() { m.offers(who) },
		"name":     func() { m.names(rt, who) },
		"cancel":   func() { _, _ = m.Cancel(ctx, who, m.id, "不做了") },
		"withdraw": func() { _, _ = m.Withdraw(ctx, rapid.SampledFrom(people).Draw(rt, "whoever"), m.id, "不要了") },
	}
	// Three of four lead on from where the project stands, or nothing would ever be established.
	names := slices.Sorted(maps.Keys(commands))
	if rapid.IntRange(0, 3).Draw(rt, "on its way") > 0 {
		names = map[preset.Stage][]string{
			preset.Collecting: {"submit"}, preset.Checking: {"pass"}, preset.Gathering: {"support", "raise", "choose"}, preset.Deliberating: {"put"},
			preset.Deciding: {"decide"}, preset.Noticing: {"publish", "wait", "answer", "stand", "keep"},
			preset.Established: {"milestones", "start", "offer", "name", "vary", "approve"},
			preset.Working:     {"reach", "silence", "keep", "news", "vary", "approve", "milestones", "offer", "name", "finish"},
		}[before.Stage]
	}
	if len(names) == 0 {
		return // it is over
	}
	commands[rapid.SampledFrom(names).Draw(rt, "command")]()
	m.follow(rt, before)
}

// follow compares the project before and after a command.
func (m *model) follow(rt *rapid.T, before projects.View) {
	v := m.read(m.id)
	from, to := before.Stage, v.Stage
	if to == preset.Established && from == preset.Noticing && (m.ran < m.needs || len(m.open) > 0) {
		rt.Fatalf("established after %v of %v with %d objections open", m.ran, m.needs, len(m.open))
	}
	if from == preset.Gathering && to == preset.Deliberating && (len(m.voices) < 2 && v.Endorsed < 2 || v.Lead == nil) {
		rt.Fatalf("went on with %d voices and lead %+v", len(m.voices), v.Lead)
	}
	if to != preset.Noticing {
		m.began, m.open = time.Time{}, nil
	}
}

// check holds what must be so at any time.
func (m *model) check(rt *rapid.T) {
	v := m.read(m.id)
	signed(m.T, v.Project)
	at := preset.Stage("")
	for _, x := range v.History {
		if x.To == "" {
			continue
		}
		back := x.To == preset.Deliberating && (x.From == preset.Deciding || x.From == preset.Noticing) || x.To == preset.Collecting && x.From == preset.Checking
		stopped := x.To == preset.Settling && x.What == projects.CancelledBy && !v.EstablishedAt.IsZero()
		if at != "" && x.To != v.Preset.Next(at) && !back && !x.To.Over() && !stopped {
			rt.Fatalf("from %s to %s", at, x.To)
		}
		at = x.To
	}
	if n := v.Notice(); n != nil && !n.OverAt.IsZero() && m.ran < m.needs {
		rt.Fatalf("recorded as over after %v of %v", m.ran, m.needs)
	}
	if len(v.Notices) > m.notices {
		rt.Fatalf("%d notices, %d were published", len(v.Notices), m.notices)
	}
	m.checkWork(rt, v)
}

// checkWork holds the laws of the work: only what another person approved counts, nothing costs more than its cap or is
// planned for more than was approved, and a silence is told once, not before its days are over.
func (m *model) checkWork(rt *rapid.T, v projects.View) {
	if !v.EstablishedAt.IsZero() && v.Approved != v.Plan.Total()+m.varied {
		rt.Fatalf("approved %s, of it %s in changes", v.Approved, m.varied)
	}
	if most := v.Preset.Caps.Of(v.Class); v.Approved > most {
		rt.Fatalf("approved %s of at most %s", v.Approved, most)
	}
	var planned money.Fen
	for _, x := range v.Timetable() {
		planned += x.Cost
	}
	if planned > v.Approved {
		rt.Fatalf("planned for %s, approved %s", planned, v.Approved)
	}
	for _, x := range v.NamedSupervisors() {
		if v.Interested(x.By.Account) {
			rt.Fatalf("%s watches their own work", x.By.Account)
		}
	}
	quiet := 0
	for _, x := range v.History {
		if x.What == projects.WentQuiet {
			quiet++
		}
	}
	if quiet > m.quiet {
		if quiet > m.quiet+1 || v.HeardAt.Equal(m.silence) || v.StaleAt.Sub(v.HeardAt) < 14*day {
			rt.Fatalf("alarm %d at %v, something was heard at %v", quiet, v.StaleAt, v.HeardAt)
		}
		m.quiet, m.silence = quiet, v.HeardAt
	}
}

func (m *model) asks(rt *rapid.T) {
	amount := money.Fen(rapid.IntRange(-1_000_000, 4_000_000).Draw(rt, "amount"))
	if id, err := m.varies(m.id, amount, rapid.IntRange(-2, 4).Draw(rt, "weeks")); err == nil {
		m.asked = id
	}
}

func (m *model) approves(who identity.Actor) {
	before := m.read(m.id)
	x, err := before.Variation(m.asked)
	if err != nil || x.State != projects.VaryAsked {
		return
	}
	if _, err := m.ApproveVariation(m.T.Context(), who, m.id, m.asked, "同意"); err == nil {
		m.varied += x.Amount
	}
}

func (m *model) offers(who identity.Actor) {
	token := m.Token()
	if _, err := m.OfferSupervision(m.T.Context(), who, m.id, token); err == nil {
		m.offered = append(m.offered, token)
	}
}

func (m *model) names(rt *rapid.T, who identity.Actor) {
	if len(m.offered) == 0 {
		return
	}
	_, _ = m.NameSupervisor(m.T.Context(), who, m.id, rapid.SampledFrom(m.offered).Draw(rt, "supervisor"), true)
}

func (m *model) publish() {
	if _, err := m.PublishNotice(m.T.Context(), m.staff, m.id); err == nil {
		m.started()
	}
}

func (m *model) amends() {
	v := m.read(m.id)
	change := projects.AmendNotice{WritePlan: projects.WritePlan{Project: m.id, Seen: v.Plan.Revision, Plan: draft().Plan}, Reason: "改了走向"}
	if _, err := m.AmendNotice(m.T.Context(), m.staff, change); err == nil {
		m.started()
	}
}

func (m *model) objects(who identity.Actor) {
	if id, err := m.object(who, m.id); err == nil {
		m.open = append(m.open, id)
	}
}

func (m *model) answers(rt *rapid.T, who identity.Actor) {
	if len(m.open) == 0 {
		return
	}
	i := rapid.IntRange(0, len(m.open)-1).Draw(rt, "objection")
	if m.answer(who, m.id, m.open[i], rapid.Bool().Draw(rt, "upheld")) == nil {
		m.open = slices.Delete(m.open, i, i+1)
	}
}

func (m *model) sendsBack(who identity.Actor) {
	_, _ = m.SendBack(m.T.Context(), who, m.id, "重做方案")
}

func (m *model) decides(who identity.Actor, yes bool) {
	_, _ = m.RecordDecision(m.T.Context(), who, projects.RecordDecision{Project: m.id, Rule: preset.BySecretary, Approved: yes, Minutes: "会上这样定的"})
}

func (m *model) raises(who identity.Actor) {
	id := m.Token()
	if _, err := m.RaiseHand(m.T.Context(), who, projects.RaiseHand{ID: id, Project: m.id, Bring: "出力"}); err == nil {
		m.hands = append(m.hands, id)
	}
}

// supports endorses or takes it back, and lets the counter see it.
func (m *model) supports(rt *rapid.T, who identity.Actor) {
	m.says(rt, who, rapid.IntRange(0, 3).Draw(rt, "on") > 0)
}

func (m *model) says(rt *rapid.T, who identity.Actor, on bool) {
	if m.Endorse(m.T.Context(), who, m.id, on) != nil {
		return
	}
	if on {
		m.voices[who.ID] = true
	} else {
		delete(m.voices, who.ID)
	}
	m.last()
	if v := m.read(m.id); v.Endorsed != len(m.voices) {
		rt.Fatalf("counts %d, supported by %d", v.Endorsed, len(m.voices))
	}
}

// last gives the counter what happened since it looked, twice, as relays may.
func (m *model) last() {
	for _, e := range m.Since(m.seen, projects.Endorsed) {
		roomtest.Must(m.T, m.Count(m.T.Context(), e))
		roomtest.Must(m.T, m.Count(m.T.Context(), e))
		m.seen = e.Seq
	}
}
