package deliberation

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// verbs are what the use cases ask for before a step; the author's own steps ask who the author is.
func verbs() map[Move]identity.Verb {
	return map[Move]identity.Verb{
		MoveAnswer: identity.AnswerTopic, MoveHold: identity.HoldTopic, MoveRelease: identity.HoldTopic, MoveHide: identity.HoldTopic,
		MoveAccept: identity.AcceptTopic, MoveRefuse: identity.AcceptTopic, MoveAsk: identity.AcceptTopic,
		MoveDispatch: identity.DispatchTopic, MoveReview: identity.DispatchTopic, MoveReopen: identity.DispatchTopic,
		MoveMerge: identity.DispatchTopic, MoveBoard: identity.DispatchTopic,
		MoveContest: identity.HandleTopic, MoveTake: identity.HandleTopic, MoveReport: identity.HandleTopic, MoveExtend: identity.HandleTopic,
		MoveVerify: identity.VerifyWork, MoveSendBack: identity.VerifyWork, MoveUphold: identity.VerifyWork,
		"grant": identity.ExtendClock, "refuse_extension": identity.ExtendClock,
	}
}

// entitled reports whether the use case would let somebody try.
func entitled(t Topic, m Move, by identity.Actor) bool {
	if verb, ok := verbs()[m]; ok {
		return t.allows(by, verb) == nil
	}
	if slices.Contains([]Move{MoveEdit, MoveWithdraw, MoveConfirm, MoveDispute, "reply"}, m) {
		return t.speaksFor(by.ID)
	}
	return true
}

// crowd are the people of the topic's life. Everybody tries everything that a use case would let through to the rules.
func crowd() []identity.Actor {
	secretary := identity.Actor{ID: "secretary", Name: "张书记", Grants: []identity.Grant{{Role: identity.RoleSecretary, Node: "c", Title: "书记"}}}
	roads := identity.Actor{ID: "roads", Name: "城管员", Grants: []identity.Grant{{Role: identity.RoleDepartment, Node: "t", Board: identity.DepartmentBoard("urban"), Title: "城管"}}}
	author := identity.Actor{ID: "author", Name: "王某", Masked: "王**"}
	return []identity.Actor{worker("staff"), worker("checker"), secretary, greening(), roads, author}
}

// life is a topic whose steps somebody watches.
type life struct {
	topic    Topic
	now      time.Time
	terms    Terms
	touched  []identity.AccountID // who took or reported it, kept apart from what the topic says
	disputes int
}

// frozen is everything a topic holds, so that a change behind a shared slice is seen, too.
func frozen(r *rapid.T, t Topic) string {
	text, err := json.Marshal(t)
	if err != nil {
		r.Fatal(err)
	}
	return string(text)
}

// step draws somebody, a move and what it needs, and takes it.
func (l *life) step(r *rapid.T) {
	aside := []Move{MoveWithdraw, MoveHide, MoveHold, MoveMerge, MoveBoard, MoveEdit, MoveAnswer, "hall.opened"}
	if l.topic.Status == Waiting {
		aside = aside[:5]
	}
	by := rapid.SampledFrom(crowd()).Draw(r, "by")
	moves := append(Moves(), "sweep", "sweep", "grant", "refuse_extension", "reply", "hall.opened", "hall.concluded")
	moves = slices.DeleteFunc(moves, func(m Move) bool { return m == MoveComment || m == MoveDeliberate || m == MoveConclude })
	m := rapid.SampledFrom(moves).Draw(r, "move")
	if rapid.IntRange(0, 3).Draw(r, "legal") > 0 { // mostly what the state allows and leads on
		m = rapid.SampledFrom(slices.DeleteFunc(slices.Clone(moves), func(m Move) bool {
			return slices.Contains(Moves(), m) && !l.topic.Status.Allows(m) || slices.Contains(aside, m)
		})).Draw(r, "allowed")
		by = rapid.SampledFrom(slices.DeleteFunc(crowd(), func(a identity.Actor) bool { return !entitled(l.topic, m, a) })).Draw(r, "entitled")
	}
	if !entitled(l.topic, m, by) {
		return
	}
	l.now = l.now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 45, 600, 1440, 4320, 11000}).Draw(r, "minutes")) * time.Minute)
	before, text := l.topic, frozen(r, l.topic)
	facts, err := l.take(r, m, by)
	switch {
	case err != nil && (facts != nil || frozen(r, l.topic) != text):
		r.Fatalf("%s by %s from %s was refused with %v, and changed\n%s\n%s", m, by.ID, before.Status, err, text, frozen(r, l.topic))
	case frozen(r, before) != text:
		r.Fatalf("%s wrote into what the topic was", m)
	case err != nil:
		return
	case slices.Contains(Moves(), m) && !before.Status.Allows(m):
		r.Fatalf("%s is not allowed from %s, and was taken", m, before.Status)
	}
	l.lawful(r, m, by, before)
}

