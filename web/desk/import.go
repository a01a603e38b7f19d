package desk

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// importView is one import as it stands.
type importView struct {
	Import  roster.Import
	To      string
	State   string
	Percent int
	Faults  []faultLine
	Sorts   []view.Chip
	Warned  int
	// Left are the homes that were not written, as people call them.
	Left []string
	// Cut is set when there are more faults than are kept.
	Cut      bool
	Problems view.Problems
}

// faultLine is one complaint about a cell, in words.
type faultLine struct {
	Where, Text string
	Error       bool
	fault       roster.Fault
}

// Import shows what a file would do, how far it is, or what it did.
func (p *Pages) Import(v *page.Visit) error { return p.showImport(v, view.Problems{Status: 200}) }

func (p *Pages) showImport(v *page.Visit, problems view.Problems) error {
	r, i, err := p.imported(v)
	if err != nil {
		return err
	}
	shown := p.importView(r, i)
	shown.Problems = problems
	if i.State == roster.Previewed {
		if err := p.faults(v, &shown); err != nil {
			return err
		}
	}
	if shown.Left, err = p.homes(v, i.Left); err != nil {
		return err
	}
	d, err := p.Within(v, r, "import", i.FileName, r.Path("/import"))
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, ImportPage(d, shown))
}

func (p *Pages) importView(r console.Room, i roster.Import) importView {
	shown := importView{Import: i, To: r.Path("/import/" + i.ID), State: "import.state_" + string(i.State)}
	if i.Total > 0 {
		shown.Percent = 100 * i.Applied / i.Total
	}
	return shown
}

// homes returns addresses as people write them: 3号楼 502.
func (p *Pages) homes(v *page.Visit, ids []identity.HouseholdID) ([]string, error) {
	var homes []string
	for _, id := range ids {
		names, err := p.buildings(v, id.Community())
		if err != nil {
			return nil, err
		}
		building := strings.TrimSuffix(strings.TrimPrefix(string(id), string(id.Community())+"."), "."+id.Room())
		homes = append(homes, names[community.BuildingID(building)]+" "+id.Room())
	}
	return homes, nil
}

// imported returns the import of the address, which must be the room's.
func (p *Pages) imported(v *page.Visit) (console.Room, roster.Import, error) {
	r, err := p.Community(v)
	if err != nil {
		return r, roster.Import{}, err
	}
	i, err := p.Roster.Progress(v.Context(), v.Actor, v.Param("import"))
	if err == nil && i.Community != r.Node.ID {
		err = page.ErrNotFound
	}
	return r, i, err
}

// faults fills in the complaints, sorted as the visitor likes.
func (p *Pages) faults(v *page.Visit, shown *importView) error {
	found, err := p.Roster.Faults(v.Context(), v.Actor, shown.Import.ID)
	if err != nil {
		return err
	}
	shown.Cut = shown.Import.FaultTotal > len(found)
	for _, f := range found {
		line := faultLine{Where: where(v, f), Text: sentence(v, f), Error: f.Severity == roster.Blocks, fault: f}
		if !line.Error {
			shown.Warned++
		}
		shown.Faults = append(shown.Faults, line)
	}
	by := v.Query("sort")
	for _, key := range []string{"weight", "row", "column", "kind"} {
		shown.Sorts = append(shown.Sorts, view.Chip{Key: "import.sort_" + key, Href: shown.To + "?sort=" + url.QueryEscape(key), Current: key == by || by == "" && key == "weight"})
	}
	sortFaults(shown.Faults, by)
	return nil
}

func sortFaults(lines []faultLine, by string) {
	var order func(a, b faultLine) int
	switch by {
	case "row":
		order = func(a, b faultLine) int {
			return cmp.Or(cmp.Compare(a.fault.Sheet, b.fault.Sheet), cmp.Compare(a.fault.Row, b.fault.Row))
		}
	case "column":
		order = func(a, b faultLine) int {
			return cmp.Or(cmp.Compare(len(a.fault.Letter), len(b.fault.Letter)), cmp.Compare(a.fault.Letter, b.fault.Letter))
		}
	case "kind":
		order = func(a, b faultLine) int { return cmp.Compare(a.fault.Code, b.fault.Code) }
	default:
		return // errors first, as they come
	}
	slices.SortStableFunc(lines, order)
}

// where names the cell as the spreadsheet does.
func where(v *page.Visit, f roster.Fault) string {
	at := ""
	switch {
	case f.Row > 0 && f.Letter != "":
		at = v.T("import.cell", "row", strconv.Itoa(f.Row), "letter", f.Letter)
	case f.Row > 0:
		at = v.T("import.row", "row", strconv.Itoa(f.Row))
	case f.Letter != "":
		at = v.T("import.column", "letter", f.Letter)
	default:
		at = v.T("import.whole")
	}
	if f.Sheet != "" {
		return f.Sheet + " · " + at
	}
	return at
}

// sentence says what is wrong and what to do.
func sentence(v *page.Visit, f roster.Fault) string {
	var args []string
	for name, value := range f.Args {
		args = append(args, name, value)
	}
	return v.T("fault."+f.Code, args...)
}
