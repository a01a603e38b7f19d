package mongo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"pgregory.net/rapid"

	"jushou/internal/docstore"
	"jushou/internal/docstore/mongo/mongotest"
)

var schema = docstore.Schema{{Kind: "thing"}, {Kind: "other"}}

// openQuiet opens a store whose mover does nothing by itself: tests call it by hand.
func openQuiet(t *testing.T, uri string) *Store {
	t.Helper()
	s := openStore(t, uri, Options{Poll: time.Hour})
	s.mover.stop()
	s.mover = &mover{store: s, name: t.Name(), lease: time.Hour, nudged: make(chan struct{}, 1), cancel: func() {}, stopped: s.mover.stopped}
	return s
}

func openStore(t *testing.T, uri string, opts Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), uri, schema, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put1(t *testing.T, s *Store, kind docstore.Kind, id string, want docstore.Want, events ...string) {
	t.Helper()
	list := make([]docstore.Event, len(events))
	for i, e := range events {
		list[i] = docstore.Event{ID: e, Type: "thing.changed", At: time.UnixMilli(1)}
	}
	if _, err := s.Put(t.Context(), docstore.Write{Key: docstore.Key{Kind: kind, ID: id}, Want: want, Body: []byte(`{}`)}, list...); err != nil {
		t.Fatal(err)
	}
}

func wantFeed(t *testing.T, s *Store, want ...string) {
	t.Helper()
	events, err := s.Events(t.Context(), 0, docstore.MaxLimit)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, e := range events {
		if e.Seq != int64(i)+1 {
			t.Errorf("event %s has seq %d in place %d", e.ID, e.Seq, i+1)
		}
		got = append(got, e.ID)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the feed is %v, want %v", got, want)
	}
}

// wantNothingPending looks into the collections past the port.
func wantNothingPending(t *testing.T, s *Store) {
	t.Helper()
	for _, c := range schema {
		for name, filter := range map[string]bson.D{
			"pending":   {{Key: "pend", Value: exists}},
			"tombstone": {{Key: "gone", Value: exists}},
			"outbox":    {{Key: "outbox.0", Value: exists}},
		} {
			n, err := s.db.Collection(string(c.Kind)).CountDocuments(t.Context(), filter)
			if err != nil || n != 0 {
				t.Errorf("%s: %d documents with %s, %v", c.Kind, n, name, err)
			}
		}
	}
}

func TestMover(t *testing.T) {
	uri := mongotest.Start(t)
	for name, test := range map[string]func(*testing.T, string){
		"what a dead process left is moved in order":   movesWhatIsLeft,
		"an event moved but not cleared is moved once": movesOnce,
		"an overtaken mover appends nothing":           givesWay,
		"what arrives between two looks waits":         looksTwice,
		"two processes share one feed":                 sharesTheFeed,
		"a later layout is refused":                    refusesLaterLayout,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, mongotest.Database(t, uri))
		})
	}
}

func movesWhatIsLeft(t *testing.T, uri string) {
	s := openQuiet(t, uri)
	put1(t, s, "thing", "a", docstore.Absent, "1", "2")
	put1(t, s, "other", "b", docstore.Absent, "3")
	put1(t, s, "thing", "a", 1, "4")
	if _, err := s.Put(t.Context(), docstore.Write{Key: docstore.Key{Kind: "other", ID: "b"}, Want: 1, Delete: true},
		docstore.Event{ID: "5", Type: "thing.gone"}); err != nil {
		t.Fatal(err)
	}
	put1(t, s, "thing", "c", docstore.Absent, "6")
	put1(t, s, "other", "b", docstore.Absent, "7")
	wantFeed(t, s)
	if err := s.mover.drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantFeed(t, s, "1", "2", "3", "4", "5", "6", "7")
	wantNothingPending(t, s)
}

func movesOnce(t *testing.T, uri string) {
	s := openQuiet(t, uri)
	put1(t, s, "thing", "a", docstore.Absent, "1", "2")
	boxes, bound, err := s.mover.complete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.mover.append(t.Context(), 0, inOrder(boxes, bound)[:1]); err != nil { // and then it dies
		t.Fatal(err)
	}
	put1(t, s, "thing", "a", 1, "3")
	if err := s.mover.drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantFeed(t, s, "1", "2", "3")
	wantNothingPending(t, s)
}