// take takes the step.
func (l *life) take(r *rapid.T, m Move, by identity.Actor) ([]docstore.Fact, error) {
	t, x, now := &l.topic, l.terms, l.now
	why := rapid.SampledFrom([]string{"看过现场", ""}).Draw(r, "why")
	switch m {
	case MoveAnswer:
		role, title := standing(by, t.Place())
		before := t.Answered()
		facts, err := t.Answer(Response{ID: now.String() + string(by.ID), By: by.ID, Name: by.Name, Role: role, Title: title, Body: "在修"}, now)
		if err == nil && !before && t.Answered() {
			t.startAcceptance(x, now)
		}
		return facts, err
	case MoveEdit:
		return t.Edit(by, Text{Title: "灯", Body: now.String()}, t.Revision, Verdict{}, now)
	case MoveWithdraw:
		return t.Withdraw(by, why, now)
	case MoveHold:
		return t.Hold(by, why, now)
	case MoveRelease:
		return t.Release(by, why, now)
	case MoveHide:
		return t.Hide(by, why, now)
	case MoveAccept:
		return t.Accept(by, why, x, now)
	case MoveRefuse:
		return t.Refuse(by, rapid.SampledFrom(RefusalKinds()).Draw(r, "kind"), why, now)
	case MoveAsk:
		return t.Ask(by, why, x, now)
	case MoveDispatch:
		return t.Dispatch(by, drawErrand(r), why, dispatches(*t), x, now)
	case MoveContest:
		return t.Contest(by, why, now)
	case MoveReview:
		return t.Review(by, why, now)
	case MoveTake:
		return t.Take(by, now)
	case MoveReport:
		return t.Report(by, now.String()+string(by.ID), Text{Body: "修剪完了"}, now)
	case MoveVerify:
		return t.Verify(by, why, x, now)
	case MoveSendBack:
		return t.SendBack(by, why, now)
	}
	return l.takeLate(r, m, by, why)
}

func (l *life) takeLate(r *rapid.T, m Move, by identity.Actor, why string) ([]docstore.Fact, error) {
	t, x, now := &l.topic, l.terms, l.now
	switch m {
	case MoveConfirm:
		return t.Confirm(by, why, now)
	case MoveDispute:
		return t.Dispute(by, why, x, now)
	case MoveUphold:
		return t.Uphold(by, why, now)
	case MoveClose:
		return t.Close(now)
	case MoveReopen:
		return t.Reopen(by, why, x, now)
	case MoveExtend:
		to := calendar.DateOf(now.AddDate(0, 0, rapid.IntRange(-2, 40).Draw(r, "later")))
		return t.AskExtension(by, to, why, x, now)
	case "grant":
		return t.GrantExtension(by, x, now)
	case "refuse_extension":
		return t.RefuseExtension(by, why, now)
	case "reply":
		return t.Reply(by, x, now)
	case MoveBoard:
		to, err := BoardOf(rapid.SampledFrom([]BoardKey{BoardNearby, BoardHall, BoardProperty, BoardNeighbours, BoardNotice}).Draw(r, "board"))
		if err != nil {
			return nil, err
		}
		return t.MoveBoard(by, to, why, nil, now)
	case MoveMerge:
		return l.merge(r, by, why)
	case "hall.opened", "hall.concluded": // no commands: they come when they come
		what := string(m)
		return t.link(Link{Kind: LinkHall, ID: "h", Title: "议一议", What: what, At: now}, x, Entry{What: what, Actor: "c", At: now, Reason: "议一议"})
	case "sweep":
		return t.watch(x, now)
	}
	return nil, errors.New("no such move")
}

