package poll

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
	"jushou/projects"
	"jushou/web/view"
)

// pickType is the control that names an option.
func pickType(p poll.Poll) string {
	if several(p) {
		return "checkbox"
	}
	return "radio"
}

// scoreOf is the score that a choice gives an option, "" for none.
func scoreOf(c rule.Choice, option int) string {
	if i := slices.Index(c.Picks, option); i >= 0 && i < len(c.Scores) {
		return strconv.Itoa(c.Scores[i])
	}
	return ""
}

// receiptOf is where a voter's receipt is shown.
func receiptOf(p pollView, m poll.Mine) string {
	to := p.To + "/receipt"
	if len(p.Seats) > 1 {
		to += "?voter=" + url.QueryEscape(string(m.Voter))
	}
	return to
}

// castable are the lines that the reader may vote for by phone: not those whose paper is in.
func castable(all []poll.Mine) []poll.Mine {
	return slices.DeleteFunc(slices.Clone(all), func(m poll.Mine) bool { return m.Paper })
}

func sorted(buildings map[string]int) []string { return slices.Sorted(maps.Keys(buildings)) }

func barClass(b bar) string {
	if b.Won {
		return "bar-won"
	}
	return "bar-fill"
}

// takes reports whether the form offers a method.
func takes(f draftView, m rule.Method) bool { return slices.Contains(f.Methods, m) }

// waits names the texts of a label with or without time for objections.
func waits(l poll.Label) string {
	if l == poll.OwnersVote {
		return "owners"
	}
	if l.ObjectionTime() > 0 {
		return "wait"
	}
	return "now"
}

func optionsHint(l poll.Label) string {
	if l == poll.Ranking {
		return "poll.options_hint.budget"
	}
	return "poll.options_hint"
}

// usualQuorum is what a form suggests: a household vote wants more than half of the households.
func usualQuorum(l poll.Label) string {
	if l == poll.HouseVote {
		return "roll-half"
	}
	return ""
}

// budgetRules are the ways of dividing a sum that the form offers.
func budgetRules(ctx context.Context) []view.Option {
	var all []view.Option
	for _, r := range []budget.Rule{budget.Greedy, budget.MESCostAdd1U} {
		all = append(all, view.Option{Value: string(r), Text: view.T(ctx, "poll.rule."+string(r))})
	}
	return all
}

// permille is the turnout for a bar of a thousand.
func permille(t poll.Turnout) string {
	if t.Voters == 0 {
		return "0"
	}
	return strconv.Itoa(t.Voted * 1000 / t.Voters)
}

// objectionFault is the sentence about the answer to this objection, if it was the one refused.
func objectionFault(t tendView, o poll.Objection) string {
	if !t.Typed.Has("answer", "objection", o.ID) {
		return ""
	}
	return t.Typed.On("answer", "answer")
}

// kept are the photos of the form that comes back.
func kept(s seatView, form string) []deliberation.PhotoID {
	if s.Typed.Form() == form {
		return s.Photos
	}
	return nil
}

// plainOptions are values that say themselves.
func plainOptions(values []string) []view.Option {
	var all []view.Option
	for _, value := range values {
		all = append(all, view.Option{Value: value, Text: value})
	}
	return all
}

func proxyKinds(ctx context.Context, v poll.View) []view.Option {
	if v.Mandates == 0 {
		return settings(ctx, "poll.proxy_kind.", string(poll.AsGuardian))
	}
	return settings(ctx, "poll.proxy_kind.", string(poll.ByMandate), string(poll.AsGuardian))
}

func paperIcon(l poll.PaperLine) string {
	switch l.State {
	case poll.PaperSettled:
		return "check"
	case poll.PaperDiffers:
		return "overdue"
	}
	return "waiting"
}

// paperSaid says what somebody read on a paper ballot.
func paperSaid(ctx context.Context, p poll.Poll, c rule.Choice) string {
	if c.Spoilt != "" {
		return view.T(ctx, "poll.spoilt."+c.Spoilt)
	}
	return strings.Join(said(ctx, p, c), view.T(ctx, "list.and"))
}

// ordered puts the binding reading first.
func ordered(all []rule.Sheet) []rule.Sheet {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b rule.Sheet) int {
		switch {
		case a.Binding == b.Binding:
			return 0
		case a.Binding:
			return -1
		}
		return 1
	})
	return sorted
}

func majority(p poll.Poll, s rule.Sheet) string {
	if s.Majority < 0 {
		return ""
	}
	return p.Options[s.Majority].Text
}

// sheetOutcome says what a reading comes to.
func sheetOutcome(ctx context.Context, p poll.Poll, s rule.Sheet) string {
	switch {
	case !s.Quorate:
		return view.T(ctx, "poll.sheet.short")
	case s.Passed < 0:
		return view.T(ctx, "poll.sheet.failed")
	}
	return view.T(ctx, "poll.sheet.passed", "option", p.Options[s.Passed].Text)
}

// readers says who reads a page, and so where its links lead.
type readers bool

// residents read projects themselves; everybody else reads the sheet that hangs on the wall.
const residents readers = true

// page is where the project of an option is read.
func (r readers) page(o poll.Option) string {
	if r {
		return "/p/" + o.Project
	}
	return "/open/p/" + o.Project + "/poster"
}

// Stuck reports whether a round cannot go on: one of its projects went when its options stood already, or too few are left.
func (t tendView) Stuck() bool {
	early := t.State == poll.Drafted || t.State == poll.Rolling || t.State == poll.Listed
	return early && (len(t.Round.Standing()) < len(t.Round.Lots) || len(t.Round.Standing()) < projects.MinLots)
}

// asks reports whether the page has the form of a step and shows there what is wrong with it. Steps without fields have none, nor do those
// that the poll does not take now.
func (t tendView) asks(form string) bool {
	switch listed := t.State == poll.Listed; form {
	case "add":
		return t.Joint == nil && (listed || t.State == poll.Open)
	case "remove":
		return t.Joint == nil && listed
	case "relist":
		return t.Joint != nil && listed
	case "postpone":
		return listed
	case "answer":
		open := func(o poll.Objection) bool { return !o.Answered() && t.Typed.Has("answer", "objection", o.ID) }
		return listed && slices.ContainsFunc(t.Objections, open)
	case "withdraw":
		return listed || t.State == poll.Drafted || t.State == poll.Rolling
	case "recount":
		return t.State == poll.Disputed
	case "override":
		return t.State.Public() && !t.Override.Confirmed()
	case "overridden":
		return t.State.Public() && t.Override != nil && !t.Override.Confirmed()
	}
	return false
}
