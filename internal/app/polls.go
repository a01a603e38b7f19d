package app

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"runtime/debug"
	"time"

	"golang.org/x/mod/sumdb/note"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/recount"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/eventlog"
	"jushou/internal/identity"
	"jushou/internal/patrol"
	webpoll "jushou/web/poll"
)

// pollsBy returns the use cases of polls by a clock.
func (a *App) pollsBy(c clock.Clock) *poll.Service {
	_, polls := a.votesBy(c)
	return polls
}

// votesBy returns the use cases of polls, and of the owners' register they stand on, by a clock.
func (a *App) votesBy(c clock.Clock) (*owners.Service, *poll.Service) {
	places := community.NewPlaces(a.Store)
	register := owners.New(owners.Deps{Ground: a.roomsBy(c), People: a.People, Places: places, Box: a.box})
	return register, poll.New(poll.Deps{
		Ground: a.roomsBy(c), People: a.People, Places: places, Owners: register,
		Box: a.box, Signer: a.promises, Second: recount.Compare, Software: software(),
		Ready: func(ctx context.Context, p poll.Poll) error { return a.roundReady(ctx, c, p) },
	})
}

// pollServices are what their pages stand on.
func (a *App) pollServices() webpoll.Services {
	return webpoll.Services{
		Polls: a.Polls, Owners: a.Owners, Shelf: a.shelf(), Topics: a.Topics, Directory: a.Directory, Places: community.NewPlaces(a.Store),
		Verifier: a.promises.verifier, Log: a.PublicLog, Rounds: a.Projects,
	}
}

// pollRelays follow the feed for polls.
func (a *App) pollRelays() []eventlog.Relay {
	return []eventlog.Relay{
		{Name: "poll_forget", Types: []string{identity.EventErased}, Handle: a.Polls.Forget, Timeout: 5 * time.Minute},
		{Name: "poll_traces", Types: poll.Traced(), Handle: a.Polls.FollowSteps},
		{Name: "owners_forget", Types: []string{identity.EventErased}, Handle: a.Owners.Forget, Timeout: time.Minute},
	}
}

// pollSweeps record what the stored instants of polls say. Counting a city's poll takes a while.
func (a *App) pollSweeps() []patrol.Sweep {
	keep := func(ctx context.Context, _ patrol.Window) (int, error) { return a.Polls.Keep(ctx) }
	return []patrol.Sweep{{Name: "polls", Spec: "*/5 * * * * *", Timeout: 30 * time.Minute, Run: keep}}
}

// promiser signs the receipts of ballots as notes (golang.org/x/mod/sumdb/note).
type promiser struct {
	signer note.Signer
	// verifier is the public key in the form of signed notes.
	verifier string
}

// newPromiser derives the key of receipts. It is a key of its own, so that a receipt can never be taken for a checkpoint.
func newPromiser(seed [32]byte, host string) (promiser, error) {
	name := host + "/ballots"
	public := ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		return promiser{}, fmt.Errorf("name the key of receipts: %w", err)
	}
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return promiser{}, fmt.Errorf("read the key of receipts: %w", err)
	}
	const ed25519Algorithm = 1
	secret := base64.StdEncoding.EncodeToString(append([]byte{ed25519Algorithm}, seed[:]...))
	signer, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", name, v.KeyHash(), secret))
	if err != nil {
		return promiser{}, fmt.Errorf("the key of receipts does not fit its name") // never the library's text: it may quote
	}
	return promiser{signer, verifier}, nil
}

// Sign implements poll.Signer.
func (p promiser) Sign(text string) (string, error) {
	signed, err := note.Sign(&note.Note{Text: text}, p.signer)
	return string(signed), err
}

// software names the program that counts: the commit it was built from, where that is known.
func software() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "jushou"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "jushou " + s.Value
		}
	}
	return "jushou"
}
