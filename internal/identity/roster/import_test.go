package roster_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
)

func TestFromPreviewToDone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", "13800138000"}, []string{"3号楼", "501", "王大", ""}, []string{"5号楼", "302", "李强", ""})
	if i.State != roster.Previewed || i.Errors != 0 || i.Rows != 3 || i.Counts.Homes.New != 2 || i.Counts.People.New != 3 || i.By != "a1" || len(i.SHA256) != 64 {
		t.Fatalf("preview %+v", i)
	}
	same(t, "before", d.listed(), nil)
	for range 2 { // a double tap
		_, err := d.ConfirmRoster(t.Context(), d.staff, i.ID)
		d.must(err)
	}
	feed, err := d.store.Events(t.Context(), 0, docstore.MaxLimit)
	d.must(err)
	for _, e := range slices.Concat(feed, feed) { // delivered at least once
		d.must(d.Follow(t.Context(), e))
	}
	same(t, "after", d.listed(), []string{"ld-01.b3.501 王小芳", "ld-01.b3.501 王大", "ld-01.b5.302 李强"})
	if !d.knows("ld-01.b3.501", "王小芳", "13800138000") || d.knows("ld-01.b5.302", "李强", "13800138000") {
		t.Error("the roster does not know who has the phone")
	}
	if i = d.progress(i.ID); i.State != roster.Done || i.Applied != 2 || i.Total != 2 || i.ConfirmedBy != "a1" {
		t.Errorf("at the end %+v", i)
	}
	same(t, "events", d.events(), []string{roster.EventConfirmed, roster.EventDone})
	if n := d.chunks(i.ID); n != 0 {
		t.Errorf("%d pieces of the file are left", n)
	}
}

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	rows := [][]string{{"3号楼", "501", "王小芳", "13800138000、13900139000"}, {"3号楼", "501", "王小芳", ""}, {"5号楼", "302", "李强", ""}}
	first := d.imported(rows...)
	before := d.versions()
	again := d.preview(rows...)
	if !again.Counts.Nothing() || again.SHA256 != first.SHA256 || again.Counts.Homes.Unchanged != 2 {
		t.Errorf("counts %+v", again.Counts)
	}
	_, err := d.ConfirmRoster(t.Context(), d.staff, again.ID)
	d.must(err)
	d.must(d.ApplyRoster(t.Context(), again.ID))
	same(t, "versions", d.versions(), before)
}

// versions writes every household's version, which tells whether it was written.
func (d *desk) versions() []string {
	d.t.Helper()
	var all []string
	for _, line := range d.listed() {
		id, _, _ := strings.Cut(line, " ")
		_, v, err := identity.Households(d.store).Get(d.t.Context(), id)
		d.must(err)
		all = append(all, fmt.Sprint(line, " ", v))
	}
	return all
}

func TestANewerFileIsComparedWithWhatIsStored(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.imported([]string{"3号楼", "501", "王小芳", ""}, []string{"3号楼", "501", "王大", ""}, []string{"3号楼", "502", "赵一", ""}, []string{"5号楼", "101", "钱二", ""}, []string{"6号楼", "101", "孙三", ""})
	i := d.imported([]string{"3号楼", "501", "王小芳", "13800138000"}, []string{"3号楼", "503", "周五", ""}, []string{"5号楼", "101", "钱二", ""})
	want := roster.Counts{Homes: roster.Tally{New: 1, Changed: 1, Unchanged: 1, Gone: 1}, People: roster.Tally{New: 1, Changed: 1, Unchanged: 1, Gone: 2}}
	if i.Counts != want {
		t.Errorf("counts %+v, want %+v", i.Counts, want) // 6号楼 is not spoken of: nobody there is gone
	}
	if !slices.Equal(i.Gone, []identity.HouseholdID{"ld-01.b3.501", "ld-01.b3.502"}) {
		t.Errorf("gone %v", i.Gone)
	}
	same(t, "who is gone stays", d.listed(), []string{
		"ld-01.b3.501 王小芳", "ld-01.b3.501 王大", "ld-01.b3.502 赵一", "ld-01.b3.503 周五", "ld-01.b5.101 钱二", "ld-01.b6.101 孙三",
	})
}

