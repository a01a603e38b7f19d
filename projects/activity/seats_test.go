package activity_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/activity"
)

// naive is the seats kept as somebody at a desk would keep them: two lists on paper.
type naive struct {
	room    int
	in, out []party
}

type party struct {
	who     string
	persons int
}

func (n *naive) sum() int {
	sum := 0
	for _, p := range n.in {
		sum += p.persons
	}
	return sum
}

func (n *naive) come(p party) {
	if len(n.out) > 0 || n.room > 0 && n.sum()+p.persons > n.room {
		n.out = append(n.out, p)
		return
	}
	n.in = append(n.in, p)
}

func (n *naive) go1(who string) {
	is := func(p party) bool { return p.who == who }
	n.in, n.out = slices.DeleteFunc(n.in, is), slices.DeleteFunc(n.out, is)
	n.fill()
}

func (n *naive) fill() {
	for len(n.out) > 0 && (n.room == 0 || n.sum()+n.out[0].persons <= n.room) {
		n.in, n.out = append(n.in, n.out[0]), n.out[1:]
	}
}

func (n *naive) fewer(who string, persons int) {
	for _, list := range [][]party{n.in, n.out} {
		for i := range list {
			if list[i].who == who {
				list[i].persons = persons
			}
		}
	}
	n.fill()
}

// TestSeatsAgreeWithPaper plays random sign-ups, leavings and changes of room against two lists on paper. It begins with a head
// start that fills the room, so that waiting lists, moving up and coming with fewer are all met.
func TestSeatsAgreeWithPaper(t *testing.T) {
	t.Parallel()
	met := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 5, 11, 2, 0, 0, 0, time.UTC)
		room := rapid.IntRange(0, 12).Draw(t, "room")
		a := activity.Activity{ID: "a", Status: activity.Published, Plan: activity.Plan{
			Title: "竹篮", What: "编", Where: "活动室", Capacity: room, Until: now.Add(time.Hour), StartsAt: now.Add(time.Hour), EndsAt: now.Add(2 * time.Hour),
		}}
		paper, rounds := naive{room: room}, map[string]int{}
		check := func(what string, facts []docstore.Fact) {
			for _, f := range facts {
				met[f.Type]++
			}
			var in, out []party
			for _, s := range a.Seats {
				p := party{string(s.Who), s.Persons}
				switch s.Status {
				case activity.Seated:
					in = append(in, p)
				case activity.Waiting:
					out = append(out, p)
				}
			}
			same := func(x, y []party) bool {
				x, y = slices.Clone(x), slices.Clone(y)
				by := func(a, b party) int { return len(a.who)*1000 - len(b.who)*1000 + int(a.who[0]) - int(b.who[0]) }
				slices.SortFunc(x, by)
				slices.SortFunc(y, by)
				return slices.Equal(x, y)
			}
			if !same(in, paper.in) || !slices.Equal(out, paper.out) {
				t.Fatalf("after %s: seated %v waiting %v, on paper %v and %v", what, in, out, paper.in, paper.out)
			}
			if room := a.Capacity; room > 0 && a.Taken() > room {
				t.Fatalf("after %s: %d persons in room for %d", what, a.Taken(), room)
			}
		}
		come := func(who string, persons int) {
			rounds[who]++
			now = now.Add(time.Second)
			had, ok := a.SeatOf(identity.AccountID(who))
			facts, err := a.Take(deliberation.Author{Account: identity.AccountID(who)}, persons, rounds[who], now, now)
			switch again := ok && had.Status != activity.Left; {
			case a.Capacity > 0 && persons > a.Capacity, again && persons > had.Persons:
				if fault.KindOf(err) != fault.Conflict {
					t.Fatalf("%s comes with %d: %v", who, persons, err)
				}
				rounds[who]--
			case err != nil:
				t.Fatal(err)
			case again:
				paper.fewer(who, persons)
			default:
				paper.come(party{who, persons})
			}
			check(fmt.Sprintf("%s comes with %d", who, persons), facts)
		}
		for i := range rapid.IntRange(0, 8).Draw(t, "head start") {
			come(string(rune('a'+i)), 1+i%2)
		}
		t.Repeat(map[string]func(*rapid.T){
			"come": func(t *rapid.T) {
				come(string(rune('a'+rapid.IntRange(0, 11).Draw(t, "who"))), rapid.IntRange(1, activity.MaxPersons).Draw(t, "persons"))
			},
			"leave": func(t *rapid.T) {
				who := string(rune('a' + rapid.IntRange(0, 11).Draw(t, "who")))
				rounds[who]++
				facts, err := a.GiveBack(deliberation.Author{Account: identity.AccountID(who)}, rounds[who], now)
				if err != nil && err != docstore.ErrUnchanged { //nolint:errorlint // the very value
					t.Fatal(err)
				}
				paper.go1(who)
				check(who+" leaves", facts)
			},
			"old wish": func(t *rapid.T) {
				who := string(rune('a' + rapid.IntRange(0, 11).Draw(t, "who")))
				if _, ok := a.SeatOf(identity.AccountID(who)); !ok {
					return
				}
				if _, err := a.Take(deliberation.Author{Account: identity.AccountID(who)}, 1, 0, now, now); err != docstore.ErrUnchanged { //nolint:errorlint // the very value
					t.Fatalf("an old wish: %v", err)
				}
				check("an old wish", nil)
			},
			"room": func(t *rapid.T) {
				p := a.Plan
				p.Capacity = rapid.IntRange(0, 14).Draw(t, "capacity")
				facts, err := a.Change(p, a.Revision, deliberation.Author{Account: "host"}, now)
				if p.Capacity > 0 && p.Capacity < a.Taken() {
					if err == nil {
						t.Fatal("less room than is taken")
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				paper.room = p.Capacity
				paper.fill()
				check("another room", facts)
			},
		})
	})
	for _, what := range []string{activity.Joined, activity.Queued, activity.Fewer, activity.Gone, activity.MovedUp} {
		if met[what] == 0 {
			t.Errorf("no run met %s", what)
		}
	}
}

