package hall

import (
	"slices"
	"time"

	"jushou/deliberation/hall"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// tendView is a deliberation as its facilitator has it in hand.
type tendView struct {
	sessionView
	At string // the page's address
	// Waiting are the arguments the word list hid.
	Waiting []hall.ArgumentView
	// Now fills the suggestions of the forms.
	Soon, Later, Promise string
}

// Lost returns what was typed into a form that is not on the page any more, because somebody has taken the session
// further in the meantime; nothing typed is lost.
func (t tendView) Lost() []string {
	forms := map[hall.State][]string{
		hall.Talking:  {"round", "extend", "pause", "resume", "draft", "fact", "propose", "clear", "drop"},
		hall.Settling: {"decide", "reopen", "draft", "fact", "propose", "clear", "drop"},
		hall.Decided:  {"report"},
	}
	if !t.Sheet.Problems.Any() || t.Sheet.Form() == "hide" || slices.Contains(forms[t.State], t.Sheet.Form()) {
		return nil
	}
	typed := []string{t.Sheet.Problems.Sentence()}
	for _, field := range []string{"agreed", "open", "text", "reason", "body", "note", "value"} {
		if said := t.Sheet.Typed(field); said != "" {
			typed = append(typed, said)
		}
	}
	return typed
}

// Tend shows a deliberation with what its facilitator can do.
func (p *Pages) Tend(v *page.Visit) error { return p.tend(v, page.Sheet{}) }

func (p *Pages) tend(v *page.Visit, s page.Sheet) error {
	r, err := p.MayAny(v, identity.HoldHall)
	if err != nil {
		return err
	}
	seen, err := p.see(v, s)
	if err != nil {
		return err
	}
	if err := here(r, seen.Community); err != nil {
		return err
	}
	held, err := p.Halls.HeldArguments(v.Context(), v.Actor, seen.ID)
	if err != nil {
		return err
	}
	shown := tendView{
		sessionView: seen, At: r.Path("/hall/" + string(seen.ID)), Waiting: held.Items,
		Soon: view.InputHour(v.Now, 1, 20), Later: view.InputHour(v.Now, 3, 20), Promise: p.dateIn(v.Now, 30),
	}
	d, err := p.Within(v, r, "hall", seen.Question, r.Path("/hall"))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), TendPage(d, shown))
}

// step is one step of a facilitator: the form it comes from, its fields, the use case, and what is said afterwards.
type step struct {
	form   string
	fields []string
	said   string
	do     func(p *Pages, v *page.Visit, id hall.SessionID) error
}

// Step returns the handler of a step on a deliberation. A refused one comes back with what was typed.
func (p *Pages) Step(s step) page.Handler {
	return func(v *page.Visit) error {
		r, err := p.holds(v)
		if err != nil {
			return err
		}
		if err := s.do(p, v, hall.SessionID(v.Param("hall"))); err != nil {
			return p.tend(v, v.RefuseForm(s.form, err, s.fields...))
		}
		to := r.Path("/hall/" + v.Param("hall"))
		return v.GoSaying(to, s.said)
	}
}

// holds returns the room, if the deliberation of the address is in it and the visitor facilitates there.
func (p *Pages) holds(v *page.Visit) (console.Room, error) {
	r, err := p.MayAny(v, identity.HoldHall)
	if err != nil {
		return r, err
	}
	x, err := p.Halls.Session(v.Context(), v.Actor, hall.SessionID(v.Param("hall")))
	if err != nil {
		return r, err
	}
	return r, here(r, x.Community)
}

// CloseRound sums up a round.
func CloseRound() step {
	return step{"round", []string{"round", "agreed", "open", "next", "ends", "about"}, "hall.round_closed", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		cmd := hall.CloseRound{ID: v.Field("token"), Session: id, Round: page.Number(v.Field("round")), Agreed: v.Field("agreed"), Open: v.Field("open")}
		if v.Field("next") != "over" {
			cmd.About = v.Field("about")
			if cmd.Ends = view.Instant(v.Field("ends")); cmd.Ends.IsZero() {
				cmd.Ends = v.Now.Add(-time.Hour) // a further round without an end is refused as one that has passed
			}
		}
		_, err := p.Halls.CloseRound(v.Context(), v.Actor, cmd)
		return err
	}}
}