func TestAFileWithErrorsIsNotImportedByHalf(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", "1380013800"}, []string{"9号楼", "101", "李强", ""}, []string{"5号楼", "101", "钱二", ""})
	if i.Errors != 2 || i.FaultTotal != 2 {
		t.Fatalf("%+v", i)
	}
	_, err := d.ConfirmRoster(t.Context(), d.staff, i.ID)
	d.refused(err, roster.ErrHasErrors)
	d.refused(d.ApplyRoster(t.Context(), i.ID), roster.ErrNotConfirmed)
	same(t, "nobody", d.listed(), nil)
	faults, err := d.Faults(t.Context(), d.staff, i.ID)
	d.must(err)
	same(t, "faults", complaints(roster.Preview{Faults: faults}), []string{"2D roster.bad_phone", "3A roster.unknown_building"})
	if faults[0].Args["text"] != "1380013800" || faults[0].Args["digits"] != "10" {
		t.Errorf("args %v", faults[0].Args)
	}
}

func TestTheCorrectionsAreMarked(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", "1380013800"}, []string{"5号楼", "101", "=1+1", ""}, []string{"5号楼", "102", "钱二", ""})
	data, err := d.Corrections(t.Context(), d.staff, i.ID, func(f roster.Fault) string { return "看这里：" + f.Code })
	d.must(err)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	d.must(err)
	defer f.Close()
	style := func(cell string) int {
		id, err := f.GetCellStyle("名册", cell)
		d.must(err)
		return id
	}
	for cell, want := range map[string]string{"D2": "1380013800", "E2": "看这里：roster.bad_phone", "C3": "=1+1", "E3": "看这里：roster.bad_name", "E4": "", "E1": "请核对"} {
		got, err := f.GetCellValue("名册", cell)
		d.must(err)
		if got != want {
			t.Errorf("%s = %q, want %q", cell, got, want)
		}
	}
	if formula, err := f.GetCellFormula("名册", "C3"); err != nil || formula != "" {
		t.Errorf("formula %q, %v", formula, err)
	}
	if style("D2") == 0 || style("D2") != style("C3") || style("C2") != 0 || style("C4") != 0 {
		t.Errorf("styles %d %d %d %d", style("D2"), style("C3"), style("C2"), style("C4"))
	}
	// Corrected and uploaded again, the added column does not disturb.
	d.must(f.SetCellStr("名册", "D2", "13800138000"))
	d.must(f.SetCellStr("名册", "C3", "李强"))
	var b bytes.Buffer
	d.must(f.Write(&b))
	again, err := d.PreviewRoster(t.Context(), d.staff, "ld-01", "改好.xlsx", b.Bytes())
	if err != nil || again.Errors != 0 || again.Rows != 3 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestDiscardingDeletesTheFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", ""})
	if d.chunks(i.ID) != 1 {
		t.Fatal("the file was not kept")
	}
	for range 2 {
		_, err := d.DiscardRoster(t.Context(), d.staff, i.ID)
		d.must(err)
	}
	if i = d.progress(i.ID); i.State != roster.Discarded || i.Open() || d.chunks(i.ID) != 0 || i.Faults != "" {
		t.Errorf("%+v, %d pieces", i, d.chunks(i.ID))
	}
	_, err := d.ConfirmRoster(t.Context(), d.staff, i.ID)
	d.refused(err, roster.ErrOver)
	_, err = d.Corrections(t.Context(), d.staff, i.ID, nil)
	d.refused(err, roster.ErrOver)
	same(t, "events", d.events(), []string{roster.EventDiscarded})

	done := d.imported([]string{"3号楼", "501", "王小芳", ""})
	_, err = d.DiscardRoster(t.Context(), d.staff, done.ID)
	d.refused(err, roster.ErrOver)
}

func TestWhatNobodyDecidesAboutIsForgotten(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", ""})
	dying := &mortal{Store: d.store}
	dying.left.Store(3) // the import, one piece, and no more
	_, err := d.over(dying).PreviewRoster(t.Context(), d.staff, "ld-01", "名册.csv", table([]string{"3号楼", "502", "李强", ""}))
	if !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	recent, err := d.Recent(t.Context(), d.staff, "ld-01", 10)
	d.must(err)
	cut := recent[slices.IndexFunc(recent, func(r roster.Import) bool { return r.State == roster.Receiving })]
	for _, step := range []struct {
		after time.Duration
		moved int
		want  [2]roster.State
	}{
		{59 * time.Minute, 0, [2]roster.State{roster.Previewed, roster.Receiving}},
		{2 * time.Minute, 1, [2]roster.State{roster.Previewed, roster.Discarded}},
		{6 * 24 * time.Hour, 0, [2]roster.State{roster.Previewed, roster.Discarded}},
		{24 * time.Hour, 1, [2]roster.State{roster.Discarded, roster.Discarded}},
	} {
		d.clock.Advance(step.after)
		n, err := d.SweepRosters(t.Context())
		d.must(err)
		if got := [2]roster.State{d.progress(i.ID).State, d.progress(cut.ID).State}; n != step.moved || got != step.want {
			t.Errorf("after %v: moved %d, %v", step.after, n, got)
		}
	}
	if d.chunks(i.ID)+d.chunks(cut.ID) != 0 {
		t.Error("a file was kept")
	}
}

