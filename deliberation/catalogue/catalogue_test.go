package catalogue_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation/catalogue"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/sheet"
)

const head = "编号,类别,事项,部门代码,部门,处置标准,受理时限,办结时限,关键词\n"

const good = head +
	"LH-01,绿化,行道树倒伏,greening,绿化市容所,清理完毕,1,1,树倒、断枝\n" +
	"LH-02,绿化,树木遮光,greening,,修剪,1,10,遮光 修剪;树太高\n" +
	"\n" +
	"cg-01,城管,占道设摊,chengguan,城管中队,劝离,1个工作日,2 天,设摊\n"

func TestATableIsRead(t *testing.T) {
	t.Parallel()
	departments, items, faults, err := catalogue.Parse([]byte("某镇任务清单（试行）\n" + good))
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v, %v", faults, err)
	}
	if !slices.Equal(departments, []catalogue.Department{{Key: "greening", Name: "绿化市容所"}, {Key: "chengguan", Name: "城管中队"}}) {
		t.Errorf("departments %v", departments)
	}
	if len(items) != 3 || items[1].Department != "greening" || items[2].Key != "CG-01" || items[2].ResolveDays != 2 {
		t.Errorf("items %+v", items)
	}
	if !slices.Equal(items[1].Keywords, []string{"遮光", "修剪", "树太高"}) {
		t.Errorf("keywords %q", items[1].Keywords)
	}
}

func TestEveryFaultIsToldAtOnceWithItsCell(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 301)
	table := head +
		"LH-01,绿化,行道树倒伏,greening,绿化市容所,清理,1,1,树倒\n" + // row 2, fine
		",绿化,,greening,绿化市容所,,0,x,\n" + // row 3
		"lh-01,绿化,树木遮光,greening,绿化所,修剪,5,2,\n" + // row 4
		"编号,绿化,树,绿化,绿化科," + long + ",1,1,一个很长很长很长很长的关键词\n" + // row 5
		"LH-05,绿化,树,,,修,1,121,\n" + // row 6
		"LH-06,绿化,树,lvhua,绿化市容所,修,1,1,一 二 三 四 五 六 七 八 九 十 甲 乙 丙\n" // row 7
	_, _, faults, err := catalogue.Parse([]byte(table))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range faults {
		got = append(got, fmt.Sprintf("%s%d %s", f.Letter, f.Row, strings.TrimPrefix(f.Code, "catalogue.")))
	}
	want := []string{
		"A3 no_key", "C3 no_name", "F3 no_standard", "G3 bad_days", "H3 bad_days",
		"A4 key_twice", "E4 dept_differs", "H4 days_order",
		"A5 bad_key", "D5 bad_dept", "F5 too_long", "I5 too_long",
		"D6 no_dept", "H6 bad_days",
		"D7 dept_differs", "I7 many_words",
	}
	if !slices.Equal(got, want) {
		t.Errorf("faults\n got %q\nwant %q", got, want)
	}
}

