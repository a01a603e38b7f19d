package affairs

import (
	"strconv"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// workView is an item on the desk: the version that waits, what it changes, the questions.
type workView struct {
	ID, About string
	// Waits is the version to decide about; State says in words how it stands.
	State   string
	Content contentView
	By      string
	Reason  string
	Change  *changeView
	N       int
	// Review and Own say what the reader may decide; Correct is the address of a correction, "" if none may be made now.
	Review, Own bool
	Correct     string
	Public      string
	Questions   []questionView
	Why         string
	Problems    view.Problems
}

// answerForm is an answer on its way.
type answerForm struct {
	To, Token, Text string
	Problems        view.Problems
}

// failed is a form of the desk's item page that was refused.
type failed struct {
	question, token, text, why string
	problems                   view.Problems
}

// Work shows an item to the people who publish.
func (p *Pages) Work(v *page.Visit) error {
	return p.work(v, failed{problems: view.Problems{Status: 200}})
}

func (p *Pages) work(v *page.Visit, form failed) error {
	found, r, err := p.atDesk(v)
	if err != nil {
		return err
	}
	shown := workOf(v, found)
	shown.Why = form.why
	if form.question == "" {
		shown.Problems = form.problems
	}
	if found.May.Enter {
		for n := range shown.Questions {
			q := &shown.Questions[n]
			a := answerForm{To: "/desk/affairs/" + shown.ID + "/questions/" + q.ID, Token: ids.New(v.Now)}
			if form.question == q.ID {
				a.Token, a.Text, a.Problems = form.token, form.text, form.problems
			}
			q.Answer = &a
		}
	}
	d, err := p.Within(v, r, "affairs", found.Item.Latest().Content.Title, r.Path("/affairs"))
	if err != nil {
		return err
	}
	return v.ShowAs(form.problems.Status, WorkPage(d, shown))
}

// atDesk returns the item of the address and the room it belongs to.
func (p *Pages) atDesk(v *page.Visit) (disclosure.View, console.Room, error) {
	found, err := p.Affairs.Item(v.Context(), v.Actor, disclosure.ItemID(v.Param("item")))
	if err != nil {
		return found, console.Room{}, err
	}
	if !found.May.Work {
		return found, console.Room{}, disclosure.ErrNotFound
	}
	r, err := p.Room(v, found.Item.Community, community.LevelCommunity)
	return found, r, err
}

func workOf(v *page.Visit, found disclosure.View) workView {
	i := found.Item
	last := i.Latest()
	shown := workView{
		ID: string(i.ID), About: aboutWords(v, i.Kind, i.Period, &i), Content: contentOf(v, i.ID, last.Content), N: last.N,
		By: v.T("affairs.entered_by", "who", who(last.EnteredBy)), Reason: last.Reason, Review: found.May.Review && !found.May.Own, Own: found.May.Own,
		Questions: questionsOf(v, found.Questions), State: v.T("affairs.state_" + string(last.Verdict)),
	}
	current, published := i.Current()
	if published {
		shown.Public = "/affairs/" + string(i.ID)
		if last.N != current.N {
			change := changeOf(v, current.Content, last.Content)
			shown.Change = &change
		}
	}
	if last.Verdict == disclosure.Returned && last.Why != "" {
		shown.State = v.T("affairs.returned_by", "who", who(last.ReviewedBy), "why", last.Why)
	}
	if last.Verdict != disclosure.Waits && found.May.Enter {
		shown.Correct = "/desk/affairs/" + string(i.ID) + "/correct"
	}
	return shown
}

// Review publishes the version that waits, or returns it.
func (p *Pages) Review(v *page.Visit) error {
	n, _ := strconv.Atoi(v.Field("version")) // what is no number is no version, and stale
	publish := v.Field("verdict") == "publish"
	id := disclosure.ItemID(v.Param("item"))
	i, err := p.Affairs.ReviewItem(v.Context(), v.Actor, disclosure.ReviewItem{Item: id, Version: n, Publish: publish, Why: v.Field("why")})
	if err != nil {
		if kind := fault.KindOf(err); kind == fault.NotFound || kind == fault.Unauthenticated || kind == fault.Denied && fault.CodeOf(err) != disclosure.ErrOwnEntry.Code {
			return err
		}
		return p.work(v, failed{why: v.Field("why"), problems: v.Refuse(err)})
	}
	said := "affairs.sent_back"
	if publish {
		said = "affairs.published"
	}
	return v.GoSaying("/desk/c/"+string(i.Community)+"/affairs", said)
}

// Answer answers a question.
func (p *Pages) Answer(v *page.Visit) error {
	form := failed{question: v.Param("question"), token: v.Field("token"), text: v.Field("text")}
	q, err := p.Affairs.AnswerQuestion(v.Context(), v.Actor, disclosure.AnswerQuestion{
		ID: form.token, Question: disclosure.QuestionID(form.question), Text: form.text,
	})
	if err != nil {
		if kind := fault.KindOf(err); kind == fault.NotFound || kind == fault.Unauthenticated {
			return err
		}
		form.problems = v.Refuse(err)
		return p.work(v, form)
	}
	return v.GoSaying("/desk/affairs/"+string(q.Item)+"#q-"+string(q.ID), "affairs.answered")
}

// CorrectForm shows what stands, to be corrected or entered again.
func (p *Pages) CorrectForm(v *page.Visit) error {
	found, r, err := p.atDesk(v)
	if err != nil {
		return err
	}
	return p.showCorrection(v, r, found, formOf(found.Item))
}

// Correct stores the correction for its review.
func (p *Pages) Correct(v *page.Visit) error {
	found, r, err := p.atDesk(v)
	if err != nil {
		return err
	}
	f, err := p.readForm(v)
	known := formOf(found.Item)
	f.Kind, f.Revises, f.Corrects = known.Kind, true, known.Corrects
	if err == nil && v.Field("step") == "rows" {
		return p.showCorrection(v, r, found, f)
	}
	content, unread := f.content()
	if err = deliberation.Joined(err, unread); err == nil {
		_, err = p.Affairs.ReviseItem(v.Context(), v.Actor, disclosure.ReviseItem{
			Item: found.Item.ID, Token: f.Token, Seen: f.Seen, Reason: f.Reason, Content: content,
		})
		if err == nil {
			at := "/desk/affairs/" + string(found.Item.ID)
			return v.GoSaying(at+"?posted="+at+"/correct", "affairs.waits")
		}
	}
	f.Problems = v.Refuse(err)
	return p.showCorrection(v, r, found, f)
}

func (p *Pages) showCorrection(v *page.Visit, r console.Room, found disclosure.View, f itemForm) error {
	if !found.May.Enter {
		return disclosure.ErrNotFound
	}
	i := found.Item
	f.To, f.About = "/desk/affairs/"+string(i.ID)+"/correct", aboutWords(v, i.Kind, i.Period, &i)
	if !ids.Valid(f.Token) {
		f.Token = ids.New(v.Now)
	}
	f.spare()
	title := v.T("affairs.again")
	if f.Corrects {
		title = v.T("affairs.correct")
	}
	d, err := p.Within(v, r, "affairs", title, "/desk/affairs/"+string(i.ID))
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, FormPage(d, f))
}
