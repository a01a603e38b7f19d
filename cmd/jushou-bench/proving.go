package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/eventlog/publiclog"
)

// What N5 enters into a log of its own.
const (
	stub        = docstore.Kind("stub")
	stubEvent   = "stub.cast"
	proofs      = 100 // proofs a round
	shortStubs  = 100_000
	everyBallot = 1_000_000
)

// slip is the commitment of a ballot: all that is public of it.
type slip struct {
	Commit string    `json:"commit"`
	At     time.Time `json:"at"`
}

// glass is a vault for a log that is thrown away.
type glass struct{}

func (glass) Seal(_, plain string) string           { return plain }
func (glass) Open(_, sealed string) (string, error) { return sealed, nil }

// proving measures the tree, the checkpoint and the proofs of the public log on a store that holds so many entries.
func (b *bench) proving(ctx context.Context) (err error) {
	n := shortStubs
	if b.full {
		n = everyBallot
	}
	dir := filepath.Join(b.dir, "proved")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	schema := append(publiclog.Collections(), docstore.Schema{{Kind: stub}}...)
	store, err := sqlite.Open(ctx, filepath.Join(dir, "store.db"), schema, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	last, err := castStubs(ctx, store, n)
	if err != nil {
		return err
	}
	log, err := publiclog.New(publiclog.Config{
		Store: store, Clock: clock.System{}, Vault: glass{}, Origin: "bench.example/open/log",
		Acts: []publiclog.Act{{Event: stubEvent, Of: "ballot", Words: []string{"commit"}}},
	})
	if err != nil {
		return err
	}
	bare, err := hashAll(n)
	if err != nil {
		return err
	}
	began := time.Now()
	if err := log.Follow(ctx, last); err != nil {
		return err
	}
	if _, err := log.Publish(ctx); err != nil {
		return err
	}
	b.notedTree(n, time.Since(began), bare)
	return b.prove(ctx, log, n)
}

// castStubs writes the documents, each with its event, and returns the last event of the feed.
func castStubs(ctx context.Context, store docstore.Store, n int) (last docstore.Event, err error) {
	slips := docstore.Table[slip]{Store: store, Kind: stub, Scope: func(slip) string { return village }}
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	err = together(ctx, numbers, func(ctx context.Context, i int) error {
		sum := sha256.Sum256([]byte(strconv.Itoa(i)))
		_, err := slips.Put(ctx, fmt.Sprintf("b%07d", i), docstore.Absent, slip{Commit: hex.EncodeToString(sum[:]), At: now},
			docstore.Fact{Type: stubEvent, Actor: "bench", At: now})
		return err
	})
	for err == nil {
		var events []docstore.Event
		if events, err = store.Events(ctx, last.Seq, 1000); len(events) == 0 {
			break
		}
		last = events[len(events)-1]
	}
	return last, err
}

// hashAll is the baseline: the same tree from bare leaves in memory, by the hash library.
func hashAll(n int) (time.Duration, error) {
	began := time.Now()
	var stored hashes
	for i := range n {
		sum := sha256.Sum256([]byte(strconv.Itoa(i)))
		fresh, err := tlog.StoredHashes(int64(i), sum[:], stored)
		if err != nil {
			return 0, err
		}
		stored = append(stored, fresh...)
	}
	_, err := tlog.TreeHash(int64(n), stored)
	return time.Since(began), err
}

// hashes are all hashes of a tree, in the library's order.
type hashes []tlog.Hash

func (h hashes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(at))
	for i, n := range at {
		found[i] = h[n]
	}
	return found, nil
}

func (b *bench) notedTree(n int, took, bare time.Duration) {
	b.raw["N5 tree"] = map[string]any{"entries": n, "took": took, "bare": bare}
	b.note(finding{
		Item: "N5", What: fmt.Sprintf("tree and signed checkpoint over %d entries of the feed", n), Value: took.Seconds(), Target: 10, Stretch: 4, Unit: "s",
		Told: n < everyBallot, Detail: fmt.Sprintf("once, read from the store and written to it; %.1f times the bare tree in memory (%.2f s)",
			float64(took)/float64(max(bare, 1)), bare.Seconds()),
	})
}

// prove asks for proofs of entries all over the log.
func (b *bench) prove(ctx context.Context, log *publiclog.Log, n int) error {
	var rounds []time.Duration
	r := rand.New(rand.NewPCG(5, 1))
	for range b.rounds {
		began := time.Now()
		for range proofs {
			if _, err := log.Prove(ctx, int64(r.IntN(n))); err != nil {
				return err
			}
		}
		rounds = append(rounds, time.Since(began)/proofs)
	}
	b.raw["N5 proof"] = rounds
	b.note(finding{
		Item: "N5", What: fmt.Sprintf("one proof in a log of %d entries", n), Target: 1, Unit: "ms",
		Value: millis(median(rounds, func(d time.Duration) time.Duration { return d })), Detail: fmt.Sprintf("mean of %d, one after the other", proofs),
	})
	return nil
}