func TestOnlyItsOwnStaffHandlesARoster(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", ""})
	asked := 0
	for _, who := range []identity.Actor{d.foreign, {}, {ID: "a3"}, {ID: "a4", Grants: []identity.Grant{{Role: identity.RoleObserver, Node: "bs"}}}} {
		_, err1 := d.PreviewRoster(t.Context(), who, "ld-01", "x.csv", table([]string{"3号楼", "501", "王小芳", ""}))
		_, err2 := d.ConfirmRoster(t.Context(), who, i.ID)
		_, err3 := d.DiscardRoster(t.Context(), who, i.ID)
		_, err4 := d.Progress(t.Context(), who, i.ID)
		_, err5 := d.Faults(t.Context(), who, i.ID)
		_, err6 := d.Recent(t.Context(), who, "ld-01", 10)
		_, err7 := d.Corrections(t.Context(), who, i.ID, nil)
		for n, err := range []error{err1, err2, err3, err4, err5, err6, err7} {
			asked++
			if !errors.Is(err, identity.ErrDenied) && !errors.Is(err, identity.ErrSignIn) {
				t.Errorf("%q, call %d: %v", who.ID, n+1, err)
			}
		}
	}
	if asked != 28 || d.progress(i.ID).State != roster.Previewed {
		t.Errorf("asked %d, state %s", asked, d.progress(i.ID).State)
	}
}

func TestNothingPersonalIsReadableInTheStore(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", "1380013800"}, []string{"3号楼", "501", "王小芳", ""})
	imported, err := d.store.Get(t.Context(), docstore.Key{Kind: roster.KindImport, ID: i.ID})
	d.must(err)
	piece, err := d.store.Get(t.Context(), docstore.Key{Kind: roster.KindChunk, ID: i.ID + ".000"})
	d.must(err)
	for _, doc := range []docstore.Doc{imported, piece} {
		for _, secret := range []string{"王小芳", "1380013800"} {
			if bytes.Contains(doc.Body, []byte(secret)) {
				t.Errorf("%s %s shows %s", doc.Kind, doc.ID, secret)
			}
		}
	}
}

func TestALargeFileIsKeptInPieces(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	note := strings.Repeat("备注很长。", 90)
	rows := [][]string{{"楼栋", "室号", "姓名", "备注"}}
	for n := range 900 {
		rows = append(rows, []string{"3号楼", fmt.Sprint(101 + n%9), "王小芳", note})
	}
	i, err := d.PreviewRoster(t.Context(), d.staff, "ld-01", `C:\Users\li\名册 2026.csv`, asCSV(rows))
	d.must(err)
	if i.Chunks != 3 || d.chunks(i.ID) != 3 || i.FileName != "名册 2026.csv" {
		t.Fatalf("%d bytes in %d pieces, %q", i.Bytes, d.chunks(i.ID), i.FileName)
	}
	_, err = d.ConfirmRoster(t.Context(), d.staff, i.ID)
	d.must(err)
	d.must(d.ApplyRoster(t.Context(), i.ID))
	if n := len(d.listed()); n != 9 || d.chunks(i.ID) != 0 {
		t.Errorf("%d people, %d pieces left", n, d.chunks(i.ID))
	}
}

func TestTooManyForOneHome(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	crowd := func(from rune, n int) (rows [][]string) {
		for k := range n {
			rows = append(rows, []string{"3号楼", "501", "王" + string(from+rune(k)), ""})
		}
		return rows
	}
	d.imported(crowd('一', 25)...)
	i := d.preview(crowd('丰', 25)...)
	faults, err := d.Faults(t.Context(), d.staff, i.ID)
	d.must(err)
	if i.Errors != 1 || faults[0].Code != roster.CodeFull || faults[0].Row != 2 {
		t.Errorf("%+v %+v", i, faults)
	}
}

func TestAHeaderWithoutPeople(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, err := d.PreviewRoster(t.Context(), d.staff, "ld-01", "空.csv", table())
	d.refused(err, roster.ErrNoPeople)
	recent, err := d.Recent(t.Context(), d.staff, "ld-01", 10)
	if err != nil || len(recent) != 0 {
		t.Errorf("%v, %v", recent, err)
	}
}
