package search_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jushou/internal/docstore"
	"jushou/internal/search"
)

func TestWhatIsHiddenIsNotFoundFromThenOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.say("停车难", "东门")
	held := w.put("", post{Title: "停车费", Hidden: true})
	newer := w.say("停车位", "西门")
	x := w.catchUp(w.open(t.TempDir()))
	want(t, "held", w.text(x, "停车"), newer, id)
	w.put(id, post{Title: "停车难", Body: "东门", Hidden: true})
	w.put(held, post{Title: "停车费"})
	w.catchUp(x)
	want(t, "hidden and released", w.text(x, "停车"), newer, held)
	w.put(held, post{Title: "路灯"})
	w.catchUp(x)
	want(t, "edited: by the old words", w.text(x, "费"))
	want(t, "edited: by the new ones", w.text(x, "路灯"), held)
	if _, err := w.store.Put(t.Context(), docstore.Write{Key: docstore.Key{Kind: kind, ID: newer}, Want: docstore.Any, Scope: "c1", Delete: true},
		docstore.Event{ID: "gone", Type: "topic.deleted", At: noon}); err != nil {
		t.Fatal(err)
	}
	w.catchUp(x)
	want(t, "deleted", w.text(x, "停车"))
}

// pool are the words of the property tests: pairs of them overlap, sound alike and differ in width and script.
var pool = []string{"停", "车", "車", "亭", "位", "灯", "燈", "楼", "3", "12", "a", "wifi", "ＷＩＦＩ", "，", " ", "😀"}

// TestTheIndexSaysWhatTheDocumentsSay plays a life of documents and asks of every pair of characters who has it.
func TestTheIndexSaysWhatTheDocumentsSay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		incremental := w.open("")
		texts := rapid.Custom(func(r *rapid.T) string {
			text := ""
			for _, s := range rapid.SliceOfN(rapid.SampledFrom(pool), 1, 8).Draw(r, "text") {
				text += s
			}
			return text
		})
		var made []string
		posts := map[string]post{}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			id := ""
			if len(made) > 0 && rapid.Bool().Draw(r, "again") {
				id = rapid.SampledFrom(made).Draw(r, "which")
			}
			p := post{Title: texts.Draw(r, "title"), Body: texts.Draw(r, "body"), Hidden: rapid.Bool().Draw(r, "hidden")}
			id = w.put(id, p)
			posts[id] = p
			if !slices.Contains(made, id) {
				made = append(made, id)
			}
			if rapid.Bool().Draw(r, "follow") {
				w.catchUp(incremental)
			}
		}
		w.catchUp(incremental)
		rebuilt := w.catchUp(w.open(""))
		for _, p := range posts {
			chars := []rune(p.Title)
			for i := 1; i < len(chars); i++ {
				query := string(chars[i-1 : i+1])
				page, err := incremental.Find(t.Context(), search.Query{Scope: "c1", Text: query, Limit: search.MaxHits})
				if errors.Is(err, search.ErrNoWords) {
					continue
				}
				again, err2 := rebuilt.Find(t.Context(), search.Query{Scope: "c1", Text: query, Limit: search.MaxHits})
				if err != nil || err2 != nil || !slices.Equal(page.Hits, again.Hits) {
					r.Fatalf("%q: rebuilt %v (%v), incremental %v (%v)", query, again.Hits, err2, page.Hits, err)
				}
				for _, h := range page.Hits {
					if posts[h.ID].Hidden {
						r.Fatalf("%q finds %s, which is hidden", query, h.ID)
					}
				}
			}
		}
		for id, p := range posts {
			checkPairs(r, w, incremental, id, p)
		}
	})
}

// checkPairs asks for every two characters that touch in a document's title.
func checkPairs(r *rapid.T, w *world, x *search.Index, id string, p post) {
	chars := []rune(p.Title)
	for i := 1; i < len(chars); i++ {
		a, b := chars[i-1], chars[i]
		if a < 0x3400 || b < 0x3400 || a > 0x9fff || b > 0x9fff {
			continue
		}
		page, err := x.Find(w.Context(), search.Query{Scope: "c1", Text: string([]rune{a, b}), Limit: search.MaxHits})
		has := slices.ContainsFunc(page.Hits, func(h search.Hit) bool { return h.ID == id })
		if err != nil || has == p.Hidden {
			r.Fatalf("%c%c finds %s (hidden %t): %t, %v", a, b, id, p.Hidden, has, err)
		}
	}
}

func TestAnIndexGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dir := t.TempDir()
	a := w.say("停车难", "")
	x := w.catchUp(w.open(dir))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	b := w.say("停车位", "")
	x = w.open(dir)
	want(t, "before catching up", w.text(x, "停车"), a)
	if s, err := x.Status(t.Context()); err != nil || !s.Unread {
		t.Errorf("status before: %+v, %v", s, err)
	}
	w.catchUp(x)
	want(t, "after", w.text(x, "停车"), b, a)
	if s, err := x.Status(t.Context()); err != nil || s.Unread || s.Seq == 0 {
		t.Errorf("status after: %+v, %v", s, err)
	}
	if _, err := w.catchUp(w.open(dir)).Find(t.Context(), search.Query{Scope: "c1", Text: "停车"}); err != nil {
		t.Errorf("two processes with one file: %v", err)
	}
}

// A load that fails in the middle stands for a process that dies there: nothing of the batch may be half done.
func TestAfterABreakInTheMiddleNothingIsMissingOrDouble(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 1200 {
		w.say("停车难", "东门")
	}
	dir := t.TempDir()
	source, calls := w.source(), 0
	load := source.Load
	broken := errors.New("broken")
	source.Load = func(ctx context.Context, ids []string) ([]search.Entry, error) {
		if calls++; calls == 2 {
			return nil, broken
		}
		return load(ctx, ids)
	}
	x, err := search.Open(t.Context(), search.Options{Dir: dir, Feed: w.store, Sources: []search.Source{source}, Clock: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	if err := x.CatchUp(t.Context()); !errors.Is(err, broken) {
		t.Fatalf("caught up: %v", err)
	}
	x.Close()
	x = w.open(dir)
	if got := len(w.ids(x, search.Query{Text: "停车", Limit: 50})); got == 0 || got >= 1200 {
		t.Errorf("%d found after the break", got)
	}
	w.catchUp(x)
	if got := len(w.ids(x, search.Query{Text: "停车", Limit: 50})); got != 1200 {
		t.Errorf("%d found, want 1200", got)
	}
}

func TestAFileThatIsGoneDamagedOrForeignIsBuiltAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.say("停车难", "")
	for name, spoil := range map[string]func(file string) error{
		"gone": os.Remove,
		"damaged": func(file string) error {
			os.Remove(file + "-wal")
			return os.WriteFile(file, []byte("this is no database, whatever it was before it was overwritten with this"), 0o600)
		},
		"empty": func(file string) error { return os.Truncate(file, 0) },
	} {
		dir := t.TempDir()
		w.catchUp(w.open(dir)).Close()
		files, err := filepath.Glob(dir + "/*.db")
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		if err := spoil(files[0]); err != nil {
			t.Fatal(err)
		}
		want(t, name, w.text(w.catchUp(w.open(dir)), "停车"), id)
	}
	dir := t.TempDir()
	w.catchUp(w.open(dir)).Close()
	other := newWorld(t)
	mine := other.say("路灯", "")
	x := other.catchUp(other.open(dir))
	want(t, "another store's words", other.text(x, "停车"))
	want(t, "its own", other.text(x, "路灯"), mine)
}

func TestFollowingGoesOnByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wake := make(chan struct{}, 1)
	read := make(chan struct{}, 100)
	source := w.source()
	load := source.Load
	source.Load = func(ctx context.Context, ids []string) ([]search.Entry, error) {
		defer func() { read <- struct{}{} }()
		return load(ctx, ids)
	}
	x, err := search.Open(t.Context(), search.Options{
		Feed: w.store, Sources: []search.Source{source}, Clock: w.clock, Wake: func(context.Context) <-chan struct{} { return wake },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	x.Start(t.Context())
	x.Start(t.Context())
	id := w.say("停车难", "")
	wake <- struct{}{}
	<-read
	x.Stop()
	want(t, "found", w.text(x, "停车"), id)
	if err := x.Close(); err != nil {
		t.Error(err)
	}
	if _, err := x.Find(t.Context(), search.Query{Scope: "c1", Text: "停车"}); err == nil {
		t.Error("a closed index answers")
	}
	if err := x.CatchUp(t.Context()); err == nil {
		t.Error("a closed index follows")
	}
}