// TestSixtyFourAtOnce lets 64 households ask for 40 seats at once, some of them twice, and then lets everybody who has a seat give it
// back at once.
func TestSixtyFourAtOnce(t *testing.T) {
	t.Parallel()
	g := open(t)
	id := g.held(40)
	people := make([]identity.Actor, 64)
	for i := range people {
		people[i] = g.lives(identity.AccountID(fmt.Sprintf("p%02d", i)), "某**", "c1.b1")
	}
	all := func(do func(identity.Actor, int) error) {
		var wait sync.WaitGroup
		for i, who := range people {
			wait.Go(func() {
				if err := do(who, i); err != nil {
					t.Errorf("%s: %v", who.ID, err)
				}
			})
		}
		wait.Wait()
	}
	tokens := make([]string, len(people))
	for i := range tokens {
		tokens[i] = g.Token()
	}
	all(func(who identity.Actor, i int) error {
		for range 1 + i%2 {
			if _, err := g.SignUp(t.Context(), who, activity.SignUp{Activity: id, Token: tokens[i], Persons: 1 + i%3}); err != nil {
				return err
			}
		}
		return nil
	})
	roster, err := g.Roster(t.Context(), g.staff, id)
	roomtest.Must(t, err)
	if len(roster) != 64 {
		t.Fatalf("%d of 64 are on the list", len(roster))
	}
	seated, head := 0, 0
	for _, x := range roster {
		if x.Status == activity.Seated {
			seated += x.Persons
		} else if head == 0 {
			head = x.Persons
		}
	}
	if seated > 40 || seated+head <= 40 {
		t.Fatalf("%d persons sit in room for 40, the next are %d", seated, head)
	}
	before, err := g.Seated(t.Context(), id)
	roomtest.Must(t, err)
	all(func(who identity.Actor, _ int) error {
		if !slices.Contains(before, who.ID) {
			return nil
		}
		_, err := g.Leave(t.Context(), who, id)
		return err
	})
	v, err := g.Activity(t.Context(), g.staff, id)
	roomtest.Must(t, err)
	moved := 0
	for _, e := range g.Events(activity.MovedUp) {
		n, err := deliberation.Decode[activity.News](e)
		roomtest.Must(t, err)
		moved += len(n.Who)
	}
	now, err := g.Seated(t.Context(), id)
	roomtest.Must(t, err)
	if moved == 0 || moved != len(now) || v.Seated > 40 {
		t.Fatalf("%d moved up, %d have seats for %d persons", moved, len(now), v.Seated)
	}
	after, err := g.Attending(t.Context(), id)
	roomtest.Must(t, err)
	if len(after) != 64-len(before) {
		t.Fatalf("%d are left of 64 when %d gave back", len(after), len(before))
	}
}

// TestAWishWithoutASeatIsMet is the crash between the wish and the seat: the wish alone is in the store, and the relay meets it,
// also when it comes late and twice; a wish taken back is not met again.
func TestAWishWithoutASeatIsMet(t *testing.T) {
	t.Parallel()
	g := open(t)
	id := g.held(1)
	roomtest.Must(t, g.signUp(g.zhao, id, 1))
	roomtest.Must(t, g.signUp(g.qian, id, 1))
	wishes := g.Events(activity.Asked)
	_, err := g.Leave(t.Context(), g.zhao, id)
	roomtest.Must(t, err)
	for range 2 {
		for _, e := range wishes {
			roomtest.Must(t, g.Follow(t.Context(), e))
		}
	}
	if x, y := g.has(g.zhao, id), g.has(g.qian, id); x != "" || y != activity.Seated {
		t.Errorf("the one who left has %q, the next %q", x, y)
	}
}
