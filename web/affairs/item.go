package affairs

import (
	"strconv"
	"time"

	"jushou/deliberation/disclosure"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// itemView is one item as it is read.
type itemView struct {
	ID, Home  string
	About     string
	Content   contentView
	By        string // who entered and who reviewed it, in one sentence
	At        time.Time
	Versions  []versionLine
	Questions []questionView
	// Ask is set for who may ask, with what was typed.
	Ask      *askForm
	Desk     string
	Problems view.Problems
}

// contentView is what a version says.
type contentView struct {
	Title, Body string
	Rows        []rowView
	Sum         string
	Photos      []view.Photo
}

type rowView struct {
	What, Side, Amount, Note string
	Op                       disclosure.Op
}

// versionLine is a line of the trail.
type versionLine struct {
	Href, Text, Reason string
	At                 time.Time
	Current            bool
}

type questionView struct {
	ID, Who, Text string
	At            time.Time
	Replies       []replyView
	Due           time.Time // promised, while it is not answered
	Late          bool
	// Answer is set on the desk.
	Answer *answerForm
}

type replyView struct {
	Who, Text string
	At        time.Time
}

type askForm struct{ Token, Text string }

// Item shows a published item, its trail and its questions.
func (p *Pages) Item(v *page.Visit) error { return p.item(v, askForm{}, view.Problems{Status: 200}) }

func (p *Pages) item(v *page.Visit, form askForm, problems view.Problems) error {
	found, err := p.Affairs.Item(v.Context(), v.Actor, disclosure.ItemID(v.Param("item")))
	if err != nil {
		return err
	}
	i := found.Item
	current, ok := i.Current()
	if !ok {
		return v.Go("/desk/affairs/" + string(i.ID))
	}
	shown := itemView{
		ID: string(i.ID), Home: "/c/" + string(i.Community) + "/affairs", About: aboutWords(v, i.Kind, i.Period, &i),
		Content: contentOf(v, i.ID, current.Content), By: byWords(v, current), At: current.ReviewedAt,
		Questions: questionsOf(v, found.Questions), Problems: problems,
	}
	if versions := i.Shown(); len(versions) > 1 {
		shown.Versions = trail(v, i.ID, versions)
	}
	if found.May.Ask {
		if !ids.Valid(form.Token) {
			form.Token = ids.New(v.Now)
		}
		shown.Ask = &form
	}
	if found.May.Work {
		shown.Desk = "/desk/affairs/" + string(i.ID)
	}
	return v.ShowAs(problems.Status, ItemPage(shown))
}

func byWords(v *page.Visit, x disclosure.Version) string {
	return v.T("affairs.by", "entered", who(x.EnteredBy), "reviewed", who(x.ReviewedBy))
}

func contentOf(v *page.Visit, id disclosure.ItemID, c disclosure.Content) contentView {
	shown := contentView{Title: c.Title, Body: c.Body, Sum: sumWords(v, c)}
	for _, r := range c.Rows {
		shown.Rows = append(shown.Rows, rowOf(v, r, disclosure.Same))
	}
	for _, photo := range c.Photos {
		at := "/affairs/" + string(id) + "/photos/" + string(photo)
		shown.Photos = append(shown.Photos, view.Photo{Thumb: at + "/thumb", Full: at + "/full"})
	}
	return shown
}

func rowOf(v *page.Visit, r disclosure.Row, op disclosure.Op) rowView {
	return rowView{What: r.What, Side: v.T("affairs.side_" + string(r.Side)), Amount: disclosure.FormatFen(r.Fen), Note: r.Note, Op: op}
}

// trail lists the published versions, the newest first.
func trail(v *page.Visit, id disclosure.ItemID, versions []disclosure.Version) []versionLine {
	var lines []versionLine
	for n := len(versions) - 1; n >= 0; n-- {
		x := versions[n]
		line := versionLine{
			Href: "/affairs/" + string(id) + "/versions/" + strconv.Itoa(x.N), At: x.ReviewedAt, Reason: x.Reason, Current: n == len(versions)-1,
			Text: v.T("affairs.version", "n", strconv.Itoa(n+1)),
		}
		lines = append(lines, line)
	}
	return lines
}

func questionsOf(v *page.Visit, all []disclosure.Question) []questionView {
	var shown []questionView
	for _, q := range all {
		x := questionView{ID: string(q.ID), Who: asker(v, q.By), Text: q.Text, At: q.At}
		for _, r := range q.Replies {
			x.Replies = append(x.Replies, replyView{Who: who(r.By), Text: r.Text, At: r.At})
		}
		if !q.Answered() {
			x.Due, x.Late = q.Clock.DueAt, q.Clock.Overdue(v.Now)
		}
		shown = append(shown, x)
	}
	return shown
}

// Ask puts a resident's question under an item.
func (p *Pages) Ask(v *page.Visit) error {
	form := askForm{Token: v.Field("token"), Text: v.Field("text")}
	item := v.Param("item")
	q, err := p.Affairs.AskQuestion(v.Context(), v.Actor, disclosure.AskQuestion{
		ID: disclosure.QuestionID(form.Token), Item: disclosure.ItemID(item), Text: form.Text,
	})
	if err != nil {
		return p.item(v, form, v.Refuse(err))
	}
	return v.GoSaying("/affairs/"+item+"?posted=/affairs/"+item+"/questions#q-"+string(q.ID), "affairs.asked")
}

func itoa(n int) string { return strconv.Itoa(n) }
