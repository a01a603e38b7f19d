package deliberation_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// reply answers a comment.
func (w *town) reply(a identity.Actor, to deliberation.Comment, body, quote string) (deliberation.Comment, error) {
	return w.CommentTopic(w.t.Context(), a, deliberation.CommentTopic{
		ID: deliberation.CommentID(w.token()), Topic: to.Topic, Body: body, Via: deliberation.ViaH5, ReplyTo: to.ID, Quote: quote,
	})
}

// walk reads a whole thread page by page, forwards from the first or backwards from the last.
func (w *town) walk(topic deliberation.TopicID, back bool) (bodies []string, pages int) {
	w.t.Helper()
	q := deliberation.ThreadQuery{Last: back}
	for {
		page, err := w.ThreadPage(w.t.Context(), w.resident, topic, q)
		must(w.t, err)
		pages++
		var said []string
		for _, c := range page.Comments {
			said = append(said, c.Body)
		}
		if len(said) > deliberation.CommentsPage {
			w.t.Fatalf("a page of %d", len(said))
		}
		if q = (deliberation.ThreadQuery{After: page.Next}); back {
			bodies, q = append(said, bodies...), deliberation.ThreadQuery{Before: page.Prev}
		} else {
			bodies = append(bodies, said...)
		}
		if q == (deliberation.ThreadQuery{}) {
			return bodies, pages
		}
	}
}

func TestAThreadReadsTheSameBothWays(t *testing.T) {
	t.Parallel()
	w := setup(t)
	rapid.Check(t, func(r *rapid.T) {
		topic := w.post("晾衣架装在哪里")
		type told struct {
			c       deliberation.Comment
			replies []string
		}
		var tops []*told
		for i := range rapid.IntRange(0, 75).Draw(r, "comments") {
			w.clock.Advance(rapid.SampledFrom([]time.Duration{time.Millisecond, time.Second, time.Hour}).Draw(r, "later"))
			body := strconv.Itoa(i)
			if to := rapid.IntRange(-2, len(tops)-1).Draw(r, "to"); to >= 0 {
				_, err := w.reply(w.resident, tops[to].c, body, "")
				must(t, err)
				tops[to].replies = append(tops[to].replies, body)
				continue
			}
			c, err := w.comment(w.neighbour, topic.ID, body)
			must(t, err)
			tops = append(tops, &told{c: c})
		}
		var want []string
		for _, top := range tops {
			want = append(append(want, top.c.Body), top.replies...)
		}
		forth, _ := w.walk(topic.ID, false)
		back, _ := w.walk(topic.ID, true)
		if !slices.Equal(forth, want) || !slices.Equal(back, want) {
			r.Fatalf("said %v\nforth %v\nback %v", want, forth, back)
		}
	})
}