func TestAFileThatIsNoListIsRefusedWhole(t *testing.T) {
	t.Parallel()
	many := head
	for i := range catalogue.MaxItems + 1 {
		many += fmt.Sprintf("A-%d,x,x,greening,绿化,x,,,\n", i)
	}
	for _, c := range []struct {
		name, data string
		want       error
	}{
		{"a picture", "\xff\xd8\xff\xe0\x00\x10JFIF\x00", sheet.ErrNotATable},
		{"another table", "姓名,室号\n王五,503\n", catalogue.ErrNoHeader},
		{"a header alone", head, catalogue.ErrNoItems},
		{"too many items", many, catalogue.ErrTooMany},
	} {
		if _, _, _, err := catalogue.Parse([]byte(c.data)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTheTemplateAndAListTakenOutCanBeBroughtBack(t *testing.T) {
	t.Parallel()
	template, err := catalogue.Template()
	must(t, err)
	if _, items, faults, err := catalogue.Parse(template); err != nil || len(items) != 1 || len(faults) > 0 {
		t.Errorf("template: %v, %v, %v", items, faults, err)
	}
	departments, items, _, err := catalogue.Parse([]byte(good))
	must(t, err)
	out, err := catalogue.Catalogue{Departments: departments, Items: items}.Table()
	must(t, err)
	departments2, items2, faults, err := catalogue.Parse(out)
	if err != nil || len(faults) > 0 || fmt.Sprint(departments, items) != fmt.Sprint(departments2, items2) {
		t.Errorf("back: %v %v, %v, %v", departments2, items2, faults, err)
	}
}

func TestAnItemIsProposedByItsKeywords(t *testing.T) {
	t.Parallel()
	departments, items, _, err := catalogue.Parse([]byte(good))
	must(t, err)
	c := catalogue.Catalogue{Departments: departments, Items: items}
	for _, x := range []struct {
		text string
		want []string
	}{
		{"门口有人设摊，还有一棵树太高要修剪", []string{"LH-02", "CG-01"}},
		{"昨晚断枝砸了车", []string{"LH-01"}},
		{"想问问几点开门", nil},
	} {
		var got []string
		for _, s := range c.Suggest(x.text, 3) {
			got = append(got, s.Item.Key)
			if len(s.Hits) == 0 || s.Department.Name == "" {
				t.Errorf("%s without a reason or a department", s.Item.Key)
			}
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", x.text, got, x.want)
		}
	}
	if got := c.Search("树 修剪", "greening"); len(got) != 1 || got[0].Key != "LH-02" {
		t.Errorf("search %v", got)
	}
}

// office is a town with people on a real store.
type office struct {
	*catalogue.Service
	clock                                     *clock.Virtual
	town, other, staff, department, neighbour identity.Actor
}

func open(t *testing.T) *office {
	t.Helper()
	schema := slices.Concat(catalogue.Collections(), community.Collections())
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "town.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	o := &office{clock: clock.Standing(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))}
	district, err := community.NewDistrict("d", "宝山区")
	must(t, err)
	town, err := district.Below("t", "罗店镇")
	must(t, err)
	home, err := town.Below("c1", "美安苑")
	must(t, err)
	for _, n := range []community.Node{district, town, home} {
		must(t, community.NewPlaces(store).SaveNode(t.Context(), n, "test", o.clock.Now()))
	}
	o.Service = catalogue.New(store, community.NewDirectory(store, o.clock), o.clock)
	works := func(id identity.AccountID, g identity.Grant) identity.Actor {
		return identity.Actor{ID: id, Name: string(id), Grants: []identity.Grant{g}}
	}
	o.town = works("fang", identity.Grant{Role: identity.RoleTown, Node: "t"})
	o.other = works("qin", identity.Grant{Role: identity.RoleTown, Node: "t"})
	o.staff = works("li", identity.Grant{Role: identity.RoleStaff, Node: "c1"})
	o.department = works("lu", identity.Grant{Role: identity.RoleDepartment, Node: "t", Board: "dept:greening"})
	o.neighbour = identity.Actor{ID: "wang", Memberships: []identity.Membership{{Community: "c1", Status: identity.MemberVerified}}}
	return o
}

func (o *office) bring(t *testing.T, actor identity.Actor, table string) catalogue.Draft {
	t.Helper()
	d, err := o.PreviewImport(t.Context(), actor, "t", `C:\桌面\清单.csv`, []byte(table))
	must(t, err)
	return d
}

func TestNothingIsSavedUnlessTheTableIsClean(t *testing.T) {
	t.Parallel()
	o := open(t)
	bad := o.bring(t, o.town, good+"LH-01,绿化,又一次,greening,绿化市容所,清理,,,\n")
	if len(bad.Faults) != 1 || bad.Faults[0].Row != 6 || len(bad.Items) != 0 {
		t.Errorf("draft %+v", bad)
	}
	if _, err := o.ConfirmImport(t.Context(), o.town, "t", bad.SHA256); !errors.Is(err, catalogue.ErrHasFaults) {
		t.Errorf("confirmed a table with faults: %v", err)
	}
	if _, err := o.Current(t.Context(), "t"); !errors.Is(err, catalogue.ErrNone) {
		t.Errorf("something holds: %v", err)
	}
	clean := o.bring(t, o.town, good)
	if clean.FileName != "清单.csv" || len(clean.Change.Added) != 3 {
		t.Errorf("draft %+v", clean)
	}
	if _, err := o.ConfirmImport(t.Context(), o.town, "t", bad.SHA256); !errors.Is(err, catalogue.ErrDraftChanged) {
		t.Errorf("confirmed another table than was shown: %v", err)
	}
	c, err := o.ConfirmImport(t.Context(), o.town, "t", clean.SHA256)
	if err != nil || c.Version != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	if again, err := o.ConfirmImport(t.Context(), o.town, "t", clean.SHA256); err != nil || again.Version != 1 {
		t.Errorf("a double tap made version %d, %v", again.Version, err)
	}
}

func TestRunningWorkKeepsItsVersion(t *testing.T) {
	t.Parallel()
	o := open(t)
	d := o.bring(t, o.town, good)
	_, err := o.ConfirmImport(t.Context(), o.town, "t", d.SHA256)
	must(t, err)
	d = o.bring(t, o.town, strings.NewReplacer("清理完毕", "一小时清理", "cg-01", "CG-02").Replace(good))
	if ch := d.Change; !slices.Equal(ch.Changed, []string{"LH-01"}) || !slices.Equal(ch.Added, []string{"CG-02"}) || !slices.Equal(ch.Removed, []string{"CG-01"}) || ch.Kept != 1 {
		t.Errorf("change %+v", ch)
	}
	_, err = o.ConfirmImport(t.Context(), o.town, "t", d.SHA256)
	must(t, err)
	item, department, version, err := o.Item(t.Context(), "t", "lh-01")
	if err != nil || version != 2 || item.Standard != "一小时清理" || department.Name != "绿化市容所" {
		t.Errorf("now %+v %+v %d %v", item, department, version, err)
	}
	old, err := o.Version(t.Context(), "t", 1)
	must(t, err)
	if was, ok := old.Item("CG-01"); !ok || was.Name != "占道设摊" {
		t.Errorf("version 1 lost its item: %+v", was)
	}
	if _, _, _, err := o.Item(t.Context(), "t", "CG-01"); !errors.Is(err, catalogue.ErrNoItem) {
		t.Errorf("an item that is gone: %v", err)
	}
}

func TestOfTwoWhoConfirmAtOnceOneWins(t *testing.T) {
	t.Parallel()
	o := open(t)
	drafts := map[string]catalogue.Draft{"fang": o.bring(t, o.town, good), "qin": o.bring(t, o.other, strings.ReplaceAll(good, "LH", "LV"))}
	var mu sync.Mutex
	var won, stale int
	var wg sync.WaitGroup
	for _, actor := range []identity.Actor{o.town, o.other, o.town, o.other} {
		wg.Go(func() {
			_, err := o.ConfirmImport(t.Context(), actor, "t", drafts[string(actor.ID)].SHA256)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				won++
			case errors.Is(err, catalogue.ErrStale):
				stale++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won != 2 || stale != 2 { // each of them tapped twice
		t.Errorf("%d won, %d were told to look again", won, stale)
	}
	if _, err := o.Version(t.Context(), "t", 2); !errors.Is(err, catalogue.ErrNone) {
		t.Errorf("there is a second version: %v", err)
	}
}

func TestWhoMaySeeAndSetTheList(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, a := range []identity.Actor{o.staff, o.department, o.neighbour, {}} {
		if _, err := o.PreviewImport(t.Context(), a, "t", "x.csv", []byte(good)); fault.KindOf(err) != fault.Denied && fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%s brought a list: %v", a.ID, err)
		}
	}
	if _, err := o.PreviewImport(t.Context(), o.town, "c1", "x.csv", []byte(good)); !errors.Is(err, catalogue.ErrNone) {
		t.Errorf("a community has a list: %v", err)
	}
	d := o.bring(t, o.town, good)
	_, err := o.ConfirmImport(t.Context(), o.town, "t", d.SHA256)
	must(t, err)
	for _, at := range []community.ID{"c1", "t"} {
		if c, err := o.See(t.Context(), o.department, at); err != nil || len(c.Items) != 3 {
			t.Errorf("the department sees %d items at %s, %v", len(c.Items), at, err)
		}
	}
	if _, err := o.See(t.Context(), o.neighbour, "c1"); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("a neighbour: %v", err)
	}
	if _, err := o.Draft(t.Context(), o.other, "t"); !errors.Is(err, catalogue.ErrNoDraft) {
		t.Errorf("somebody else's draft: %v", err)
	}
	if _, err := o.Suggest(t.Context(), "nowhere", "断枝", 3); err != nil {
		t.Errorf("a town without a list: %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
