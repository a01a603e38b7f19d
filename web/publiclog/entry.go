package publiclog

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"

	"jushou/internal/eventlog/publiclog"
	"jushou/web/page"
)

// entryView is one entry with the proof that it is in the log.
type entryView struct {
	lineView
	Act, Place string
	Raw        string
	Thing      string // address of what it is about, "" if it has no page
	Sealed     bool   // words were written, of which the log has the hash
	Changed    bool   // they are no longer what they were
	Salt, Said string // for who may see them
	Leaf       string
	Hashes     []string
	Stamp      stampView
}

// Entry shows one entry, and how it hangs together with the checkpoint. Who may see the thing itself is shown the words and the salt.
func (p *Pages) Entry(v *page.Visit) error {
	index, err := strconv.ParseInt(v.Param("index"), 10, 64)
	if err != nil {
		return publiclog.ErrNotFound
	}
	proof, err := p.Log.Prove(v.Context(), index)
	if err != nil {
		return err
	}
	line, err := p.Log.Read(v.Context(), index)
	if err != nil {
		return err
	}
	words, err := p.words(v, line)
	if err != nil {
		return err
	}
	place, err := p.placeName(v, line.Entry.Place)
	if err != nil {
		return err
	}
	e := entryView{
		lineView: words, Act: act(v, line.Entry.Act), Place: place, Raw: line.Body, Thing: thing(line.Entry), Sealed: line.Entry.Text != "",
		Leaf: proof.Leaf, Hashes: proof.Hashes, Stamp: stamp(proof.Checkpoint),
	}
	if err := p.unseal(v, line, &e); err != nil {
		return err
	}
	return v.Show(EntryPage(e))
}

// thing is where what an entry is about can be read, by those who may.
func thing(e publiclog.Entry) string {
	kind, id, _ := strings.Cut(e.Of, "/")
	switch kind {
	case "topic":
		return "/t/" + id
	case "comment":
		if topic, ok := e.Facts["topic"].(string); ok {
			return "/t/" + topic
		}
	case "digest":
		return "/digest/" + id
	}
	return ""
}

// unseal adds words and salt for who may see the thing.
func (p *Pages) unseal(v *page.Visit, line publiclog.Line, e *entryView) error {
	if !e.Sealed {
		return nil
	}
	sees, err := p.Sees(v.Context(), v.Actor, line.Entry)
	if err != nil || !sees {
		return err
	}
	salt, text, err := p.Log.Open(v.Context(), line)
	if errors.Is(err, publiclog.ErrChanged) {
		e.Changed = true
		return nil
	}
	if err != nil {
		return err
	}
	e.Salt, e.Said = base64.StdEncoding.EncodeToString(salt), string(text)
	return nil
}
