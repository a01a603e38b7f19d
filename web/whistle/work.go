package whistle

import (
	"strconv"
	"time"

	"jushou/deliberation/whistle"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// Work shows one whistle to those who have to do with it, with their steps.
func (p *Pages) Work(v *page.Visit) error {
	return p.work(v, view.Problems{Status: 200}, "", "")
}

func (p *Pages) work(v *page.Visit, problems view.Problems, failed, words string) error {
	w, err := p.Whistles.Whistle(v.Context(), v.Actor, whistle.ID(v.Param("whistle")))
	if err != nil {
		return err
	}
	r, back, err := p.from(v, w)
	if err != nil {
		return err
	}
	shown := p.record(v, w, "/desk/t/")
	if len(v.Actor.Departments(w.Place())) > 0 || !r.May(identity.AcceptTopic) { // a partner's desk has the own board's topics only
		shown = p.record(v, w, "/t/")
	}
	shown.To, shown.Problems, shown.Failed, shown.Words = "/desk/w/"+string(w.ID), problems, failed, words
	shown.Soon = view.InputTime(w.MeetAt)
	if w.MeetAt.Before(v.Now) {
		shown.Soon = view.InputTime(v.Now.Add(time.Hour))
	}
	shown.Present = view.InputTime(v.Now)
	d, err := p.Within(v, r, "whistles", v.T("whistle.form_"+string(w.Form)), back)
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, WorkPage(d, shown))
}

// from returns the room the visitor stands in, and where they came from: departments from the town's page.
func (p *Pages) from(v *page.Visit, w whistle.View) (console.Room, string, error) {
	if len(v.Actor.Departments(w.Place())) > 0 {
		r, err := p.Room(v, w.Town(), community.LevelTown)
		return r, r.Path("/whistles"), err
	}
	r, err := p.Room(v, w.Community, community.LevelCommunity)
	return r, r.Path("/whistles"), err
}

// Step takes one step for one unit.
func (p *Pages) Step(v *page.Visit) error {
	unit, err := strconv.Atoi(v.Field("unit"))
	if err != nil {
		unit = -1 // no unit: told by the use case
	}
	step, words := v.Field("step"), v.Field("words")
	_, err = p.Whistles.StepUnit(v.Context(), v.Actor, whistle.StepUnit{
		Whistle: whistle.ID(v.Param("whistle")), Unit: unit, Step: whistle.Step(step), Words: words, At: view.Instant(v.Field("at")),
	})
	if err != nil {
		return p.work(v, v.Refuse(err), v.Field("unit")+"/"+step, words)
	}
	return v.GoSaying("/desk/w/"+v.Param("whistle"), "whistle.done_"+known(step))
}

// known keeps what a form says out of the keys of the catalogue.
func known(step string) string {
	for _, s := range whistle.Steps() {
		if string(s) == step {
			return step
		}
	}
	return "step"
}

// Conclude writes down the joint solution.
func (p *Pages) Conclude(v *page.Visit) error {
	words := v.Field("words")
	_, err := p.Whistles.ConcludeWhistle(v.Context(), v.Actor, whistle.ID(v.Param("whistle")), words)
	return p.ended(v, err, "conclude", words)
}

// Evaluate says whether it helped.
func (p *Pages) Evaluate(v *page.Visit) error {
	words := v.Field("words")
	_, err := p.Whistles.EvaluateWhistle(v.Context(), v.Actor, whistle.ID(v.Param("whistle")), whistle.Verdict(v.Field("verdict")), words)
	return p.ended(v, err, "evaluate", words)
}

// Cancel takes the call back.
func (p *Pages) Cancel(v *page.Visit) error {
	words := v.Field("words")
	_, err := p.Whistles.CancelWhistle(v.Context(), v.Actor, whistle.ID(v.Param("whistle")), words)
	return p.ended(v, err, "cancel", words)
}

func (p *Pages) ended(v *page.Visit, err error, step, words string) error {
	if err != nil {
		return p.work(v, v.Refuse(err), step, words)
	}
	return v.GoSaying("/desk/w/"+v.Param("whistle"), "whistle.done_"+step)
}
