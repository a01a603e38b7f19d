package hall

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/deliberation/redline"
	"jushou/web/view"
)

// sessionState is the state as pages say it: a session that is talking may be paused, or wait to be summed up.
func sessionState(s hall.SessionView) string {
	switch {
	case s.Cooling:
		return "paused"
	case s.Ended:
		return "ended"
	}
	return string(s.State)
}

// sessionIcon is the shape beside the word.
func sessionIcon(s hall.SessionView) string {
	switch {
	case s.Cooling:
		return "held"
	case s.State == hall.Talking:
		return "working"
	case s.State == hall.Settling:
		return "waiting"
	case s.State == hall.Decided:
		return "answered"
	case s.State == hall.Done:
		return "resolved"
	}
	return "withdrawn"
}

func dayIcon(p hall.DayPhase) string {
	switch p {
	case hall.DayComing:
		return "waiting"
	case hall.DayOpen:
		return "working"
	case hall.DayWaiting:
		return "held"
	case hall.DayDone:
		return "resolved"
	}
	return "withdrawn"
}

// sessionLine says in one sentence where a session stands.
func sessionLine(ctx context.Context, s hall.SessionView) string {
	now := view.Now(ctx)
	switch {
	case s.Cooling:
		return view.T(ctx, "hall.line.paused", "until", moment(ctx, s.Pause.Until))
	case s.Ended:
		return view.T(ctx, "hall.line.ended", "n", strconv.Itoa(s.Round().N))
	case s.State == hall.Talking:
		return view.T(ctx, "hall.line.talking", "n", strconv.Itoa(s.Round().N), "when", moment(ctx, s.Round().Ends), "left", view.Period(ctx, s.Round().Ends.Sub(now)))
	case s.State == hall.Settling:
		return view.T(ctx, "hall.line.settling")
	case s.State == hall.Decided && s.Outcome.Late(now) > 0:
		return view.T(ctx, "hall.line.overdue", "kind", view.T(ctx, "hall.kind."+string(s.Outcome.Kind)), "late", view.Period(ctx, s.Outcome.Late(now)))
	case s.State == hall.Decided:
		return view.T(ctx, "hall.line.decided", "kind", view.T(ctx, "hall.kind."+string(s.Outcome.Kind)), "due", view.When(ctx, s.Outcome.DueAt))
	case s.State == hall.Done:
		return view.T(ctx, "hall.line.done", "kind", view.T(ctx, "hall.kind."+string(s.Outcome.Kind)))
	}
	return view.T(ctx, "hall.line.dropped", "reason", s.Reason)
}

// moment says an instant with its time of day: 11月24日 20:00.
func moment(ctx context.Context, at time.Time) string {
	said, clock := view.When(ctx, at), view.Local(at).Format("15:04")
	if n := len(said) - len(clock); n >= 0 && said[n:] == clock {
		return said
	}
	return said + " " + clock
}

// covenantLine says in a few words where a covenant stands.
func covenantLine(ctx context.Context, c covenant.View) string {
	said := ""
	if c.Holds > 0 {
		said = view.T(ctx, "covenant.holds", "version", strconv.Itoa(c.Editions[c.Holds-1].Version))
	}
	last := len(c.Phases)
	if last == 0 || last == c.Holds {
		return said
	}
	phase := view.T(ctx, "covenant.phase."+string(c.Phases[last-1]))
	if said == "" {
		return phase
	}
	return said + " · " + phase
}

// phaseIcon is the shape beside a phase's word.
func phaseIcon(p covenant.Phase) string {
	switch p {
	case covenant.PhaseCommenting:
		return "working"
	case covenant.PhaseReviewing, covenant.PhaseRecorded:
		return "held"
	case covenant.PhaseComing, covenant.PhaseDrafting:
		return "waiting"
	case covenant.PhaseInForce:
		return "resolved"
	}
	return "withdrawn"
}

func sideKey(side hall.Side) string { return "hall.side." + string(side) }

