package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Entry is one entry of the log, as docs/public-log.md describes it.
type Entry struct {
	Index int64          `json:"-"`
	Raw   []byte         `json:"-"`
	V     int            `json:"v"`
	ID    string         `json:"id"`
	At    string         `json:"at"`
	Act   string         `json:"act"`
	Of    string         `json:"of"`
	Place string         `json:"place"`
	Facts map[string]any `json:"facts"`
	Text  string         `json:"text"`
}

// examiner looks at what the entries say. It is shown each in order, once its hash was found in the tree.
type examiner interface {
	// look returns what is wrong with the entry.
	look(e Entry) error
	// report is called after the last entry, if nothing was wrong, and returns a check for each thing it looked into. What it
	// needs besides the entries it reads from f.
	report(f files) ([]Check, error)
}

// examiners are all that look at entries.
func examiners() []examiner {
	return []examiner{&form{seen: map[string]int64{}, acts: map[string]int{}}, &polls{by: map[string]*pollEntries{}}}
}

// form is the examiner of the entries' form: canonical JSON, the known fields, no act entered twice.
type form struct {
	seen map[string]int64 // id to index
	acts map[string]int
}

func (f *form) look(e Entry) error {
	if again, ok := f.seen[e.ID]; ok {
		return fmt.Errorf("entries %d and %d are the same act", again, e.Index)
	}
	f.seen[e.ID] = e.Index
	f.acts[e.Act]++
	return nil
}

func (f *form) report(files) ([]Check, error) {
	var names []string
	for act, n := range f.acts {
		names = append(names, fmt.Sprintf("%s %d", act, n))
	}
	slices.Sort(names)
	return []Check{{Name: "acts", Text: fmt.Sprintf("each entered once: %s", strings.Join(names, ", "))}}, nil
}

// parseEntry reads an entry strictly: unknown fields, missing ones and any other spelling of the same content are refused.
func parseEntry(index int64, raw []byte) (Entry, error) {
	e := Entry{Index: index, Raw: raw}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return e, fmt.Errorf("entry %d is malformed: %w", index, err)
	}
	if again, err := canonical(raw); err != nil || !bytes.Equal(again, raw) {
		return e, fmt.Errorf("entry %d is not canonical JSON", index)
	}
	if _, err := time.Parse("2006-01-02T15:04:05.000Z", e.At); err != nil || e.V != 1 || len(e.ID) != 32 || e.Act == "" || e.Of == "" {
		return e, fmt.Errorf("entry %d lacks a field or has one of another form", index)
	}
	return e, nil
}

// canonical writes JSON again with its keys in order and nothing between.
func canonical(raw []byte) ([]byte, error) {
	var value any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// maxBundle is the most bytes of 256 entries with their lengths.
const maxBundle = width * (2 + 1<<16)

// split takes an entry bundle apart: each entry behind its length in two bytes, big end first.
func split(data []byte) ([][]byte, error) {
	var list [][]byte
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, fmt.Errorf("an entry bundle ends within a length")
		}
		n := int(data[0])<<8 | int(data[1])
		if len(data) < 2+n {
			return nil, fmt.Errorf("an entry bundle ends within an entry")
		}
		list = append(list, data[2:2+n])
		data = data[2+n:]
	}
	return list, nil
}
