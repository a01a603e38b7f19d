package affairs

import (
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// itemForm is an item, or a correction of one, on its way.
type itemForm struct {
	Token, Kind, Period, Decided, Title, Body, Reason string

	Rows   []rowForm
	Photos []deliberation.PhotoID
	Seen   int // the last version a correction knew
	// To is the address it is posted to. Corrects is set for a published item.
	To       string
	Revises  bool
	Corrects bool
	About    string
	Kinds    []view.Option
	Periods  []view.Option
	Problems view.Problems
}

// rowForm is a line of the table as typed.
type rowForm struct{ What, Side, Amount, Note string }

func (r rowForm) empty() bool { return r.What+r.Amount+r.Note == "" }

// spareRows are the empty lines a form offers.
const spareRows = 4

// readForm takes a form as it was typed, with the photos that came with it.
func (p *Pages) readForm(v *page.Visit) (itemForm, error) {
	f := itemForm{
		Token: v.Field("token"), Kind: v.Field("kind"), Period: v.Field("period"), Decided: v.Field("decided"),
		Title: v.Field("title"), Body: v.Field("body"), Reason: v.Field("reason"), Photos: upload.IDs(v), Problems: view.Problems{Status: 200},
	}
	f.Seen, _ = strconv.Atoi(v.Field("seen")) // what is no number is no version, and stale
	what, side, amount, note := v.Fields("what"), v.Fields("side"), v.Fields("amount"), v.Fields("note")
	at := func(all []string, n int) string {
		if n < len(all) {
			return strings.TrimSpace(all[n])
		}
		return ""
	}
	for n := range min(len(what), disclosure.MaxRows+spareRows) {
		if r := (rowForm{at(what, n), at(side, n), at(amount, n), at(note, n)}); !r.empty() {
			f.Rows = append(f.Rows, r)
		}
	}
	more, err := p.Shelf.FromForm(v)
	f.Photos = append(f.Photos, more...)
	return f, upload.OnPhotos(err)
}

// content reads the amounts; every row that cannot be read is a fault.
func (f itemForm) content() (disclosure.Content, error) {
	c := disclosure.Content{Title: f.Title, Body: f.Body, Photos: f.Photos}
	var faults []error
	for n, r := range f.Rows {
		fen, err := disclosure.ParseFen(r.Amount, n+1)
		faults = append(faults, err)
		c.Rows = append(c.Rows, disclosure.Row{What: r.What, Side: disclosure.Side(r.Side), Fen: fen, Note: r.Note})
	}
	return c, deliberation.Joined(faults...)
}

func (f *itemForm) spare() {
	for range min(spareRows, disclosure.MaxRows-len(f.Rows)) {
		f.Rows = append(f.Rows, rowForm{Side: string(disclosure.Out)})
	}
}

// formOf fills a correction's form with what stands.
func formOf(i disclosure.Item) itemForm {
	last := i.Latest()
	c := last.Content
	_, corrects := i.Current()
	f := itemForm{Kind: string(i.Kind), Title: c.Title, Body: c.Body, Photos: c.Photos, Seen: last.N, Revises: true, Corrects: corrects, Problems: view.Problems{Status: 200}}
	for _, r := range c.Rows {
		f.Rows = append(f.Rows, rowForm{r.What, string(r.Side), disclosure.FormatFen(r.Fen), r.Note})
	}
	return f
}

// New shows the form of an item.
func (p *Pages) New(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.EnterAffairs, identity.At(r.Node)); err != nil {
		return err
	}
	f := itemForm{Kind: v.Query("kind"), Period: v.Query("period"), Problems: view.Problems{Status: 200}}
	if f.Kind == "" {
		f.Kind = string(disclosure.Finance)
	}
	if f.Period == "" {
		f.Period = string(disclosure.PeriodOf(p.Affairs.Today(), disclosure.Monthly).Before())
	}
	return p.showForm(v, r, f)
}

// Enter stores an item for its review, or adds lines to its table.
func (p *Pages) Enter(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	f, err := p.readForm(v)
	if err == nil && v.Field("step") == "rows" {
		return p.showForm(v, r, f)
	}
	cmd := disclosure.EnterItem{ID: disclosure.ItemID(f.Token), Community: r.Node.ID, Kind: disclosure.Kind(f.Kind)}
	var unread error
	cmd.Content, unread = f.content()
	var when error
	if cmd.Kind == disclosure.Major {
		cmd.DecidedOn, when = decided(f.Decided)
	} else {
		cmd.Period = disclosure.Period(f.Period)
	}
	if err = deliberation.Joined(err, unread, when); err == nil {
		var i disclosure.Item
		if i, err = p.Affairs.EnterItem(v.Context(), v.Actor, cmd); err == nil {
			return v.GoSaying("/desk/affairs/"+string(i.ID)+"?posted="+r.Path("/affairs/new"), "affairs.waits")
		}
	}
	f.Problems = v.Refuse(err)
	return p.showForm(v, r, f)
}

var errDay = fault.New(fault.Invalid, "affairs.bad_day").On("decided_on")

func decided(text string) (calendar.Date, error) {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return d, errDay.Because(err)
	}
	return d, nil
}

func (p *Pages) showForm(v *page.Visit, r console.Room, f itemForm) error {
	f.To = r.Path("/affairs/new")
	if !ids.Valid(f.Token) {
		f.Token = ids.New(v.Now)
	}
	for _, k := range disclosure.Kinds() {
		f.Kinds = append(f.Kinds, view.Option{Value: string(k), Text: v.T("affairs.kind_" + string(k))})
	}
	f.Periods = p.periods(v, f.Period)
	f.spare()
	d, err := p.Within(v, r, "affairs", v.T("affairs.enter"), r.Path("/affairs"))
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, FormPage(d, f))
}

// periods offers the last year's months and quarters, the newest first.
func (p *Pages) periods(v *page.Visit, chosen string) []view.Option {
	var options []view.Option
	add := func(x disclosure.Period) {
		options = append(options, view.Option{Value: string(x), Text: periodWords(v, x)})
	}
	today := p.Affairs.Today()
	month, quarter := disclosure.PeriodOf(today, disclosure.Monthly), disclosure.PeriodOf(today, disclosure.Quarterly)
	for n := range 12 {
		add(month)
		month = month.Before()
		if n%3 == 2 {
			add(quarter)
			quarter = quarter.Before()
		}
	}
	for _, o := range options {
		if o.Value == chosen {
			return options
		}
	}
	if x, err := disclosure.ParsePeriod(chosen); err == nil {
		add(x)
	}
	return options
}
