package publiclog

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"slices"
	"strings"

	"jushou/internal/docstore"
)

// Act says how events of one type are entered. Whatever it does not name stays out of the log.
type Act struct {
	// Event is the type of the feed's events, and the entry's Act.
	Event string
	// Of is what the act is done to, and Ref the field of the event's data that holds its id: "topic", "topic". Without
	// Ref it is the id of the event's document, which must then tell nothing about a person.
	Of, Ref string
	// Place is the field of the event's data that names the community or town; "" takes the scope of the feed.
	Place string
	// Facts are the fields of the event's data that everybody may read: ids, kinds, counts and instants. A value that is neither
	// a short string of ASCII without blanks nor a whole number nor a truth value is left out.
	Facts []string
	// Words are the fields of the event's data that go into Text, for what people wrote.
	Words []string
	// Doc asks for the event's document, which Text and Public are then given; it is the zero Doc if it is gone.
	Doc bool
	// Text returns what else goes into Text, as it is now: an event is entered a moment after it happened. nil is nothing.
	Text func(docstore.Event, docstore.Doc) map[string]any
	// Public reports whether the event is entered at all; nil enters all. What is held back enters with the event that shows it.
	Public func(docstore.Event, docstore.Doc) bool
}

// maxFact bounds a fact in bytes. Ids and kinds are far shorter.
const maxFact = 80

// plain reports whether a text can be an id, a kind or an instant: short, and ASCII without blanks. What people write is not.
func plain(text string) bool {
	return len(text) <= maxFact && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

// Data decodes an event's data for Public and Text. What cannot be read is the zero value.
func Data[T any](e docstore.Event) T {
	var v T
	_ = json.Unmarshal(e.Data, &v) // the zero value enters nothing that is not known
	return v
}

// Doc decodes a document for Public and Text. What cannot be read is the zero value.
func Doc[T any](d docstore.Doc) T {
	var v T
	_ = json.Unmarshal(d.Body, &v)
	return v
}

// book is what is entered, by the type of the event.
type book map[string]Act

func newBook(acts []Act) (book, error) {
	b := book{}
	for _, a := range acts {
		if a.Event == "" || a.Of == "" {
			return nil, fmt.Errorf("publiclog: act %q of %q is not complete", a.Event, a.Of)
		}
		if _, twice := b[a.Event]; twice {
			return nil, fmt.Errorf("publiclog: two acts are %q", a.Event)
		}
		b[a.Event] = a
	}
	return b, nil
}

// types are the event types that are entered, in order.
func (b book) types() []string { return slices.Sorted(maps.Keys(b)) }

// notary turns events into entries. Its secret keeps ids and hashed texts from being guessed. It is for one goroutine.
type notary struct {
	book book
	mac  hash.Hash // keyed with the secret once, which is most of the work of a short HMAC
}

func newNotary(b book, secret []byte) *notary { return &notary{b, hmac.New(sha256.New, secret)} }

// entry makes the entry of an event; ok is false if the event is not entered.
func (n *notary) entry(e docstore.Event, doc docstore.Doc) (body []byte, ok bool, err error) {
	act, known := n.book[e.Type]
	if !known || act.Public != nil && !act.Public(e, doc) {
		return nil, false, nil
	}
	data := fields(e.Data)
	entry := Entry{
		V: 1, ID: n.keyed("id", e.ID), At: e.At.UTC().Format(timeForm), Act: e.Type, Of: act.Of + "/" + act.object(e, data),
		Place: act.place(e, data), Facts: facts(data, act.Facts),
	}
	text, err := act.text(e, doc, data)
	if err != nil {
		return nil, false, err
	}
	if text != nil {
		entry.Text = Commitment(n.salt(saltText, e.ID), text)
	}
	if body, err = encode(entry); err == nil && len(body) > MaxEntry {
		err = fmt.Errorf("publiclog: the entry of event %s has %d bytes", e.ID, len(body))
	}
	return body, err == nil, err
}

func (a Act) object(e docstore.Event, data map[string]any) string {
	if a.Ref == "" {
		return e.Doc.ID
	}
	if id, _ := data[a.Ref].(string); plain(id) {
		return id
	}
	return ""
}

func (a Act) place(e docstore.Event, data map[string]any) string {
	if a.Place == "" {
		return e.Scope
	}
	place, _ := data[a.Place].(string)
	return place
}

// text is what was written, as canonical JSON; nil if nothing was. It is the words of the event's data and what the document says.
func (a Act) text(e docstore.Event, doc docstore.Doc, data map[string]any) ([]byte, error) {
	all := map[string]any{}
	if a.Text != nil {
		maps.Copy(all, a.Text(e, doc))
	}
	for _, name := range a.Words {
		if v, ok := data[name]; ok && v != "" {
			all[name] = v
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return Canonical(all)
}

func fields(data []byte) map[string]any {
	all := map[string]any{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	_ = d.Decode(&all) // no data, no facts
	return all
}

// facts picks the fields everybody may read.
func facts(data map[string]any, names []string) map[string]any {
	picked := map[string]any{}
	for _, name := range names {
		switch v := data[name].(type) {
		case string:
			if v != "" && plain(v) {
				picked[name] = v
			}
		case bool:
			if v {
				picked[name] = true
			}
		case json.Number:
			if i, err := v.Int64(); err == nil && i != 0 && i > -maxWhole && i < maxWhole {
				picked[name] = i
			}
		}
	}
	if len(picked) == 0 {
		return nil
	}
	return picked
}

// maxWhole is where whole numbers stop being exact in readers that keep them as float64.
const maxWhole int64 = 1 << 53

// keyed is a hash that only the house can make: 128 bits in hexadecimal.
func (n *notary) keyed(purpose, id string) string { return hex.EncodeToString(n.salt(purpose, id)) }

// saltText is the purpose of the salts of texts.
const saltText = "text"

// saltBytes keep a short text from being found by trying all of them.
const saltBytes = 16

func (n *notary) salt(purpose, id string) []byte {
	n.mac.Reset()
	n.mac.Write([]byte(purpose + "\x00" + id))
	return n.mac.Sum(nil)[:saltBytes]
}

// Commitment is an Entry's Text: what somebody who is shown the salt and the text computes to compare.
func Commitment(salt, text []byte) string {
	sum := sha256.Sum256(append(slices.Clip(salt), text...))
	return base64.StdEncoding.EncodeToString(sum[:])
}
