package projects_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// TestTheTallyCountsEverybodyOnce holds it against a slow count: everybody once, in any order, nothing about fewer than five.
func TestTheTallyCountsEverybodyOnce(t *testing.T) {
	t.Parallel()
	aspects := preset.DefaultAspects()
	rapid.Check(t, func(rt *rapid.T) {
		people := rapid.IntRange(0, 40).Draw(rt, "people")
		var ratings []projects.Rating
		sums, counts := make([]int, len(aspects)), make([]map[int]int, len(aspects))
		for who := range people {
			stars := make([]int, len(aspects))
			for i := range stars {
				stars[i] = rapid.IntRange(1, 5).Draw(rt, "stars")
				if counts[i] == nil {
					counts[i] = map[int]int{}
				}
				sums[i] += stars[i]
				counts[i][stars[i]]++
			}
			ratings = append(ratings, projects.Rating{Account: identity.AccountID(fmt.Sprint(who)), Stars: stars})
		}
		mixed := slices.Clone(ratings)
		for range rapid.IntRange(0, 5).Draw(rt, "again") { // a page that is read twice
			if people > 0 {
				mixed = append(mixed, ratings[rapid.IntRange(0, people-1).Draw(rt, "whose")])
			}
		}
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(rt, "order"))).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		now := time.Unix(1, 0)
		got := projects.TallyOf(aspects, mixed, now)
		if !reflect.DeepEqual(got, projects.TallyOf(aspects, ratings, now)) {
			rt.Fatalf("the order matters: %+v", got)
		}
		if people < deliberation.SmallCell {
			if !got.Few || got.Raters != 0 || got.Mean != 0 || got.Aspects != nil {
				rt.Fatalf("of %d it says %+v", people, got)
			}
			return
		}
		if got.Raters != people || len(got.Aspects) != len(aspects) {
			rt.Fatalf("%d gave one, it counts %d", people, got.Raters)
		}
		for i, a := range got.Aspects {
			if exact := float64(100*sums[i]) / float64(people); float64(a.Mean) < exact-0.51 || float64(a.Mean) > exact+0.51 {
				rt.Fatalf("%s is %d, exactly %v", a.Key, a.Mean, exact)
			}
			all, next := 0, preset.MaxStars
			for _, b := range a.Bands {
				sum := 0
				for s := b.From; s <= b.To; s++ {
					sum += counts[i][s]
				}
				if b.To != next || sum != b.Count || b.Count != 0 && b.Count < deliberation.SmallCell {
					rt.Fatalf("band %+v of %v holds %d", b, counts[i], sum)
				}
				all, next = all+b.Count, b.From-1
			}
			if all != people || next != 0 {
				rt.Fatalf("the bands %+v hold %d of %d", a.Bands, all, people)
			}
		}
	})
}

// judged brings a project to its judging.
func (g *ground) judged() projects.ID {
	g.T.Helper()
	id := g.built(0)
	roomtest.Must(g.T, g.says(g.wang, id, true, ""))
	g.at(id, preset.Rating)
	return id
}

func (g *ground) rates(who identity.Actor, id projects.ID, stars int, words string) error {
	return g.Rate(g.T.Context(), who, projects.Rate{ID: g.Token(), Project: id, Stars: []int{stars, stars, stars, stars}, Words: words})
}

// over lets the time for judging pass and the sweep look.
func (g *ground) over(id projects.ID) projects.View {
	g.T.Helper()
	g.Clock.Set(g.read(id).RateDue.Add(projects.RateGrace))
	for range 2 {
		_, err := g.Keep(g.T.Context())
		roomtest.Must(g.T, err)
	}
	return g.read(id)
}

func TestResidentsJudgeOnceUntilTheEnd(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.judged()
	due := g.read(id).RateDue
	token := g.Token()
	for range 2 {
		roomtest.Must(t, g.Rate(ctx, g.neighbour(0), projects.Rate{ID: token, Project: id, Stars: []int{5, 5, 5, 5}}))
	}
	if n := len(g.Events(projects.Rated)); n != 1 {
		t.Errorf("a double tap is told %d times", n)
	}
	roomtest.Must(t, g.rates(g.neighbour(0), id, 1, "下雨积水"))
	for i := range 5 {
		roomtest.Must(t, g.rates(g.neighbour(i+1), id, 5, "走着舒服"))
	}
	if v := g.read(id); v.Tally != nil {
		t.Fatal("there is a result before the end")
	}
	if all, _, err := g.Said(ctx, g.secretary, id, ""); err != nil || len(all) > 0 {
		t.Errorf("words are read before the end: %v, %v", all, err)
	}
	own, err := g.MyRating(ctx, g.neighbour(0), id)
	if err != nil || own == nil || own.Stars[0] != 1 || own.Words != "下雨积水" {
		t.Errorf("one's own: %+v, %v", own, err)
	}
	g.Clock.Set(due.Add(-time.Millisecond))
	roomtest.Must(t, g.rates(g.neighbour(6), id, 3, ""))
	g.Clock.Set(due)
	roomtest.Refused(t, g.rates(g.neighbour(7), id, 3, ""), "project.rating_over")
	if n, err := g.Keep(ctx); err != nil || n != 0 {
		t.Errorf("the sweep computes %d results before everything has arrived: %v", n, err)
	}
	v := g.over(id)
	if v.Tally == nil || v.Tally.Raters != 7 || v.Tally.Aspects[0].Mean != 414 || v.Stage != preset.Rating {
		t.Fatalf("the result: %+v", v.Tally)
	}
	if n := len(g.Events(projects.RatingOver)); n != 1 {
		t.Errorf("the end is told %d times", n)
	}
	said, _, err := g.Said(ctx, g.qian, id, "")
	if err != nil || len(said) != 6 {
		t.Errorf("%d say something: %v", len(said), err)
	}
}

