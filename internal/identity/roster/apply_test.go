package roster_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/identity/roster"
)

func TestKilledAnywhereAndRunAgain(t *testing.T) {
	t.Parallel()
	var rows [][]string
	var want []string
	for n := range 60 { // more than one note of progress
		rows = append(rows, []string{"3号楼", fmt.Sprint(101 + n), "王小芳", fmt.Sprintf("138%08d", n)})
		want = append(want, fmt.Sprintf("ld-01.b3.%d 王小芳", 101+n))
	}
	var deaths atomic.Int32
	t.Cleanup(func() {
		if deaths.Load() != 14 {
			t.Errorf("died %d times of 14; the test proves little", deaths.Load())
		}
	})
	for _, late := range []bool{false, true} {
		// 1 and 52 note progress, 63 finishes, 64 deletes the file, 65 says so.
		for _, n := range []int64{1, 2, 30, 52, 63, 64, 65} {
			t.Run(fmt.Sprintf("write %d late %v", n, late), func(t *testing.T) {
				t.Parallel()
				d := newDesk(t)
				i := d.preview(rows...)
				_, err := d.ConfirmRoster(t.Context(), d.staff, i.ID)
				d.must(err)
				dying := &mortal{Store: d.store, late: late}
				dying.left.Store(n)
				if err := d.over(dying).ApplyRoster(t.Context(), i.ID); errors.Is(err, errKilled) {
					deaths.Add(1)
				}
				_, err = d.SweepRosters(t.Context())
				d.must(err)
				if got := d.listed(); !slices.Equal(got, want) {
					t.Fatalf("%d people, want %d: %v", len(got), len(want), got)
				}
				if i = d.progress(i.ID); i.State != roster.Done || i.Applied != 60 || i.Open() || d.chunks(i.ID) != 0 {
					t.Errorf("%+v", i)
				}
				for _, v := range d.versions() {
					if !strings.HasSuffix(v, " 1") {
						t.Errorf("written twice: %s", v)
					}
				}
			})
		}
	}
}

func TestTwoProcessesApplyAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var rows [][]string
	for n := range 120 {
		rows = append(rows, []string{"3号楼", fmt.Sprint(101 + n), "王小芳", ""})
	}
	i := d.preview(rows...)
	_, err := d.ConfirmRoster(t.Context(), d.staff, i.ID)
	d.must(err)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := d.over(d.store).ApplyRoster(t.Context(), i.ID); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := d.versions(); len(got) != 120 || strings.Contains(strings.Join(got, ","), " 2") {
		t.Errorf("%d people: %v", len(got), got)
	}
	if i = d.progress(i.ID); i.State != roster.Done || i.Applied != 120 {
		t.Errorf("%+v", i)
	}
	same(t, "events", d.events(), []string{roster.EventConfirmed, roster.EventDone})
}

func TestAStoppedImportGoesOn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", ""})
	_, err := d.ConfirmRoster(t.Context(), d.staff, i.ID)
	d.must(err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.ApplyRoster(ctx, i.ID); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
	n, err := d.SweepRosters(t.Context())
	if err != nil || n != 1 || d.progress(i.ID).State != roster.Done {
		t.Errorf("%d, %v", n, err)
	}
	if n, err := d.SweepRosters(t.Context()); err != nil || n != 0 {
		t.Errorf("nothing is left, but %d, %v", n, err)
	}
}

func TestABuildingRenamedSinceBringsTheImportBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	i := d.preview([]string{"3号楼", "501", "王小芳", ""}, []string{"5号楼", "101", "钱二", ""})
	_, err := d.ConfirmRoster(t.Context(), d.staff, i.ID)
	d.must(err)
	d.building("b5", "15号楼")
	d.must(d.ApplyRoster(t.Context(), i.ID))
	if i = d.progress(i.ID); i.State != roster.Previewed || i.Errors != 1 || i.ConfirmedBy != "" {
		t.Errorf("%+v", i)
	}
	same(t, "nobody", d.listed(), nil)
	same(t, "events", d.events(), []string{roster.EventConfirmed, roster.EventReturned})
	feed, err := d.store.Events(t.Context(), 0, docstore.MaxLimit)
	d.must(err)
	for _, e := range feed { // told again, it has nothing to do
		d.must(d.Follow(t.Context(), e))
	}
}