func drawErrand(r *rapid.T) Errand {
	return Errand{
		Item: "LH-01", ItemName: "断枝", Department: rapid.SampledFrom([]string{"greening", "urban", ""}).Draw(r, "department"),
		Days: rapid.IntRange(0, 12).Draw(r, "days"),
	}
}

func dispatches(t Topic) int {
	if t.Work == nil {
		return 0
	}
	return t.Work.Dispatches
}

// merge merges the topic into an older one that went some way, and looks at what that one owes.
func (l *life) merge(r *rapid.T, by identity.Actor, why string) ([]docstore.Fact, error) {
	into := newPost(l.topic.CreatedAt.Add(-time.Minute), dayRounds())
	into.ID = "elder"
	for i, m := range []Move{MoveAnswer, MoveAccept}[:rapid.IntRange(0, 2).Draw(r, "elder")] {
		if _, err := perform(&into, m, l.now.Add(time.Duration(i-5000)*time.Minute)); err != nil {
			r.Fatal(err)
		}
	}
	from := l.topic
	facts, err := l.topic.MergeInto(by, into, why, l.now)
	if err != nil {
		return facts, err
	}
	owed := into
	if _, err := owed.Absorb(by, l.topic, l.terms, l.now); err != nil {
		r.Fatalf("absorb: %v", err)
	}
	for _, c := range []struct{ was, other, is deadline.Clock }{
		{into.Acceptance, from.Acceptance, owed.Acceptance}, {into.Resolution, from.Resolution, owed.Resolution},
	} {
		mine, mineOwed := c.was.Owed()
		theirs, theirsOwed := c.other.Owed()
		if now, ok := c.is.Owed(); mineOwed && (!ok || now.After(mine) || theirsOwed && now.After(theirs)) {
			r.Fatalf("%s was due %v and %v, and is due %v after the merge", c.was.Kind, mine, theirs, now)
		}
	}
	if into.Clock.Running() && owed.Clock.DueAt.After(into.Clock.DueAt) {
		r.Fatalf("the answer was due %v, and is due %v", into.Clock.DueAt, owed.Clock.DueAt)
	}
	return facts, nil
}

// lawful holds a step that was taken to the laws of a topic's life.
func (l *life) lawful(r *rapid.T, m Move, by identity.Actor, before Topic) {
	t := l.topic
	l.toldOf(r, m, before)
	l.keepsItsWord(r, m, before)
	if t.Status.Ended() {
		if t.Clock != nil && t.Clock.Running() || t.Acceptance.Running() || t.Resolution.Running() {
			r.Fatalf("%s after %s, and something is owed: %+v %+v %+v", t.Status, m, t.Clock, t.Acceptance, t.Resolution)
		}
		if at, ok := t.workAt(); ok {
			r.Fatalf("%s, and a sweep looks again at %v", t.Status, at)
		}
	}
	if (t.Acceptance.Running() || t.Resolution.Running()) && !t.Kind.Undertakes() {
		r.Fatalf("%s is promised work that nobody can take up", t.Kind)
	}
	if at, ok := t.workAt(); m == "sweep" && ok && !at.After(l.now) && t.unfinished() == nil {
		r.Fatalf("swept at %v, and owes a step of %v", l.now, at)
	}
	switch m {
	case MoveVerify, MoveSendBack, MoveUphold:
		if slices.Contains(l.touched, by.ID) {
			r.Fatalf("%s by %s, who handled it", m, by.ID)
		}
	case MoveTake, MoveReport:
		l.touched = append(l.touched, by.ID)
	case MoveDispute:
		if l.disputes++; l.disputes > 1 {
			r.Fatal("disputed twice")
		}
	}
}