func count(ctx context.Context, key string, n int) string {
	return view.T(ctx, key, "n", strconv.Itoa(n))
}

// hiddenWhy says why something is out of sight: the platform's reason, or the words of who hid it.
func hiddenWhy(ctx context.Context, why string) string {
	if key, _, ok := deliberation.PlatformReason(why); ok {
		return view.T(ctx, "reason."+key)
	}
	return view.T(ctx, "topic.reason", "why", why)
}

// editionName is 第 1 版 for an adopted edition and 第 2 稿 for a draft.
func editionName(ctx context.Context, e covenant.Edition) string {
	if e.Version > 0 {
		return view.T(ctx, "covenant.version", "n", strconv.Itoa(e.Version))
	}
	return view.T(ctx, "covenant.edition", "n", strconv.Itoa(e.N))
}

// changeName names a clause by its number now, and by the earlier one where it is gone.
func changeName(ctx context.Context, x covenant.Change) string {
	if x.Is > 0 {
		return view.T(ctx, "covenant.clause_n", "n", strconv.Itoa(x.Is))
	}
	return view.T(ctx, "covenant.clause_was", "n", strconv.Itoa(x.Was))
}

func changed(all []covenant.Change) bool {
	return slices.ContainsFunc(all, func(x covenant.Change) bool { return x.Kind != redline.Same })
}

// clauseName says what a comment is about.
func clauseName(ctx context.Context, e covenant.Edition, id string) string {
	if id == "" {
		return view.T(ctx, "covenant.whole")
	}
	_, n, err := e.Clause(id)
	if err != nil {
		return view.T(ctx, "covenant.whole")
	}
	return view.T(ctx, "covenant.clause_n", "n", strconv.Itoa(n))
}

func clauseOptions(ctx context.Context, e covenant.Edition) []view.Option {
	all := []view.Option{{Value: "", Text: view.T(ctx, "covenant.whole")}}
	for i, c := range e.Clauses {
		text := c.Heading
		if text == "" {
			text = c.Body
		}
		if r := []rune(text); len(r) > 12 {
			text = string(r[:12]) + "…"
		}
		all = append(all, view.Option{Value: c.ID, Text: view.T(ctx, "covenant.clause_n", "n", strconv.Itoa(i+1)) + " " + text})
	}
	return all
}

func lines(all []string) string { return strings.Join(all, "\n") }

// kinds are the outcomes to choose from.
func kinds(ctx context.Context) []view.Option {
	var all []view.Option
	for _, k := range hall.OutcomeKinds() {
		all = append(all, view.Option{Value: string(k), Text: view.T(ctx, "hall.kind."+string(k))})
	}
	return all
}

// drafts are the versions to choose from, the last one first.
func drafts(ctx context.Context, all []hall.Draft) []view.Option {
	var options []view.Option
	for _, d := range slices.Backward(all) {
		options = append(options, view.Option{Value: strconv.Itoa(d.N), Text: view.T(ctx, "hall.draft_n", "n", strconv.Itoa(d.N))})
	}
	return append(options, view.Option{Value: "0", Text: view.T(ctx, "hall.no_draft")})
}

func lastBody(all []hall.Draft) string {
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Body
}

// missingFact is the first fact that nobody has found out yet.
func missingFact(all []hall.Fact) string {
	for _, f := range all {
		if f.Value == "" {
			return f.Label
		}
	}
	return ""
}

// typedFor is what was typed about one question of many.
func typedFor(x deskDay, q hall.QuestionView, form, field string) string {
	if x.Refused != string(q.ID) {
		return ""
	}
	return x.Sheet.Value(form, field, "")
}

// replyValue is what was typed about one comment of many.
func replyValue(k keepView, c covenant.Comment, field, suggestion string) string {
	if k.Refused != string(c.ID) {
		return suggestion
	}
	return k.Sheet.Value("reply", field, suggestion)
}