func TestAThreadOfFiftyThousandCommentsCostsNoMore(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	const n = 50_000
	table := deliberation.Comments(w.store)
	comment := func(i int) deliberation.Comment {
		c := deliberation.Comment{
			ID: deliberation.CommentID(fmt.Sprintf("c%019d", i)), Topic: topic.ID, Community: topic.Community, Path: topic.Path,
			Author: deliberation.Author{Account: "zhao", Name: "赵**"}, Body: strconv.Itoa(i), CreatedAt: topic.CreatedAt.Add(time.Duration(i) * time.Second),
		}
		return c
	}
	var writers sync.WaitGroup
	faults := make([]error, 64)
	for k := range faults {
		writers.Go(func() {
			for i := k; i < n && faults[k] == nil; i += len(faults) {
				_, faults[k] = table.Put(t.Context(), string(comment(i).ID), docstore.Absent, comment(i))
			}
		})
	}
	writers.Wait()
	must(t, errors.Join(faults...))
	w.clock.Advance((n + 1) * time.Second)

	cost := func(q deliberation.ThreadQuery) (page deliberation.Thread, trips, rows int64) {
		before := w.store.rows.Load()
		trips = w.store.tripsOf(func() {
			var err error
			page, err = w.ThreadPage(t.Context(), w.resident, topic.ID, q)
			must(t, err)
		})
		return page, trips, w.store.rows.Load() - before
	}
	middle := comment(n / 2)
	for name, q := range map[string]deliberation.ThreadQuery{
		"first": {}, "last": {Last: true}, "one comment's": {At: middle.ID},
	} {
		page, trips, rows := cost(q)
		if trips > 5 || rows > deliberation.CommentsPage+10 || len(page.Comments) != deliberation.CommentsPage {
			t.Errorf("the %s page: %d comments for %d trips and %d rows", name, len(page.Comments), trips, rows)
		}
		for _, q := range []deliberation.ThreadQuery{{After: page.Next}, {Before: page.Prev}} {
			if q == (deliberation.ThreadQuery{}) {
				continue
			}
			if _, trips, rows := cost(q); trips > 3 || rows > deliberation.CommentsPage {
				t.Errorf("beside the %s page: %d trips, %d rows", name, trips, rows)
			}
		}
	}
	page, _, _ := cost(deliberation.ThreadQuery{At: middle.ID})
	if !slices.ContainsFunc(page.Comments, func(c deliberation.Comment) bool { return c.ID == middle.ID }) {
		t.Errorf("the comment is not on its own page")
	}

	counting := func() (rows int64) {
		w.clock.Advance(time.Second)
		_, err := w.comment(w.neighbour, topic.ID, "我也说一句")
		must(t, err)
		events := w.events(deliberation.TopicCommented)
		before := w.store.rows.Load()
		must(t, w.CountComments(t.Context(), events[len(events)-1]))
		return w.store.rows.Load() - before
	}
	first, second := counting(), counting()
	if v := w.read(topic.ID); v.Comments != n+2 {
		t.Errorf("counted %d", v.Comments)
	}
	if first < n || second > 300 {
		t.Errorf("the first count touched %d rows, the next %d", first, second)
	}
}

func TestACountIsRightWhenTheClockIsSetBack(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	say := func(n int, step time.Duration) {
		for range n {
			w.clock.Advance(step)
			_, err := w.comment(w.neighbour, topic.ID, "一句")
			must(t, err)
		}
	}
	count := func(want int) {
		t.Helper()
		for _, e := range w.events(deliberation.TopicCommented) {
			must(t, w.CountComments(t.Context(), e))
		}
		if v := w.read(topic.ID); v.Comments != want {
			t.Errorf("counted %d of %d", v.Comments, want)
		}
	}
	say(250, time.Minute)
	count(250)
	say(5, time.Minute)
	count(255)
	w.clock.Set(monday(8, 20))
	say(3, time.Second)
	count(258)
}

func TestARepliesPageKnowsWhatItAnswers(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("晾衣架装在哪里")
	top, err := w.comment(w.neighbour, topic.ID, "装在楼顶，大家都晒得到。")
	must(t, err)
	for i := range deliberation.CommentsPage {
		w.clock.Advance(time.Second)
		_, err := w.reply(w.resident, top, strconv.Itoa(i), "")
		must(t, err)
	}
	page, err := w.Thread(t.Context(), w.resident, topic.ID, "")
	must(t, err)
	page, err = w.Thread(t.Context(), w.resident, topic.ID, page.Next)
	if err != nil || len(page.Comments) != 1 || page.Above == nil || page.Above.ID != top.ID || page.Above.Author.Account != "" {
		t.Errorf("%+v, %v", page, err)
	}
	answer, err := w.reply(w.neighbour, page.Comments[0], "说得对", "")
	if err != nil || answer.Parent != top.ID || answer.ReplyTo != page.Comments[0].ID || answer.ReplyToName != "王**" {
		t.Errorf("a reply to a reply stands beside it: %+v, %v", answer, err)
	}
	other := w.post("别的事")
	if _, err := w.CommentTopic(t.Context(), w.neighbour, deliberation.CommentTopic{
		ID: deliberation.CommentID(w.token()), Topic: other.ID, Body: "串门", Via: deliberation.ViaH5, ReplyTo: top.ID,
	}); !errors.Is(err, deliberation.ErrNotFound) {
		t.Errorf("a reply across threads: %v", err)
	}
	if _, err := w.ThreadPage(t.Context(), w.resident, other.ID, deliberation.ThreadQuery{At: top.ID}); !errors.Is(err, deliberation.ErrNotFound) {
		t.Errorf("a page of another thread's comment: %v", err)
	}
}
