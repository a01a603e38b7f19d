package sqlite_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	zombie "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

// post is a document of the size of a topic.
var post = []byte(`{"title":"路灯坏了","text":"` + strings.Repeat("三号楼门前", 40) + `"}`)

var benchSchema = topics([]docstore.Field{state, due}, docstore.Index{Name: "work", Fields: []string{"state", "due"}})

func benchStore(b *testing.B, docs int) *sqlite.Store {
	b.Helper()
	s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "jushou.db"), benchSchema, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	var next atomic.Int64
	b.SetParallelism(64)
	for ids, left := make(chan int), docs; left > 0; left = 0 {
		done := make(chan error, 64)
		for range 64 {
			go func() {
				for range ids {
					n := next.Add(1)
					if err := benchPut(b.Context(), s, n); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		for n := range docs {
			ids <- n
		}
		close(ids)
		for range 64 {
			if err := <-done; err != nil {
				b.Fatal(err)
			}
		}
	}
	return s
}

func benchID(n int64) string { return fmt.Sprintf("01je%016d", n) }

func benchPut(ctx context.Context, s docstore.Store, n int64) error {
	id := benchID(n)
	_, err := s.Put(ctx, docstore.Write{
		Key: docstore.Key{Kind: "topic", ID: id}, Body: post, Scope: "luodian",
		Fields: docstore.Fields{"state": "open", "due": n},
	}, docstore.Event{ID: "topic/" + id + "@1.0", Type: "topic.posted", Actor: "someone"})
	return err
}

func BenchmarkGet(b *testing.B) {
	s := benchStore(b, 20_000)
	var n atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.Get(b.Context(), docstore.Key{Kind: "topic", ID: benchID(n.Add(7919)%20_000 + 1)}); err != nil {
				b.Error(err)
			}
		}
	})
}

func BenchmarkFind20(b *testing.B) {
	s := benchStore(b, 20_000)
	var n atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			q := docstore.Query{Kind: "topic", Index: "work", Equal: []any{"open"}, From: n.Add(7919) % 20_000, Limit: 20}
			if _, err := s.Find(b.Context(), q); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkPut is 64 writers on a connection each, every Put durable with its event.
func BenchmarkPut(b *testing.B) {
	s := benchStore(b, 0)
	var n atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := benchPut(b.Context(), s, n.Add(1)); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkUpdate is 64 writers who change documents of their own, fields untouched.
func BenchmarkUpdate(b *testing.B) {
	const docs = 5000
	s := benchStore(b, docs)
	var n atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			turn := n.Add(1)
			i := turn%docs + 1
			_, err := s.Put(b.Context(), docstore.Write{
				Key: docstore.Key{Kind: "topic", ID: benchID(i)}, Want: docstore.Any, Body: post, Scope: "luodian",
				Fields: docstore.Fields{"state": "open", "due": i},
			}, docstore.Event{ID: fmt.Sprintf("%s#%d", benchID(i), turn), Type: "topic.changed"})
			if err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkRaw is the baseline: plain inserts of the same body, a hundred a transaction.
func BenchmarkRaw(b *testing.B) {
	conn, err := zombie.OpenConn(filepath.Join(b.TempDir(), "raw.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	for _, q := range []string{"PRAGMA synchronous = FULL", "CREATE TABLE t (id TEXT PRIMARY KEY, body TEXT)"} {
		if err := sqlitex.ExecuteTransient(conn, q, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ResetTimer()
	for n := 0; n < b.N; n += 100 {
		conn.Prep("BEGIN").Step()
		for i := range 100 {
			stmt := conn.Prep("INSERT INTO t VALUES (?, ?)")
			stmt.BindText(1, benchID(int64(n+i)))
			stmt.BindText(2, string(post))
			if _, err := stmt.Step(); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := conn.Prep("COMMIT").Step(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCount counts a few documents of an index under changing values, as the dot on a tab does.
func BenchmarkCount(b *testing.B) {
	s := benchStore(b, 20_000)
	var n atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			at := n.Add(7919) % 20_000
			q := docstore.Query{Kind: "topic", Index: "work", Equal: []any{benchID(at)}}
			if _, err := s.Count(b.Context(), q, 100); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkBallot is what a ballot asks of the store, from 64 voters at once: read the seat, then write it back, out of one
// sparse index and with the claim of its tag. Everybody votes once before anybody votes again.
func BenchmarkBallot(b *testing.B) {
	s, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "jushou.db"), seatSchema, sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	var all sync.WaitGroup
	for hand := range int64(64) {
		all.Go(func() {
			for n := hand; n < benchSeats; n += 64 {
				if err := benchSeat(b.Context(), s, n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	var n atomic.Int64
	b.SetParallelism(64)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := benchBallot(b.Context(), s, n.Add(1)); err != nil {
				b.Error(err)
			}
		}
	})
}

const benchSeats = 20_000

var (
	seatBody   = []byte(`{"urn":"` + strings.Repeat("sealed", 150) + `"}`)
	seatSchema = docstore.Schema{
		{Kind: "seat", Fields: []docstore.Field{{Name: "account"}, {Name: "roll"}, {Name: "waiting"}}, Indexes: []docstore.Index{
			{Name: "voter", Fields: []string{"account"}}, {Name: "roll", Fields: []string{"roll"}}, {Name: "waiting", Fields: []string{"waiting"}},
		}},
		{Kind: "tag"},
	}
)

// seatWrite is the n-th seat, of one of a hundred polls, once its voter has voted.
func seatWrite(n int64) docstore.Write {
	poll := benchID(n % 100)
	return docstore.Write{
		Key: docstore.Key{Kind: "seat", ID: poll + "/" + benchID(n)}, Want: docstore.Any, Body: seatBody, Scope: "luodian",
		Fields: docstore.Fields{"account": benchID(n / 10), "roll": poll},
	}
}

func benchSeat(ctx context.Context, s docstore.Store, n int64) error {
	w := seatWrite(n)
	w.Fields["waiting"] = w.Fields["roll"]
	_, err := s.Put(ctx, w)
	return err
}

func benchBallot(ctx context.Context, s docstore.Store, n int64) error {
	w := seatWrite(n * 7919 % benchSeats)
	if _, err := s.Get(ctx, w.Key); err != nil {
		return err
	}
	tag := sha256.Sum256([]byte(benchID(n)))
	w.Claims = []docstore.Claim{{Key: docstore.Key{Kind: "tag", ID: hex.EncodeToString(tag[:])}, Body: []byte(`{"holder":"0123456789abcdef0123456789abcdef"}`)}}
	_, err := s.Put(ctx, w)
	return err
}
