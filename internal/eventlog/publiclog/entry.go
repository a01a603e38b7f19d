package publiclog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// Entry is one public act as everybody may read it. It holds ids and facts of a fixed kind and no text a person wrote:
// of that only the salted hash, so that the text can be deleted while the entry stays. Its members stand in the order of their
// names, so that its JSON is canonical as it is written.
type Entry struct {
	// Act says what was done: "topic.answered".
	Act string `json:"act"`
	// At is when it happened, in UTC to the millisecond.
	At string `json:"at"`
	// Facts are strings, whole numbers and truth values of the act.
	Facts map[string]any `json:"facts,omitempty"`
	// ID is unique in the log: a keyed hash of the event's id.
	ID string `json:"id"`
	// Of names what it was done to: "topic/01h…".
	Of string `json:"of"`
	// Place is the community or town, "" if it was done for the whole installation.
	Place string `json:"place,omitempty"`
	// Text is the base64 of SHA-256 over a salt of 16 bytes and the canonical JSON of what was written.
	Text string `json:"text,omitempty"`
	// V is the version of this form: 1.
	V int `json:"v"`
}

// timeForm is RFC 3339 with exactly three decimals.
const timeForm = "2006-01-02T15:04:05.000Z"

// MaxEntry bounds an entry in bytes; a bundle writes its length in 16 bits.
const MaxEntry = 1<<16 - 1

// Time returns At as an instant.
func (e Entry) Time() (time.Time, error) { return time.Parse(timeForm, e.At) }

// Canonical returns value as canonical JSON: keys in the order of their bytes, no white space, nothing escaped that
// need not be. For strings, whole numbers and truth values it is RFC 8785.
func Canonical(value any) ([]byte, error) {
	plain, err := encode(value)
	if err != nil {
		return nil, err
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(plain))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, fmt.Errorf("read JSON again: %w", err)
	}
	return encode(tree) // a map's keys are written in order
}

func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, fmt.Errorf("encode for the public log: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
