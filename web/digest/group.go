package digest

import (
	"strconv"

	"jushou/deliberation/digest"
	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// groupWork is a group on the desk: the community writes and moves, the town answers.
type groupWork struct {
	groupView
	At     string // address of the group
	Seen   string // revision
	Sort   bool
	Answer *answerForm
	State  digest.State
	Others []view.Option // where its topics may go
	// Typed is the group as it was typed.
	Typed    digest.Writing
	Problems view.Problems
}

// answerForm is the town's answer on its way.
type answerForm struct {
	Token, Known, Verdict, Why, Who, Until, Day string
	Further                                     bool
	Problems                                    view.Problems
}

// GroupWork shows a group with all its topics.
func (p *Pages) GroupWork(v *page.Visit) error {
	return p.groupWork(v, nil, nil, view.Problems{Status: 200})
}

func (p *Pages) groupWork(v *page.Visit, typed *digest.Writing, form *answerForm, problems view.Problems) error {
	d, r, err := p.atDesk(v)
	if err != nil {
		return err
	}
	g, ok := d.Group(digest.GroupID(v.Param("group")))
	if !ok {
		return digest.ErrNotFound
	}
	all := d.Groups
	d.Groups = []digest.Group{g}
	groups, err := p.groupsOf(v, d, 0, "", "/desk/t/")
	if err != nil {
		return err
	}
	at := "/desk/digest/" + string(d.ID)
	shown := groupWork{
		groupView: groups[0], At: at + "/groups/" + string(g.ID), Seen: itoa(d.Revision), Sort: d.May.Sort, State: d.State, Problems: problems,
		Typed: digest.Writing{Heading: g.Heading, Summary: g.Summary, Ask: g.Ask},
	}
	if typed != nil {
		shown.Typed = *typed
	}
	for _, other := range all {
		if other.ID != g.ID {
			shown.Others = append(shown.Others, view.Option{Value: string(other.ID), Text: other.Heading})
		}
	}
	shown.Others = append(shown.Others, view.Option{Value: "", Text: v.T("digest.take_out")})
	if d.May.Answer {
		if form == nil {
			form = &answerForm{Token: ids.New(v.Now), Known: itoa(len(g.Answers))}
		}
		form.Further = len(g.Answers) > 0
		shown.Answer = form
	}
	desk, err := p.Within(v, r, "digests", g.Heading, at+"#g-"+string(g.ID))
	if err != nil {
		return err
	}
	status := problems.Status
	if form != nil && form.Problems.Any() {
		status = form.Problems.Status
	}
	return v.ShowAs(status, GroupWorkPage(desk, shown))
}

// WriteGroup changes what a group says.
func (p *Pages) WriteGroup(v *page.Visit) error {
	w := digest.Writing{ID: digest.GroupID(v.Param("group")), Heading: v.Field("heading"), Summary: v.Field("summary"), Ask: v.Field("ask")}
	_, err := p.Digests.WriteGroup(v.Context(), v.Actor, digest.WriteGroup{Digest: digest.ID(v.Param("digest")), Seen: seen(v), Writing: w})
	if err != nil {
		if lost(err) {
			return err
		}
		return p.groupWork(v, &w, nil, v.Refuse(err))
	}
	return v.GoSaying("/desk/digest/"+v.Param("digest"), "digest.group_written")
}

// DropGroup takes a group away.
func (p *Pages) DropGroup(v *page.Visit) error {
	_, err := p.Digests.DropGroup(v.Context(), v.Actor, digest.ID(v.Param("digest")), digest.GroupID(v.Param("group")), seen(v))
	if err != nil {
		if lost(err) {
			return err
		}
		return p.groupWork(v, nil, nil, v.Refuse(err))
	}
	return v.GoSaying("/desk/digest/"+v.Param("digest"), "digest.group_dropped")
}

// Move puts what is ticked into another group, or out of all.
func (p *Pages) Move(v *page.Visit) error {
	_, err := p.Digests.PlaceTopics(v.Context(), v.Actor, digest.PlaceTopics{
		Digest: digest.ID(v.Param("digest")), Group: digest.GroupID(v.Field("to")), Topics: topicIDs(v.Fields("topic")), Seen: seen(v),
	})
	if err != nil {
		if lost(err) {
			return err
		}
		return p.groupWork(v, nil, nil, v.Refuse(err))
	}
	return v.GoSaying("/desk/digest/"+v.Param("digest")+"/groups/"+v.Param("group"), "digest.placed")
}

// errDay refuses what is no day, so that what was meant is not lost.
var errDay = fault.New(fault.Invalid, "digest.bad_day").On("until_day")

// Answer is the town's answer to a group.
func (p *Pages) Answer(v *page.Visit) error {
	f := answerForm{
		Token: v.Field("token"), Known: v.Field("known"), Verdict: v.Field("verdict"), Why: v.Field("why"), Who: v.Field("who"), Until: v.Field("until"), Day: v.Field("until_day"),
	}
	if err := p.answer(v, f); err != nil {
		if lost(err) {
			return err
		}
		f.Problems = v.Refuse(err)
		return p.groupWork(v, nil, &f, view.Problems{Status: 200})
	}
	return v.GoSaying("/desk/digest/"+v.Param("digest")+"?posted="+f.Token+"#g-"+v.Param("group"), "digest.answered")
}

func (p *Pages) answer(v *page.Visit, f answerForm) error {
	known, err := strconv.Atoi(f.Known)
	if err != nil {
		known = -1 // no number is stale
	}
	var until calendar.Date
	if f.Day != "" {
		if until, err = calendar.ParseDate(f.Day); err != nil {
			return errDay.Because(err)
		}
	}
	_, err = p.Digests.AnswerGroup(v.Context(), v.Actor, digest.AnswerGroup{
		Digest: digest.ID(v.Param("digest")), Group: digest.GroupID(v.Param("group")), Seen: known,
		Answer: digest.Answer{ID: f.Token, Verdict: digest.Verdict(f.Verdict), Why: f.Why, Who: f.Who, Until: f.Until, UntilDay: until},
	})
	return err
}