func givesWay(t *testing.T, uri string) {
	s := openQuiet(t, uri)
	put1(t, s, "thing", "a", docstore.Absent, "1")
	late, bound, err := s.mover.complete(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	put1(t, s, "thing", "b", docstore.Absent, "2")
	if err := s.mover.drain(t.Context()); err != nil { // another mover does it all
		t.Fatal(err)
	}
	stale := inOrder(late, bound)
	stale[0].ID = "not seen by the check for known ids"
	if err := s.mover.append(t.Context(), 0, stale); !errors.Is(err, errOvertaken) {
		t.Errorf("append = %v, want overtaken", err)
	}
	wantFeed(t, s, "1", "2")
}

// looksTwice plays the race that the second look is for: "late" draws its ticket first and is written
// after the first look has passed its collection.
func looksTwice(t *testing.T, uri string) {
	s := openQuiet(t, uri)
	p, err := s.prepare(docstore.Write{Key: docstore.Key{Kind: "thing", ID: "late"}, Body: []byte(`{}`)},
		[]docstore.Event{{ID: "first ticket", Type: "thing.changed"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.admit(t.Context()); err != nil {
		t.Fatal(err)
	}
	put1(t, s, "other", "b", docstore.Absent, "second ticket")
	before, bound, err := s.mover.look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.create(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, _, err := s.mover.look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(tickets(before, bound), tickets(after, bound)) {
		t.Fatal("two looks agree although one missed an earlier ticket")
	}
	if err := s.mover.drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantFeed(t, s, "first ticket", "second ticket")
}

func sharesTheFeed(t *testing.T, uri string) {
	opts := Options{Poll: 20 * time.Millisecond, Lease: 200 * time.Millisecond}
	one, two := openStore(t, uri, opts), openStore(t, uri, opts)
	const n = 30
	var want []string
	for i := range n {
		id := fmt.Sprintf("%02d", i)
		want = append(want, id)
		put1(t, []*Store{one, two}[i%2], []docstore.Kind{"thing", "other"}[i%3%2], id, docstore.Absent, id)
	}
	// Whoever holds the lease goes; the other one's readers must be woken all the same.
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	put1(t, two, "thing", "last", docstore.Absent, "last")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		head, err := two.Head(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		if head > n {
			break
		}
		select {
		case <-two.Wake():
		case <-ctx.Done():
			t.Fatalf("the feed ends at %d", head)
		}
	}
	wantFeed(t, two, append(want, "last")...)
}

func refusesLaterLayout(t *testing.T, uri string) {
	s := openQuiet(t, uri)
	later := bson.D{{Key: "$set", Value: bson.D{{Key: "version", Value: int64(layoutVersion + 1)}}}}
	if _, err := s.db.Collection(metaName).UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "layout"}}, later); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), uri, schema, Options{}); !errors.Is(err, ErrNewer) {
		t.Errorf("Open = %v, want newer", err)
	}
}

func TestOpenAnswersWhenNobodyListens(t *testing.T) {
	t.Parallel()
	_, err := Open(t.Context(), "mongodb://127.0.0.1:1/jushou?serverSelectionTimeoutMS=200", schema, Options{})
	if !errors.Is(err, docstore.ErrUnavailable) {
		t.Errorf("Open = %v, want unavailable", err)
	}
}

func TestOwnNamesAreRefused(t *testing.T) {
	t.Parallel()
	if _, err := Open(t.Context(), "mongodb://127.0.0.1:1/", docstore.Schema{{Kind: "_events"}}, Options{}); err == nil {
		t.Error("a kind took the feed's name")
	}
}

// TestBodiesComeBack sends random JSON through BSON.
func TestBodiesComeBack(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "%", "%[", "%2E", "a.b", "$set", "\x00", "_id", "村"}))
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		kinds := []*rapid.Generator[any]{
			rapid.Int64().AsAny(), rapid.Float64().AsAny(), text.AsAny(), rapid.Bool().AsAny(), rapid.Just[any](nil),
		}
		if depth > 0 {
			kinds = append(kinds, rapid.SliceOfN(value(depth-1), 0, 4).AsAny(), rapid.MapOfN(text, value(depth-1), 0, 4).AsAny())
		}
		return rapid.OneOf(kinds...)
	}
	rapid.Check(t, func(t *rapid.T) {
		want, err := json.Marshal(rapid.MapOfN(text, value(3), 0, 5).Draw(t, "body"))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := encodeBody(want)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := bson.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeBody(raw)
		if err != nil {
			t.Fatal(err)
		}
		var g, w any
		if err := errors.Join(json.Unmarshal(got, &g), json.Unmarshal(want, &w)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(g, w) {
			t.Fatalf("%s came back as %s", want, got)
		}
	})
}

func TestBodiesBSONCannotHoldAreRefused(t *testing.T) {
	t.Parallel()
	deep := []byte(`{"a":`)
	for range maxDepth {
		deep = append(deep, '[')
	}
	for range maxDepth {
		deep = append(deep, ']')
	}
	for name, b := range map[string][]byte{"number": []byte(`{"a":1e999}`), "depth": append(deep, '}')} {
		if _, err := encodeBody(b); !errors.Is(err, errBody) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
