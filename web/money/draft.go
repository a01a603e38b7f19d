package money

import (
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/projects/ledger"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// draftForm is a voucher on its way, as typed.
type draftForm struct {
	Token, Kind, Amount, Purpose, Date            string
	Source, Line, Deal, Target, Title, Payee, Who string
	Reverses                                      string
	Photos                                        []deliberation.PhotoID
	Problems                                      view.Problems

	To       string
	Kinds    []view.Chip
	About    string // what it is about, where the address has chosen it
	Sources  []view.Option
	Lines    []view.Option
	Deals    []view.Option
	Targets  []view.Option
	Payees   []view.Option
	Reversed *entryLine
}

// project marks a choice of a target that is a project, line one that is a line.
const (
	projectTarget = "project/"
	lineTarget    = "line/"
)

// DraftForm shows the form of a voucher of the kind, and for what, that the address names.
func (p *Pages) DraftForm(v *page.Visit) error {
	f, r, err := p.drafting(v)
	if err != nil {
		return err
	}
	form := draftForm{
		Kind: v.Query("kind"), Line: v.Query("line"), Deal: v.Query("deal"), Source: v.Query("source"), Reverses: v.Query("of"),
		Date: p.Ledger.Today().String(), Problems: view.Problems{Status: 200},
	}
	if !slices.Contains(ledger.Kinds(), ledger.Kind(form.Kind)) {
		form.Kind = string(ledger.Receive)
	}
	switch kind := ledger.Kind(form.Kind); {
	case kind == ledger.Settle && form.Line != "":
		form.Amount = f.Balances[ledger.LineAccount(number(form.Line))].String()
	case kind == ledger.Release && form.Deal != "":
		form.Amount = f.Balances[ledger.DealAccount(number(form.Deal))].String()
	case kind == ledger.Allocate && form.Line != "":
		form.Target = lineTarget + form.Line
	}
	return p.showDraft(v, f, r, form)
}

func (p *Pages) drafting(v *page.Visit) (ledger.Fund, console.Room, error) {
	f, r, err := p.atDesk(v)
	if err != nil {
		return f, r, err
	}
	return f, r, identity.Can(v.Actor, identity.DraftVoucher, f.Place())
}

// Draft writes a voucher down for another person.
func (p *Pages) Draft(v *page.Visit) error {
	f, r, err := p.drafting(v)
	if err != nil {
		return err
	}
	form, err := p.readDraft(v)
	var d ledger.Draft
	if err == nil {
		d, err = form.draft(v)
	}
	if err == nil {
		var e ledger.Entry
		if _, e, err = p.Ledger.DraftVoucher(v.Context(), v.Actor, ledger.DraftVoucher{Fund: f.ID, Entry: ledger.EntryID(form.Token), Draft: d}); err == nil {
			return v.GoSaying(voucherPath(f, e)+"?posted="+fundPath(f)+"/draft", "money.drafted")
		}
	}
	form.Problems = v.Refuse(err)
	return p.showDraft(v, f, r, form)
}

// readDraft takes the form as it was typed, with the photos that came with it.
func (p *Pages) readDraft(v *page.Visit) (draftForm, error) {
	form := draftForm{
		Token: v.Field("token"), Kind: v.Field("kind"), Amount: v.Field("amount"), Purpose: v.Field("purpose"), Date: v.Field("date"), Source: v.Field("source"), Line: v.Field("line"),
		Deal: v.Field("deal"), Target: v.Field("target"), Title: v.Field("title"), Payee: v.Field("payee"), Who: v.Field("payee_kind"), Reverses: v.Field("reverses"), Photos: upload.IDs(v),
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	return form, upload.OnPhotos(err)
}

var errDate = fault.New(fault.Invalid, "ledger.bad_date").On("date")

// draft reads what was typed; all that cannot be read is a fault.
func (form draftForm) draft(v *page.Visit) (ledger.Draft, error) {
	d := ledger.Draft{
		Kind: ledger.Kind(form.Kind), Purpose: form.Purpose, Papers: form.Photos, Source: number(form.Source), Line: number(form.Line), Deal: number(form.Deal), Title: form.Title,
		Payee: ledger.Payee{Name: form.Payee, Private: form.Who == "person"}, Reverses: ledger.EntryID(form.Reverses),
	}
	if project, ok := strings.CutPrefix(form.Target, projectTarget); ok {
		d.Project = project
	} else if line, ok := strings.CutPrefix(form.Target, lineTarget); ok && d.Kind == ledger.Allocate {
		d.Line = number(line)
	}
	var unread, undated error
	if d.Kind != ledger.Reverse {
		d.Fen, unread = amount(v, "amount")
	}
	var err error
	if d.Date, err = calendar.ParseDate(form.Date); err != nil {
		undated = errDate.Because(err)
	}
	return d, deliberation.Joined(unread, undated)
}

func (p *Pages) showDraft(v *page.Visit, f ledger.Fund, r console.Room, form draftForm) error {
	form.To = fundPath(f) + "/draft"
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	for _, k := range ledger.Kinds() {
		if k != ledger.Reverse {
			form.Kinds = append(form.Kinds, view.Chip{Text: v.T("money.kind_" + string(k)), Href: form.To + "?kind=" + string(k), Current: string(k) == form.Kind})
		}
	}
	if err := p.offer(v, f, &form); err != nil {
		return err
	}
	d, err := p.Within(v, r, "money", v.T("money.draft_of", "fund", f.Name), fundPath(f))
	if err != nil {
		return err
	}
	return v.ShowAs(form.Problems.Status, DraftPage(d, form))
}

// offer fills in what may be chosen.
func (p *Pages) offer(v *page.Visit, f ledger.Fund, form *draftForm) error {
	for n, s := range f.Sources {
		rest := s.Share + f.Balances[ledger.SourceAccount(n+1)]
		form.Sources = append(form.Sources, view.Option{Value: strconv.Itoa(n + 1), Text: v.T("money.source_rest", "name", s.Name, "rest", yuan(rest))})
	}
	for n, l := range f.Lines {
		if !l.Settled {
			form.Lines = append(form.Lines, view.Option{Value: strconv.Itoa(n + 1), Text: v.T("money.line_rest", "name", l.Title, "rest", yuan(f.Balances[ledger.LineAccount(n+1)]))})
		}
	}
	for n, d := range f.Deals {
		text := v.T("money.deal_rest", "payee", d.Payee.Name, "line", f.Lines[d.Line-1].Title, "rest", yuan(f.Balances[ledger.DealAccount(n+1)]), "paid", yuan(f.Balances[ledger.PaidAccount(n+1)]))
		form.Deals = append(form.Deals, view.Option{Value: strconv.Itoa(n + 1), Text: text})
	}
	form.Payees = []view.Option{{Value: "firm", Text: v.T("money.payee_firm")}, {Value: "person", Text: v.T("money.payee_person")}}
	if form.Who == "" {
		form.Who = "firm"
	}
	if e, ok := f.Entry(ledger.EntryID(form.Reverses)); ok {
		line := entryOf(v, f, e, false)
		form.Reversed = &line
	}
	return p.offerTargets(v, f, form)
}

// offerTargets lists the projects that may have money and the purposes there are; a new one is typed.
func (p *Pages) offerTargets(v *page.Visit, f ledger.Fund, form *draftForm) error {
	projects, err := p.Ledger.Choices(v.Context(), f)
	if err != nil {
		return err
	}
	form.Targets = []view.Option{{Value: "", Text: v.T("money.target_named")}}
	for _, x := range projects {
		form.Targets = append(form.Targets, view.Option{Value: projectTarget + x.ID, Text: v.T("money.target_project", "name", x.Title, "approved", yuan(x.Approved))})
	}
	if form.Kind == string(ledger.Allocate) {
		for n, l := range f.Lines {
			if !l.Settled && l.Project == "" {
				form.Targets = append(form.Targets, view.Option{Value: lineTarget + strconv.Itoa(n+1), Text: l.Title})
			}
		}
	}
	return nil
}
