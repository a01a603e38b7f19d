package assisted

import (
	"net/url"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/docstore"
	"jushou/internal/photo"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// deskView is the list of entries that nobody has confirmed.
type deskView struct {
	Here     string
	Entries  []deskEntry
	Pager    view.Pager
	Problems view.Problems
}

// deskEntry is an entry with what the visitor may do about it.
type deskEntry struct {
	assisted.Entry
	To      string
	CheckAt time.Time
	Mine    bool // the visitor entered it
	Ripe    bool // somebody else may check it
	// Failed is set where a form comes back; Said is what was typed there.
	Failed assisted.Step
	Said   string
	Papers []deliberation.PhotoID
}

// failure is a step that was refused.
type failure struct {
	do     assisted.Step
	note   string
	papers []deliberation.PhotoID
}

// Desk lists the entries that wait for their person's word.
func (p *Pages) Desk(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	return p.showDesk(v, r, view.Problems{Status: 200}, failure{})
}

func (p *Pages) showDesk(v *page.Visit, r console.Room, problems view.Problems, failed failure) error {
	found, next, err := p.Assisted.Unconfirmed(v.Context(), v.Actor, r.Node, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	here := r.Path("/assist/entries")
	shown := deskView{Here: here, Problems: problems, Pager: view.Pager{
		Total: -1, Shown: len(found), Order: "order.oldest", Step: assisted.PageSize, Later: v.Query("after") != "", First: here,
	}}
	if next != "" {
		shown.Pager.Next = here + "?after=" + url.QueryEscape(string(next))
	} else if v.Query("after") == "" {
		shown.Pager.Total = len(found)
	}
	for _, e := range found {
		one := deskEntry{Entry: e, To: here + "/" + string(e.Topic), CheckAt: e.CheckAt(), Mine: e.EnteredBy == v.Actor.ID, Ripe: !v.Now.Before(e.CheckAt())}
		if string(e.Topic) == v.Param("entry") {
			one.Failed, one.Said, one.Papers = failed.do, failed.note, failed.papers
		}
		shown.Entries = append(shown.Entries, one)
	}
	d, err := p.Within(v, r, "assist", v.T("entry.desk_title"), r.Path("/assist"))
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, DeskPage(d, shown))
}

// Tend takes a step of staff.
func (p *Pages) Tend(v *page.Visit) error {
	r, e, err := p.deskEntry(v)
	if err != nil {
		return err
	}
	cmd := assisted.Tend{Entry: e.Topic, Do: assisted.Step(v.Field("do")), Note: v.Field("note")}
	papers, err := p.Shelf.Own(v)
	if len(papers) > 0 {
		cmd.Paper = papers[0]
	}
	if err == nil {
		_, err = p.Assisted.Tend(v.Context(), v.Actor, cmd)
	}
	if err != nil {
		return p.showDesk(v, r, v.Refuse(upload.OnPhotos(err)), failure{do: cmd.Do, note: cmd.Note, papers: papers})
	}
	return v.GoSaying(r.Path("/assist/entries"), "entry.done_"+string(cmd.Do))
}

// Paper shows the photo of the signed paper to staff.
func (p *Pages) Paper(v *page.Visit) error {
	_, e, err := p.deskEntry(v)
	if err != nil {
		return err
	}
	if e.Paper == "" {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, string(e.Paper))
}

// deskEntry returns the entry of the address, which is of the address's community.
func (p *Pages) deskEntry(v *page.Visit) (console.Room, assisted.Entry, error) {
	r, err := p.Community(v)
	if err != nil {
		return r, assisted.Entry{}, err
	}
	e, err := p.Assisted.DeskEntry(v.Context(), v.Actor, entryOf(v))
	if err == nil && e.Community != r.Node.ID {
		err = assisted.ErrNotFound
	}
	return r, e, err
}
