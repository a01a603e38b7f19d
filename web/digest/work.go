package digest

import (
	"strconv"

	"jushou/deliberation/digest"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

func itoa(n int) string { return strconv.Itoa(n) }

// workView is a digest on the desk.
type workView struct {
	recordView
	At    string // address of the page
	Token string // of a new group
	// Refused is the step whose form comes back open, with what was typed.
	Refused, Words, Heading, Summary, Ask string
	Problems                              view.Problems
}

// typed is what was typed into a form that comes back.
func (w workView) typed(step string) string {
	if w.Refused == step {
		return w.Words
	}
	return ""
}

// on is the sentence about a field of the form that comes back.
func (w workView) on(step, field string) string {
	if w.Refused == step {
		return w.Problems.On(field)
	}
	return ""
}

// failed is a form of the work page that was refused.
type failed struct {
	step, token, words, heading, summary, ask string
	problems                                  view.Problems
}

// Work shows a digest to those who sort it, and once it is passed up to those who answer it.
func (p *Pages) Work(v *page.Visit) error {
	return p.work(v, failed{problems: view.Problems{Status: 200}})
}

func (p *Pages) work(v *page.Visit, f failed) error {
	d, r, err := p.atDesk(v)
	if err != nil {
		return err
	}
	record, err := p.record(v, d)
	if err != nil {
		return err
	}
	at := "/desk/digest/" + string(d.ID)
	if record.Groups, err = p.groupsOf(v, d, told, at, "/desk/t/"); err != nil {
		return err
	}
	shown := workView{
		recordView: record, At: at, Token: f.token, Refused: f.step, Words: f.words, Heading: f.heading, Summary: f.summary, Ask: f.ask, Problems: f.problems,
	}
	if !ids.Valid(shown.Token) {
		shown.Token = ids.New(v.Now)
	}
	desk, err := p.Within(v, r, "digests", d.Title, r.Path("/digests"))
	if err != nil {
		return err
	}
	return v.ShowAs(f.problems.Status, WorkPage(desk, shown))
}

// atDesk returns the digest of the address and the room it is worked on in: the town's own people come from the town's page.
func (p *Pages) atDesk(v *page.Visit) (digest.View, console.Room, error) {
	d, err := p.read(v)
	if err != nil {
		return d, console.Room{}, err
	}
	switch {
	case d.May.Work:
		r, err := p.Room(v, d.Community, community.LevelCommunity)
		return d, r, err
	case d.May.Town:
		r, err := p.Room(v, d.Town(), community.LevelTown)
		return d, r, err
	}
	return d, console.Room{}, digest.ErrNotFound
}

// lost reports whether a refusal leaves no page to show it on.
func lost(err error) bool {
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Unauthenticated:
		return true
	case fault.Denied:
		return fault.CodeOf(err) != digest.ErrSamePerson.Code
	}
	return false
}

// seen reads the revision a form knew; what is no number is none, and stale.
func seen(v *page.Visit) int {
	n, err := strconv.Atoi(v.Field("seen"))
	if err != nil {
		return -1
	}
	return n
}

// Step takes one step of the whole digest.
func (p *Pages) Step(v *page.Visit) error {
	step := v.Field("step")
	words := v.Field("why_" + step)
	if err := p.take(v, digest.Move(step), words); err != nil {
		if lost(err) {
			return err
		}
		return p.work(v, failed{step: step, words: words, problems: v.Refuse(err)})
	}
	return v.GoSaying("/desk/digest/"+v.Param("digest"), "digest.done_"+step)
}

func (p *Pages) take(v *page.Visit, m digest.Move, words string) (err error) {
	ctx, id, n := v.Context(), digest.ID(v.Param("digest")), seen(v)
	switch m {
	case digest.MoveFinish:
		_, err = p.Digests.FinishSorting(ctx, v.Actor, id, n)
	case digest.MoveSendBack:
		_, err = p.Digests.SendBack(ctx, v.Actor, id, words, n)
	case digest.MoveSubmit:
		_, err = p.Digests.SubmitDigest(ctx, v.Actor, id, n)
	case digest.MoveReturn:
		_, err = p.Digests.ReturnDigest(ctx, v.Actor, id, words, n)
	case digest.MoveClose:
		_, err = p.Digests.CloseDigest(ctx, v.Actor, id, n)
	case digest.MoveWithdraw:
		_, err = p.Digests.WithdrawDigest(ctx, v.Actor, id, words, n)
	default:
		if _, err = p.read(v); err == nil {
			err = digest.ErrState.With("step", m)
		}
	}
	return err
}

// NewGroup makes a group.
func (p *Pages) NewGroup(v *page.Visit) error {
	f := failed{step: "group", token: v.Field("token"), heading: v.Field("heading"), summary: v.Field("summary"), ask: v.Field("ask")}
	_, err := p.Digests.WriteGroup(v.Context(), v.Actor, digest.WriteGroup{
		Digest: digest.ID(v.Param("digest")), Seen: seen(v),
		Writing: digest.Writing{ID: digest.GroupID(f.token), Heading: f.heading, Summary: f.summary, Ask: f.ask},
	})
	if err != nil {
		if lost(err) {
			return err
		}
		f.problems = v.Refuse(err)
		return p.work(v, f)
	}
	return v.GoSaying("/desk/digest/"+v.Param("digest")+"#g-"+f.token, "digest.group_made")
}
