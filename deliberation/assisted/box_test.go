package assisted_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation/assisted"
	"jushou/internal/fault"
	"jushou/internal/ids"
)

func TestWhenABoxIsEmptiedNext(t *testing.T) {
	t.Parallel()
	shanghai := time.FixedZone("CST", 8*60*60)
	at := func(text string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", text, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		return x.UTC()
	}
	tuesdayFriday := []time.Weekday{time.Tuesday, time.Friday}
	for _, x := range []struct {
		name, since, emptied, want string
		days                       []time.Weekday
	}{
		{"hung on its day", "2026-11-17 09:00", "", "2026-11-17", tuesdayFriday},
		{"hung between two days", "2026-11-18 00:10", "", "2026-11-20", tuesdayFriday},
		{"emptied on its day", "2026-11-01 09:00", "2026-11-17 16:00", "2026-11-20", tuesdayFriday},
		{"emptied a day early", "2026-11-01 09:00", "2026-11-19 16:00", "2026-11-20", tuesdayFriday},
		{"nobody came for two weeks", "2026-11-01 09:00", "2026-11-03 16:00", "2026-11-06", tuesdayFriday},
		{"after midnight here, before it elsewhere", "2026-11-01 09:00", "2026-11-20 00:30", "2026-11-24", tuesdayFriday},
		{"once a week", "2026-11-01 09:00", "2026-11-16 16:00", "2026-11-23", []time.Weekday{time.Monday}},
		{"on Sundays", "2026-11-01 09:00", "2026-11-16 16:00", "2026-11-22", []time.Weekday{time.Sunday}},
	} {
		b := assisted.PaperBox{Days: x.days, Since: at(x.since)}
		if x.emptied != "" {
			b.Emptied = []assisted.Emptying{{At: at(x.emptied)}}
		}
		if got := b.NextOn(shanghai).String(); got != x.want {
			t.Errorf("%s: %s, want %s", x.name, got, x.want)
		}
	}
}

func TestBoxesAreNamedEmptiedAndTakenDown(t *testing.T) {
	t.Parallel()
	h := open(t)
	ctx := t.Context()
	week := []time.Weekday{time.Friday, time.Tuesday, time.Friday}
	hang := assisted.SaveBox{ID: assisted.BoxID(ids.New(h.clock.Now())), Place: " 3号楼 门厅 ", Days: week}
	for range 2 { // a double tap
		b, err := h.SaveBox(ctx, chen, node, hang)
		if err != nil || b.Place != "3号楼 门厅" || !slices.Equal(b.Days, []time.Weekday{time.Tuesday, time.Friday}) {
			t.Fatalf("hung %+v, %v", b, err)
		}
	}
	other := assisted.BoxID(ids.New(h.clock.Now()))
	for name, x := range map[string]struct {
		cmd  assisted.SaveBox
		want string
	}{
		"no form":          {assisted.SaveBox{ID: "x", Place: "活动室", Days: week}, "assisted.bad_token"},
		"nowhere":          {assisted.SaveBox{ID: other, Place: " ", Days: week}, "assisted.place_needed"},
		"a long way":       {assisted.SaveBox{ID: other, Place: strings.Repeat("长", assisted.MaxWhere+1), Days: week}, "assisted.place_needed"},
		"never emptied":    {assisted.SaveBox{ID: other, Place: "活动室"}, "assisted.days_needed"},
		"on the eighth":    {assisted.SaveBox{ID: other, Place: "活动室", Days: []time.Weekday{7}}, "assisted.days_needed"},
		"at the same door": {assisted.SaveBox{ID: other, Place: "3号楼 门厅", Days: week}, "assisted.place_taken"},
	} {
		if _, err := h.SaveBox(ctx, chen, node, x.cmd); fault.CodeOf(err) != x.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.SaveBox(ctx, wang, node, hang); fault.KindOf(err) != fault.Denied {
		t.Errorf("a resident hangs a box up: %v", err)
	}
	if _, err := h.Boxes(ctx, wang, node); fault.KindOf(err) != fault.Denied {
		t.Errorf("a resident reads them: %v", err)
	}
	h.emptyTogether(t, hang.ID)
	if _, err := h.EmptyBox(ctx, chen, node, assisted.EmptyBox{Box: hang.ID, Token: ids.New(h.clock.Now()), Notes: -1}); fault.CodeOf(err) != "assisted.bad_notes" {
		t.Errorf("less than nothing in it: %v", err)
	}
	if _, err := h.EmptyBox(ctx, chen, node, assisted.EmptyBox{Box: other, Token: ids.New(h.clock.Now())}); fault.CodeOf(err) != "assisted.no_box" {
		t.Errorf("a box that is not there: %v", err)
	}
	cmd := h.command("")
	cmd.Source, cmd.Box, cmd.Where = assisted.Box, other, "别处"
	if _, err := h.Enter(ctx, chen, cmd); fault.CodeOf(err) != "assisted.no_box" {
		t.Errorf("entered from a box that is not there: %v", err)
	}
	cmd.Box = hang.ID
	topic, err := h.Enter(ctx, chen, cmd)
	must(t, err)
	e, err := h.DeskEntry(ctx, chen, topic.ID)
	if err != nil || e.Box != hang.ID || e.Where != "3号楼 门厅" {
		t.Errorf("entered from %+v", e)
	}
	for range 2 {
		must(t, h.CloseBox(ctx, chen, node, hang.ID))
	}
	left, err := h.Boxes(ctx, chen, node)
	if err != nil || len(left) != 0 {
		t.Errorf("left %+v, %v", left, err)
	}
	if e, err := h.DeskEntry(ctx, chen, e.Topic); err != nil || e.Where != "3号楼 门厅" {
		t.Errorf("the entry forgot its box: %+v, %v", e, err)
	}
	var told []string
	for _, x := range h.events() {
		if strings.HasPrefix(x.Type, "box.") {
			told = append(told, x.Type)
		}
	}
	if want := []string{assisted.EventBoxSaved, assisted.EventBoxEmptied, assisted.EventBoxClosed}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

// emptyTogether has eight taps of one form empty a box once.
func (h *house) emptyTogether(t *testing.T, id assisted.BoxID) {
	t.Helper()
	token := ids.New(h.clock.Now())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if _, err := h.EmptyBox(t.Context(), chen, node, assisted.EmptyBox{Box: id, Token: token, Notes: 3}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	b, err := h.Box(t.Context(), chen, node, id)
	if err != nil || len(b.Emptied) != 1 || b.Emptied[0].Notes != 3 {
		t.Errorf("emptied %+v, %v", b.Emptied, err)
	}
}
