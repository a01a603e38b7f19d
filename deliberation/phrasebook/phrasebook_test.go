package phrasebook_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/phrasebook"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree is two communities under a district.
type tree map[community.ID]community.Node

func (t tree) Node(_ context.Context, id community.ID) (community.Node, error) {
	n, ok := t[id]
	if !ok {
		return n, docstore.ErrNotFound
	}
	return n, nil
}

var at = clock.Standing(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))

func open(t *testing.T) *phrasebook.Service {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "book.db"), phrasebook.Collections(), sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	district, err := community.NewDistrict("d", "宝山区")
	must(t, err)
	town, err := district.Below("t", "罗店镇")
	must(t, err)
	nodes := tree{"d": district, "t": town}
	for _, id := range []community.ID{"c1", "c2"} {
		nodes[id], err = town.Below(id, "美安苑")
		must(t, err)
	}
	return phrasebook.New(store, at, nodes)
}

func works(role identity.Role, node community.ID, board string) identity.Actor {
	return identity.Actor{ID: identity.AccountID(string(role) + board), Name: "陈静", Masked: "陈*", Grants: []identity.Grant{{Role: role, Node: node, Board: board}}}
}

var (
	staff    = works(identity.RoleStaff, "c1", "")
	property = works(identity.RolePartner, "c1", "property")
	police   = works(identity.RolePartner, "c1", "police")
)

func phrase(name string, board deliberation.BoardKey) phrasebook.Phrase {
	return phrasebook.Phrase{ID: phrasebook.PhraseID(ids.New(time.Now())), Name: name, Text: "{居民}您好，" + name + "。", Board: board}
}

func TestEachWritesForTheBoardsTheyAnswerOn(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	all, own := phrase("马上去看", ""), phrase("师傅上门", "property")
	_, err := s.Save(ctx, staff, "c1", all)
	must(t, err)
	_, err = s.Save(ctx, property, "c1", own)
	must(t, err)
	for name, try := range map[string]func() error{
		"a partner for every board":   func() error { _, err := s.Save(ctx, property, "c1", phrase("别的", "")); return err },
		"the police for the property": func() error { _, err := s.Save(ctx, police, "c1", phrase("别的", "property")); return err },
		"staff elsewhere": func() error {
			_, err := s.Save(ctx, works(identity.RoleStaff, "c2", ""), "c1", phrase("别的", ""))
			return err
		},
		"a resident reading": func() error { _, err := s.Book(ctx, identity.Actor{ID: "wang"}, "c1"); return err },
		"taking the committee's phrase to one's board": func() error {
			moved := all
			moved.Board = "property"
			_, err := s.Save(ctx, property, "c1", moved)
			return err
		},
		"dropping the committee's phrase": func() error { _, err := s.Drop(ctx, property, "c1", all.ID); return err },
	} {
		if err := try(); !errors.Is(err, identity.ErrDenied) && fault.KindOf(err) != fault.Denied {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, want := range map[*identity.Actor]int{&staff: 2, &property: 2, &police: 1} {
		book, err := s.Book(ctx, *name, "c1")
		must(t, err)
		if len(book.Phrases) != want {
			t.Errorf("%s sees %d phrases, want %d", name.ID, len(book.Phrases), want)
		}
	}
	book, err := s.Book(ctx, staff, "c1")
	must(t, err)
	if on := book.On("property"); len(on) != 2 || on[0].ID != own.ID {
		t.Errorf("on the property's board %+v are offered", on)
	}
	if on := book.On("police"); len(on) != 1 || on[0].ID != all.ID {
		t.Errorf("on the police's board %+v are offered", on)
	}
}

func TestWhatAPhraseMayNotBe(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	first := phrase("马上去看", "")
	_, err := s.Save(ctx, staff, "c1", first)
	must(t, err)
	for code, change := range map[string]func(*phrasebook.Phrase){
		"phrases.name_needed":   func(p *phrasebook.Phrase) { p.Name = " \u200b" },
		"phrases.name_too_long": func(p *phrasebook.Phrase) { p.Name = strings.Repeat("看", phrasebook.MaxName+1) },
		"phrases.text_needed":   func(p *phrasebook.Phrase) { p.Text = "" },
		"phrases.text_too_long": func(p *phrasebook.Phrase) { p.Text = strings.Repeat("看", phrasebook.MaxText+1) },
		"phrases.name_taken":    func(p *phrasebook.Phrase) { p.Name, p.Board = first.Name, "property" },
		"phrases.bad_token":     func(p *phrasebook.Phrase) { p.ID = "x" },
		"board.not_found":       func(p *phrasebook.Phrase) { p.Board = "nothing" },
	} {
		p := phrase("另一句", "")
		change(&p)
		if _, err := s.Save(ctx, staff, "c1", p); err == nil || !strings.Contains(err.Error(), code) {
			t.Errorf("%s: %v", code, err)
		}
	}
	again, err := s.Save(ctx, staff, "c1", first)
	must(t, err)
	if len(again.Phrases) != 1 {
		t.Errorf("sent twice, there are %d phrases", len(again.Phrases))
	}
}

func TestTwoFirstPhrasesAtOnceAndTheLastThatFits(t *testing.T) {
	t.Parallel()
	s, ctx := open(t), t.Context()
	var group sync.WaitGroup
	for i := range phrasebook.MaxPhrases {
		group.Go(func() {
			p := phrase("第"+string(rune('一'+i))+"句", "")
			if _, err := s.Save(ctx, staff, "c1", p); err != nil {
				t.Errorf("phrase %d: %v", i, err)
			}
		})
	}
	group.Wait()
	book, err := s.Book(ctx, staff, "c1")
	must(t, err)
	if len(book.Phrases) != phrasebook.MaxPhrases {
		t.Fatalf("of %d phrases saved at once %d are there", phrasebook.MaxPhrases, len(book.Phrases))
	}
	if _, err := s.Save(ctx, staff, "c1", phrase("多一句", "")); err == nil || !strings.Contains(err.Error(), "phrases.full") {
		t.Errorf("one more than fits: %v", err)
	}
	for range 2 { // dropped twice, by two people
		book, err = s.Drop(ctx, staff, "c1", book.Phrases[0].ID)
		must(t, err)
	}
}

func TestBlanksAreFilledOnce(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{居民}您好，{下次巡查}前回复您。": "王**您好，今天 14:00前回复您。",
		"{居民}{居民}":    "王**王**",
		"{楼栋}的事，{别的}": "{我}的事，{别的}",
		"没有空格":        "没有空格",
	} {
		got := phrasebook.Fill(text, map[string]string{
			phrasebook.BlankResident: "王**", phrasebook.BlankRound: "今天 14:00", phrasebook.BlankBuilding: "{我}", phrasebook.BlankMe: "陈静",
		})
		if got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}
