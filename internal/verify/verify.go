package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Check is one thing that was looked into.
type Check struct {
	Name string
	Text string
}

// Options say what to hold the log against.
type Options struct {
	// Key is the log's public key; "" takes the one that lies beside the log, which proves only that the log agrees with itself.
	Key string
	// Since is an earlier checkpoint of the same log, as it was signed; nil is none.
	Since []byte
	// Save keeps every file that was read and found right; nil keeps nothing.
	Save func(path string, data []byte) error
	// Report is told of each check that holds.
	Report func(Check)
}

// The longest files that are read whole.
const (
	maxNote = 1 << 16
	maxTile = width * tlog.HashSize
)

// Log checks a log from its first entry to its checkpoint, and returns the checkpoint. The error wraps ErrWrong if the log does
// not hold and ErrUnreachable if it could not be read.
func Log(ctx context.Context, src Source, o Options) (Checkpoint, error) {
	r := &run{ctx: ctx, src: src, o: o, examiners: examiners()}
	c, err := r.begin()
	if err != nil {
		return c, err
	}
	return c, r.walk(c)
}

// run is one pass over a log.
type run struct {
	ctx       context.Context
	src       Source
	o         Options
	since     *Checkpoint
	tree      tree
	hashTiles int
	examiners []examiner
}

func (r *run) say(name, form string, args ...any) {
	if r.o.Report != nil {
		r.o.Report(Check{name, fmt.Sprintf(form, args...)})
	}
}

func wrong(form string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrWrong, fmt.Errorf(form, args...))
}

// begin reads key and checkpoints and checks their signatures.
func (r *run) begin() (Checkpoint, error) {
	key, err := r.key()
	if err != nil {
		return Checkpoint{}, err
	}
	msg, err := r.src.Read(r.ctx, "checkpoint", maxNote)
	if errors.Is(err, errMissing) {
		return Checkpoint{}, fmt.Errorf("%w: there is no checkpoint at %s", ErrUnreachable, r.src)
	}
	if err != nil {
		return Checkpoint{}, err
	}
	c, err := ParseCheckpoint(msg, key)
	if err != nil {
		return Checkpoint{Note: msg}, err
	}
	r.say("checkpoint", "%d entries, root %s, signature good", c.Tree.N, c.Tree.Hash)
	if r.o.Since == nil {
		return c, nil
	}
	since, err := ParseCheckpoint(r.o.Since, key)
	if err != nil {
		return c, fmt.Errorf("the earlier checkpoint: %w", err)
	}
	if since.Tree.N > c.Tree.N {
		return c, wrong("it has %d entries, and an earlier checkpoint signed %d: the log was cut", c.Tree.N, since.Tree.N)
	}
	r.since = &since
	return c, nil
}

// key takes the key that was given, or the one beside the log.
func (r *run) key() (Key, error) {
	text, err := r.src.Read(r.ctx, "key", maxNote)
	missing := errors.Is(err, errMissing)
	switch {
	case err != nil && !missing:
		return Key{}, err
	case missing && r.o.Key == "":
		return Key{}, fmt.Errorf("%w: there is no key at %s; give one with --key", ErrUnreachable, r.src)
	case missing:
		text = []byte(r.o.Key + "\n")
	}
	if r.o.Key != "" && string(text) != r.o.Key+"\n" {
		return Key{}, wrong("the log shows the key %q and not %q", bytes.TrimSpace(text), r.o.Key)
	}
	line, ok := bytes.CutSuffix(text, []byte("\n"))
	if !ok {
		return Key{}, wrong("the key is not one line")
	}
	key, err := ParseKey(string(line))
	if err != nil {
		return Key{}, err
	}
	if r.o.Key == "" {
		r.say("key", "%s (shown by the log itself: compare it with the printed one)", key.Text)
	} else {
		r.say("key", "%s", key.Text)
	}
	return key, r.save("key", text)
}

func (r *run) save(path string, data []byte) error {
	if r.o.Save == nil {
		return nil
	}
	return r.o.Save(path, data)
}

