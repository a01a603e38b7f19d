package room_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/search"
)

// note is a document that is shown once it is out.
type note struct {
	ID    string
	Path  []community.ID
	Out   bool
	By    string
	DueAt int64
}

func (n note) Place() identity.Place { return identity.Place{Path: n.Path} }

func (n note) key() string { return n.ID }

const kind docstore.Kind = "note"

var errNoNote = fault.New(fault.NotFound, "note.not_found")

func keeps(a identity.Actor, n note) bool {
	return n.Out || identity.Can(a, identity.HoldHall, n.Place()) == nil
}

func open(t *testing.T) (*roomtest.Ground, room.Room[note]) {
	t.Helper()
	g := roomtest.Open(t, time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), []docstore.Collection{{
		Kind: kind, Fields: []docstore.Field{{Name: "due", Type: docstore.Int}}, Indexes: []docstore.Index{{Name: "due", Fields: []string{"due"}}},
	}})
	fields := func(n note) docstore.Fields {
		if n.DueAt == 0 {
			return nil
		}
		return docstore.Fields{"due": n.DueAt}
	}
	return g, room.Open(g.Room(), kind, fields, errNoNote, keeps)
}

func put(t *testing.T, r room.Room[note], n note) {
	t.Helper()
	n.Path = []community.ID{"d", "t", "c1"}
	_, err := r.Add(t.Context(), n.ID, n)
	roomtest.Must(t, err)
}

func TestWhoKnowsOfADocument(t *testing.T) {
	t.Parallel()
	_, r := open(t)
	put(t, r, note{ID: "out", Out: true})
	put(t, r, note{ID: "kept"})
	pending := roomtest.Lives("zhou", "周**", "c1")
	pending.Memberships[0].Status = identity.MemberPending
	staff, wang := roomtest.Works("li", "李社工", identity.RoleStaff, "c1", ""), roomtest.Lives("wang", "王**", "c1")
	signIn, verify, none := identity.ErrSignIn.Code, identity.ErrVerify.Code, errNoNote.Code
	for _, tt := range []struct {
		who             string
		actor           identity.Actor
		out, kept, gone string
	}{
		{"staff", staff, "", "", none},
		{"a resident", wang, "", none, none},
		{"a resident whose membership waits", pending, verify, verify, none},
		{"a resident of the next community", roomtest.Lives("sun", "孙**", "c2"), none, none, none},
		{"nobody known", identity.Actor{}, signIn, signIn, none},
	} {
		for id, want := range map[string]string{"out": tt.out, "kept": tt.kept, "gone": tt.gone} {
			got, err := r.Read(t.Context(), tt.actor, id)
			if want == "" {
				if err != nil || got.ID != id {
					t.Errorf("%s reads %s: %v, %v", tt.who, id, got, err)
				}
				continue
			}
			roomtest.Refused(t, err, want)
			if got.ID != "" {
				t.Errorf("%s is refused %s and gets %v", tt.who, id, got)
			}
		}
	}
}

func TestAStepIsInTheNameOfWhoMayTakeIt(t *testing.T) {
	t.Parallel()
	g, r := open(t)
	put(t, r, note{ID: "n", Out: true})
	sign := func(n *note, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		n.By = by.Name
		return []docstore.Fact{{Type: "note.signed", Actor: string(by.Account), At: now}}, nil
	}
	_, err := r.Step(t.Context(), roomtest.Lives("wang", "王**", "c1"), "n", identity.HoldHall, sign)
	if fault.KindOf(err) != fault.Denied {
		t.Errorf("a resident: %v", err)
	}
	n, err := r.Step(t.Context(), roomtest.Works("li", "李社工", identity.RoleStaff, "c1", ""), "n", identity.HoldHall, sign)
	if told := g.Events("note.signed"); err != nil || n.By != "李社工" || len(told) != 1 || !told[0].At.Equal(g.Clock.Now()) {
		t.Errorf("signed %v, told %v, %v", n, told, err)
	}
}

// TestTheWatchGoesOnWhereTheCalendarEnds has a document in the middle for which the calendar is too short.
func TestTheWatchGoesOnWhereTheCalendarEnds(t *testing.T) {
	t.Parallel()
	g, r := open(t)
	due := g.Clock.Now().UnixMilli()
	for n := range 3 {
		put(t, r, note{ID: fmt.Sprint(n), DueAt: due})
	}
	put(t, r, note{ID: "later", DueAt: due + 1})
	step := func(n *note) ([]docstore.Fact, error) {
		if n.ID == "1" {
			return nil, calendar.ErrBeyond
		}
		n.DueAt = 0
		return []docstore.Fact{{Type: "note.fell_due", Actor: "patrol", At: g.Clock.Now()}}, nil
	}
	for run, want := range []int{3, 1} {
		n, err := room.Watch(t.Context(), r.Table, "due", g.Clock.Now(), note.key, step)
		if n != want || !errors.Is(err, calendar.ErrBeyond) {
			t.Errorf("run %d looked at %d: %v", run, n, err)
		}
	}
	if told := g.Events("note.fell_due"); len(told) != 2 {
		t.Errorf("%d fell due", len(told))
	}
}

func TestWhatIsFoundIsAskedForItsReader(t *testing.T) {
	t.Parallel()
	_, r := open(t)
	put(t, r, note{ID: "a", Out: true})
	put(t, r, note{ID: "kept"})
	put(t, r, note{ID: "b", Out: true})
	finder := r.Finder(func(n note) (search.Entry, bool) { return search.Entry{Title: "note " + n.ID}, n.ID != "b" }, "note.")
	titles := func(entries []search.Entry, err error) string {
		roomtest.Must(t, err)
		all := make([]string, len(entries))
		for i, e := range entries {
			all[i] = e.ID + "=" + e.Title
		}
		return strings.Join(all, ", ")
	}
	ids := []string{"gone", "kept", "b", "a"}
	if got := titles(finder.Source.Load(t.Context(), ids)); got != "kept=note kept, a=note a" {
		t.Errorf("the index is told of %s", got)
	}
	staff, wang := roomtest.Works("li", "李社工", identity.RoleStaff, "c1", ""), roomtest.Lives("wang", "王**", "c1")
	if got := titles(finder.Shown(t.Context(), staff, ids)); got != "kept=note kept, a=note a" {
		t.Errorf("staff is shown %s", got)
	}
	if got := titles(finder.Shown(t.Context(), wang, ids)); got != "a=note a" {
		t.Errorf("a resident is shown %s", got)
	}
	if got := titles(finder.Shown(t.Context(), roomtest.Lives("sun", "孙**", "c2"), ids)); got != "" {
		t.Errorf("a resident of the next community is shown %s", got)
	}
}
