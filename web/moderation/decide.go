package moderation

import (
	"strings"

	"jushou/deliberation/moderation"
	"jushou/web/page"
	"jushou/web/view"
)

// Decide takes a decision about one thing.
func (p *Pages) Decide(v *page.Visit) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	k := decodePick(v.Field("pick"))
	_, err = p.Moderation.Decide(v.Context(), v.Actor, moderation.Decide{
		Ref: k.Ref, Revision: k.Revision, Seen: k.Seen, What: moderation.What(v.Field("what")), Reason: v.Field("reason"),
	})
	if err != nil {
		// The page that follows shows how it is now, so the next decision is about that.
		ref, _, _ := strings.Cut(v.Field("pick"), "|")
		refused := v.Refuse(err)
		return p.queue(v, queueView{Problems: view.Problems{Status: refused.Status, Summary: refused.Sentence()}}, ref, refused)
	}
	return v.GoSaying(r.Path("/moderation"), "moderation.decided")
}

// bulkView is what a decision about many would do.
type bulkView struct {
	To       string
	Form     bulkForm
	Lines    []bulkLine
	Does     int // things that become otherwise than they are
	Settles  int // things that stay as they are and are settled
	Problems view.Problems
}

type bulkLine struct {
	Who, Text, Link string
	Changes         bool
	Refused         string
}

// Bulk shows what a decision about many would do, or takes it where the visitor has seen that.
func (p *Pages) Bulk(v *page.Visit) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	form := bulkForm{What: v.Field("what"), Reason: v.Field("reason"), Picks: v.Fields("pick")}
	b := moderation.Bulk{What: moderation.What(form.What), Reason: form.Reason}
	for _, k := range form.Picks {
		b.Picks = append(b.Picks, decodePick(k))
	}
	if v.Field("step") != "do" {
		return p.preview(v, form, b)
	}
	done, err := p.Moderation.DecideAll(v.Context(), v.Actor, b)
	if err != nil {
		return err
	}
	for _, o := range done {
		if o.Err != nil {
			return v.GoSaying(r.Path("/moderation"), "moderation.bulk_some")
		}
	}
	return v.GoSaying(r.Path("/moderation"), "moderation.bulk_done")
}

func (p *Pages) preview(v *page.Visit, form bulkForm, b moderation.Bulk) error {
	would, err := p.Moderation.Preview(v.Context(), v.Actor, b)
	if err != nil {
		refused := v.Refuse(err)
		return p.queue(v, queueView{Bulk: form, Problems: view.Problems{Status: refused.Status, Summary: refused.Sentence()}}, "", view.Problems{})
	}
	r, err := p.room(v)
	if err != nil {
		return err
	}
	shown := bulkView{To: r.Path("/moderation"), Form: form}
	shown.Form.Picks = nil
	for i, o := range would {
		line := bulkLine{Who: o.Item.Thing.Author.Name, Text: o.Item.Thing.Text, Link: o.Item.Thing.Link, Changes: o.Changes}
		switch {
		case o.Err != nil:
			line.Refused = v.Sentence(o.Err)
		case o.Changes:
			shown.Does++
		default:
			shown.Settles++
		}
		if o.Err == nil {
			shown.Form.Picks = append(shown.Form.Picks, form.Picks[i])
		}
		shown.Lines = append(shown.Lines, line)
	}
	d, err := p.Within(v, r, "moderation", v.T("moderation.preview"), shown.To)
	if err != nil {
		return err
	}
	return v.Show(BulkPage(d, shown))
}