// walk reads every entry, grows the tree from them, and holds it against everything that was signed or served.
func (r *run) walk(c Checkpoint) error {
	if err := r.anchor(); err != nil {
		return err
	}
	for n := int64(0); r.tree.size < c.Tree.N; n++ {
		if err := r.bundle(n, int(min(width, c.Tree.N-n*width))); err != nil {
			return err
		}
	}
	for _, t := range r.tree.rest() {
		if err := r.hashes(t); err != nil {
			return err
		}
	}
	root, err := r.tree.root()
	if err != nil {
		return wrong("%w", err)
	}
	if root != c.Tree.Hash {
		return wrong("its entries have the root %s and the checkpoint says %s", root, c.Tree.Hash)
	}
	r.say("entries", "%d, all in the tree of the checkpoint", r.tree.size)
	r.say("tiles", "%d of hashes, as computed from the entries", r.hashTiles)
	for _, x := range r.examiners {
		found, err := x.report(r)
		for _, one := range found {
			r.say(one.Name, "%s", one.Text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bundle reads one bundle of entries.
func (r *run) bundle(n int64, w int) error {
	path := place("entries", n, w)
	data, err := r.file(path, place("entries", n, width), maxBundle)
	if err != nil {
		return err
	}
	list, err := split(data)
	if err != nil {
		return wrong("%s: %w", path, err)
	}
	if len(list) > w && len(list) == width { // the wider bundle that came in its place
		list = list[:w]
	}
	if len(list) != w {
		return wrong("%s has %d entries", path, len(list))
	}
	if err := r.save(path, pack(list)); err != nil {
		return err
	}
	for _, raw := range list {
		if err := r.entry(raw); err != nil {
			return err
		}
	}
	return nil
}

// pack writes entries as a bundle.
func pack(list [][]byte) []byte {
	var all []byte
	for _, raw := range list {
		all = append(all, byte(len(raw)>>8), byte(len(raw)))
		all = append(all, raw...)
	}
	return all
}

// entry puts one entry at the end of the tree.
func (r *run) entry(raw []byte) error {
	e, err := parseEntry(r.tree.size, raw)
	if err != nil {
		return wrong("%w", err)
	}
	for _, t := range r.tree.add(tlog.RecordHash(raw)) {
		if err := r.hashes(t); err != nil {
			return err
		}
	}
	for _, x := range r.examiners {
		if err := x.look(e); err != nil {
			return wrong("%w", err)
		}
	}
	return r.anchor()
}

// anchor holds the tree against the earlier checkpoint when it has that checkpoint's size.
func (r *run) anchor() error {
	if r.since == nil || r.tree.size != r.since.Tree.N {
		return nil
	}
	root, err := r.tree.root()
	if err != nil {
		return wrong("%w", err)
	}
	if root != r.since.Tree.Hash {
		return wrong("its first %d entries are not those of the earlier checkpoint: they were changed", r.tree.size)
	}
	r.say("grown from", "%d entries of the earlier checkpoint, all unchanged", r.tree.size)
	return nil
}

// hashes holds a tile as it is served against the one that was computed.
func (r *run) hashes(t tile) error {
	data, err := r.file(t.path(), place(fmt.Sprint(t.level), t.n, width), maxTile)
	if err != nil {
		return err
	}
	want := join(t.row)
	if len(data) == maxTile { // the wider tile that came in its place
		data = data[:len(want)]
	}
	if !bytes.Equal(data, want) {
		return wrong("%s does not hold the hashes of the entries", t.path())
	}
	r.hashTiles++
	return r.save(t.path(), want)
}

// file reads a file that the checkpoint's size asks for. A log may have put the full tile in the place of a narrower one.
func (r *run) file(path, full string, most int) ([]byte, error) {
	data, err := r.src.Read(r.ctx, path, most)
	if errors.Is(err, errMissing) && path != full {
		data, err = r.src.Read(r.ctx, full, most)
	}
	if errors.Is(err, errMissing) {
		return nil, wrong("%s is missing", path)
	}
	return data, err
}