func TestWhomAProjectConcerns(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.judged()
	for name, who := range map[string]identity.Actor{"who proposed it": g.wang, "who carries it": g.branch} {
		if err := g.rates(who, id, 5, ""); fault.KindOf(err) != fault.Denied {
			t.Errorf("%s judges it: %v", name, err)
		}
	}
	if err := g.rates(g.staff, id, 5, ""); fault.KindOf(err) != fault.Denied {
		t.Errorf("the desk judges it: %v", err)
	}
	if err := g.rates(g.sun, id, 5, ""); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another community: %v", err)
	}
	for _, stars := range [][]int{nil, {5, 5, 5}, {5, 5, 5, 6}, {0, 5, 5, 5}, {5, 5, 5, 5, 5}} {
		err := g.Rate(t.Context(), g.zhao, projects.Rate{ID: g.Token(), Project: id, Stars: stars})
		roomtest.Refused(t, err, "project.bad_stars")
	}
	roomtest.Refused(t, g.rates(g.zhao, id, 5, strings.Repeat("长", projects.MaxRatingWords+1)), "project.too_long")
}

func TestFewRatingsAreNotTold(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.judged()
	for i := range deliberation.SmallCell - 1 {
		roomtest.Must(t, g.rates(g.neighbour(i), id, 1, "不好"))
	}
	if v := g.over(id); v.Tally == nil || !v.Tally.Few || v.Tally.Raters != 0 {
		t.Fatalf("the result: %+v", v.Tally)
	}
	if all, _, err := g.Said(t.Context(), g.secretary, id, ""); err != nil || len(all) > 0 {
		t.Errorf("the words of few are read: %v, %v", all, err)
	}
}

func TestWordsOfRatingsAreHeldAndHidden(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.judged()
	for i := range 6 {
		words := ""
		switch i {
		case 0:
			words = "代开发票加微信"
		case 1:
			words = "姓王的就是个骗子"
		}
		roomtest.Must(t, g.rates(g.neighbour(i), id, 3, words))
	}
	g.over(id)
	all, _, err := g.Said(ctx, g.secretary, id, "")
	roomtest.Must(t, err)
	held, rude := "", ""
	for _, x := range all {
		if x.Held {
			held = x.Mark
		} else {
			rude = x.Mark
		}
	}
	if len(all) != 2 || held == "" || rude == "" {
		t.Fatalf("the desk reads %+v", all)
	}
	if seen, _, _ := g.Said(ctx, g.zhao, id, ""); len(seen) != 1 || seen[0].Mark != rude {
		t.Fatalf("a neighbour reads %+v", seen)
	}
	roomtest.Refused(t, g.HideRating(ctx, g.secretary, id, rude, ""), "project.no_reason")
	if err := g.HideRating(ctx, g.zhao, id, rude, "难听"); fault.KindOf(err) != fault.Denied {
		t.Errorf("a neighbour hides words: %v", err)
	}
	roomtest.Must(t, g.HideRating(ctx, g.secretary, id, rude, "人身攻击"))
	roomtest.Must(t, g.ReleaseRating(ctx, g.secretary, id, held))
	seen, _, _ := g.Said(ctx, g.zhao, id, "")
	if len(seen) != 2 {
		t.Fatalf("a neighbour reads %+v", seen)
	}
	for _, x := range seen {
		if x.Mark == rude && (x.Words != "" || x.Hidden != "人身攻击") || x.Mark == held && x.Words == "" {
			t.Errorf("reads %+v", x)
		}
	}
	if v := g.read(id); v.Tally.Raters != 6 {
		t.Errorf("hidden words take the stars away: %+v", v.Tally)
	}
}

func TestTheReplyEndsTheJudging(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.judged()
	roomtest.Must(t, g.rates(g.zhao, id, 4, ""))
	write := func(who identity.Actor, words string) error {
		_, err := g.WriteReply(ctx, who, id, words)
		return err
	}
	publish := func(who identity.Actor) error {
		_, err := g.PublishReply(ctx, who, id)
		return err
	}
	roomtest.Refused(t, write(g.branch, "谢谢"), "project.rating_runs")
	g.over(id)
	roomtest.Refused(t, publish(g.staff), "project.reply_missing")
	roomtest.Refused(t, write(g.branch, ""), "project.no_reply")
	roomtest.Must(t, write(g.branch, "谢谢大家，积水的地方开春再垫"))
	if v, err := g.Project(ctx, g.zhao, id); err != nil || v.Reply != nil {
		t.Errorf("read before it is published: %+v, %v", v.Reply, err)
	}
	if err := publish(g.branch); fault.KindOf(err) != fault.Denied {
		t.Errorf("the lead publishes: %v", err)
	}
	roomtest.Must(t, write(g.staff, "居委会代牵头人答复"))
	roomtest.Refused(t, publish(g.staff), "project.reply_by_another")
	roomtest.Must(t, publish(g.colleague))
	if v, err := g.Project(ctx, g.zhao, id); err != nil || v.Stage != preset.Settling || !v.Reply.Published() || v.Reply.By.Account != "" {
		t.Errorf("published: %+v, %v", v.Reply, err)
	}
}

func TestAnErasedRaterLeavesStars(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.judged()
	for i := range 5 {
		roomtest.Must(t, g.rates(g.neighbour(i), id, 4, "我住2号楼201"))
	}
	roomtest.Must(t, g.Forget(ctx, docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "n0"}}))
	v := g.over(id)
	said, _, err := g.Said(ctx, g.zhao, id, "")
	if err != nil || v.Tally.Raters != 5 || len(said) != 4 {
		t.Errorf("%d ratings, %d with words, %v", v.Tally.Raters, len(said), err)
	}
}