// ExtendRound gives the running round more time.
func ExtendRound() step {
	return step{"extend", []string{"ends", "reason"}, "hall.extended", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.ExtendRound(v.Context(), v.Actor, hall.ExtendRound{Session: id, Ends: view.Instant(v.Field("ends")), Reason: v.Field("reason")})
		return err
	}}
}

// OpenRound lets people speak once more.
func OpenRound() step {
	return step{"reopen", []string{"ends", "about"}, "hall.round_opened", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.OpenRound(v.Context(), v.Actor, hall.OpenRound{Session: id, Ends: view.Instant(v.Field("ends")), About: v.Field("about")})
		return err
	}}
}

// Pause lets everybody cool down.
func Pause() step {
	return step{"pause", []string{"until", "reason"}, "hall.paused", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.PauseSession(v.Context(), v.Actor, hall.PauseSession{Session: id, Until: view.Instant(v.Field("until")), Reason: v.Field("reason")})
		return err
	}}
}

// Resume ends a pause.
func Resume() step {
	return step{"resume", nil, "hall.resumed", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.ResumeSession(v.Context(), v.Actor, id)
		return err
	}}
}

// AddOption adds an option of the facilitator's.
func AddOption() step {
	return step{"propose", []string{"text", "detail"}, "hall.option_added", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.ProposeOption(v.Context(), v.Actor, hall.ProposeOption{ID: v.Field("token"), Session: id, Text: v.Field("text"), Detail: v.Field("detail")})
		return err
	}}
}

// ClearOption decides about a resident's option.
func ClearOption() step {
	return step{"clear", []string{"option", "reason"}, "hall.option_cleared", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.ClearOption(v.Context(), v.Actor, hall.ClearOption{Session: id, Option: v.Field("option"), Take: v.Field("take") == "1", Reason: v.Field("reason")})
		return err
	}}
}

// WriteDraft adds a version of the draft.
func WriteDraft() step {
	return step{"draft", []string{"base", "body", "note"}, "hall.draft_saved", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.WriteDraft(v.Context(), v.Actor, hall.WriteDraft{Session: id, Base: page.Number(v.Field("base")), Body: v.Field("body"), Note: v.Field("note")})
		return err
	}}
}

// RecordFact writes down what was found out.
func RecordFact() step {
	return step{"fact", []string{"label", "value"}, "hall.fact_saved", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.RecordFact(v.Context(), v.Actor, hall.RecordFact{Session: id, Label: v.Field("label"), Value: v.Field("value")})
		return err
	}}
}

// Decide records the outcome.
func Decide() step {
	return step{"decide", []string{"kind", "text", "reason", "draft", "label", "rule", "due"}, "hall.decided", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.Decide(v.Context(), v.Actor, hall.Decide{
			Session: id, Kind: hall.OutcomeKind(v.Field("kind")), Text: v.Field("text"), Reason: v.Field("reason"), Draft: page.Number(v.Field("draft")),
			Label: v.Field("label"), Rule: v.Field("rule"), DueAt: p.endOf(v, "due"),
		})
		return err
	}}
}

// Report tells what has become of the outcome.
func Report() step {
	return step{"report", []string{"body", "final"}, "hall.report_saved", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.ReportExecution(v.Context(), v.Actor, hall.ReportExecution{ID: v.Field("token"), Session: id, Body: v.Field("body"), Final: v.Checked("final")})
		return err
	}}
}

// Drop ends a deliberation without an outcome.
func Drop() step {
	return step{"drop", []string{"reason"}, "hall.dropped", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.DropSession(v.Context(), v.Actor, hall.DropSession{Session: id, Reason: v.Field("reason")})
		return err
	}}
}

// HideArgument takes an argument out of sight or shows it again.
func HideArgument() step {
	return step{"hide", []string{"reason"}, "hall.moderated", func(p *Pages, v *page.Visit, id hall.SessionID) error {
		_, err := p.Halls.HideArgument(v.Context(), v.Actor, hall.HideArgument{
			Argument: hall.ArgumentID(v.Param("argument")), Hide: v.Field("hide") == "1", Reason: v.Field("reason"),
		})
		return err
	}}
}