// toldOf looks at the lines that the step added: the earlier ones stay, each has who, when, what and, if need be, why.
func (l *life) toldOf(r *rapid.T, m Move, before Topic) {
	old, all := len(before.History), l.topic.History
	if len(all) < old || !reflect.DeepEqual(all[:old], before.History) {
		r.Fatalf("%s changed the history", m)
	}
	if m != "sweep" && len(all) == old {
		r.Fatalf("%s left no line", m)
	}
	for _, e := range all[old:] {
		if e.What == "" || e.Actor == "" || e.At.IsZero() || e.At.After(l.now) {
			r.Fatalf("%s left a line without who or when: %+v", m, e)
		}
		if hands := strings.HasPrefix(e.Actor, "system:") || strings.HasPrefix(e.What, "hall."); !hands && e.Name == "" {
			r.Fatalf("%s left a line without a name: %+v", m, e)
		}
		if !slices.Contains([]string{"system:patrol", "author", "c"}, e.Actor) && e.Title == "" {
			r.Fatalf("%s left a line without a role: %+v", m, e)
		}
	}
	needs := []Move{MoveHold, MoveHide, MoveRefuse, MoveAsk, MoveDispatch, MoveContest, MoveReview, MoveSendBack, MoveDispute, MoveUphold, MoveReopen, MoveExtend, MoveBoard}
	if slices.Contains(needs, m) && all[len(all)-1].Reason == "" {
		r.Fatalf("%s without a reason", m)
	}
}

// keepsItsWord looks at the clocks: what was broken stays broken, and neither another department nor another board wins time.
func (l *life) keepsItsWord(r *rapid.T, m Move, before Topic) {
	t := l.topic
	pairs := []struct{ was, is deadline.Clock }{{before.Acceptance, t.Acceptance}, {before.Resolution, t.Resolution}}
	for _, c := range pairs {
		broken := breaches(c.is)
		for _, b := range breaches(c.was) {
			if !slices.Contains(broken, b) {
				r.Fatalf("%s made a breach vanish: %+v", m, b)
			}
		}
		moved := c.is.Sequence != c.was.Sequence || !c.is.StartedAt.Equal(c.was.StartedAt)
		first := before.Work == nil || before.Work.First == nil
		switch {
		case m != MoveDispatch && m != MoveBoard:
		case moved:
			r.Fatalf("%s started the clock of %s again", m, c.was.Kind)
		case c.is.DueAt.After(c.was.DueAt), !first && !c.is.DueAt.Equal(c.was.DueAt):
			r.Fatalf("%s moved %s from %v to %v", m, c.was.Kind, c.was.DueAt, c.is.DueAt)
		}
	}
	switch {
	case before.Clock == nil || t.Clock == nil:
	case !t.Clock.StartedAt.Equal(before.Clock.StartedAt), !t.Clock.DueAt.Equal(before.Clock.DueAt):
		r.Fatalf("%s moved the clock of the answer", m)
	case !before.Clock.MetAt.IsZero() && !t.Clock.MetAt.Equal(before.Clock.MetAt):
		r.Fatalf("%s changed when it was answered", m)
	case len(t.Clock.Steps) < len(before.Clock.Steps):
		r.Fatalf("%s took back a step of the patrol", m)
	}
}

// broken is a breach without when it was written down.
type broken struct {
	sequence int
	at       time.Time
}

func breaches(c deadline.Clock) []broken {
	var all []broken
	for _, one := range append(slices.Clone(c.Earlier), c) {
		for _, b := range one.Breaches {
			all = append(all, broken{b.Sequence, b.At})
		}
	}
	return all
}

// TestTheLawsOfATopicsLife lets anybody try anything at any time.
func TestTheLawsOfATopicsLife(t *testing.T) {
	t.Parallel()
	x, seen := terms(), map[Status]bool{}
	rapid.Check(t, func(r *rapid.T) {
		l := life{topic: newPost(at(8, 10), dayRounds()), now: at(8, 10), terms: x}
		for range rapid.IntRange(1, 100).Draw(r, "steps") {
			l.step(r)
			seen[l.topic.Status] = true
		}
	})
	for _, s := range []Status{Refused, InHand, Reported, Resolved} {
		if !seen[s] {
			t.Errorf("no life came to %s", s)
		}
	}
}
