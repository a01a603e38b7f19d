package docstore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"jushou/internal/fault"
)

// FieldType is the type of a declared field.
type FieldType uint8

const (
	// Text fields hold strings and sort by their bytes.
	Text FieldType = iota
	// Int fields hold int64: numbers, or instants as Unix milliseconds.
	Int
)

// Field is a value that indexes may use.
type Field struct {
	Name string
	Type FieldType
}

// Index is an ordered list of fields. A document that lacks any of them is not in the index.
type Index struct {
	Name   string
	Fields []string
}

// Collection declares a Kind: its fields and its indexes.
type Collection struct {
	Kind    Kind
	Fields  []Field
	Indexes []Index
	// Grows is how many bytes a new document is going to gain by its second write, 0 to MaxGrows; 0 where that is not known. A store
	// that keeps documents in pages leaves so much room beside it: documents that were made in a row, and all grow in a rush, then
	// split no pages. The room is disk that stays unused until that write comes.
	Grows int
}

// Schema is every Kind an installation stores. Adapters take it when they open, create what is
// missing, and never drop what they do not know. Names of kinds, fields and indexes are letters,
// digits, "_" and, for kinds and indexes, "-" and "."; two that differ only in case are one name.
type Schema []Collection

var (
	errUndeclared = fault.New(fault.Invalid, "store.undeclared")
	errBadKey     = fault.New(fault.Invalid, "store.bad_key")
	errBadLimit   = fault.New(fault.Invalid, "store.bad_limit")
	errBadBody    = fault.New(fault.Invalid, "store.bad_body")
	errBadEvent   = fault.New(fault.Invalid, "store.bad_event")
	errTooLarge   = fault.New(fault.TooLarge, "store.too_large")
	// ErrBadCursor means that a cursor is not one of ours or belongs to another query.
	ErrBadCursor = fault.New(fault.Invalid, "store.bad_cursor")
)

// Check reports the first fault in a schema: a name used twice, an index on a missing field, too many fields.
func (s Schema) Check() error {
	kinds := names{}
	for _, c := range s {
		if !kinds.add(string(c.Kind), "-.") {
			return fmt.Errorf("docstore: kind %q is empty, misspelt or declared twice", c.Kind)
		}
		if err := c.check(); err != nil {
			return err
		}
	}
	return nil
}

func (c Collection) check() error {
	if len(c.Fields) > MaxFields {
		return fmt.Errorf("docstore: %s declares %d fields, more than %d", c.Kind, len(c.Fields), MaxFields)
	}
	if c.Grows < 0 || c.Grows > MaxGrows {
		return fmt.Errorf("docstore: %s grows by %d bytes, not 0 to %d", c.Kind, c.Grows, MaxGrows)
	}
	fields := names{}
	for _, f := range c.Fields {
		if !fields.add(f.Name, "") {
			return fmt.Errorf("docstore: %s: field %q is empty, misspelt or declared twice", c.Kind, f.Name)
		}
	}
	indexes := names{}
	for _, x := range c.Indexes {
		if !indexes.add(x.Name, "-.") || len(x.Fields) == 0 {
			return fmt.Errorf("docstore: %s: index %q is empty, misspelt or declared twice", c.Kind, x.Name)
		}
		used := names{}
		for _, f := range x.Fields {
			if _, ok := c.FieldType(f); !ok || !used.add(f, "") {
				return fmt.Errorf("docstore: %s: index %s uses field %q, which is undeclared or used twice", c.Kind, x.Name, f)
			}
		}
	}
	return nil
}

type names map[string]bool

// add reports whether name is well formed and new, whatever its case.
func (n names) add(name, punctuation string) bool {
	lower := strings.ToLower(name)
	odd := strings.Trim(lower, "abcdefghijklmnopqrstuvwxyz0123456789_"+punctuation)
	if name == "" || odd != "" || n[lower] {
		return false
	}
	n[lower] = true
	return true
}

// Collection returns the declaration of kind.
func (s Schema) Collection(kind Kind) (Collection, error) {
	i := slices.IndexFunc(s, func(c Collection) bool { return c.Kind == kind })
	if i < 0 {
		return Collection{}, errUndeclared.With("kind", kind)
	}
	return s[i], nil
}

// Index returns the declaration of the named index; ByID is always there.
func (c Collection) Index(name string) (Index, error) {
	if name == ByID {
		return Index{}, nil
	}
	i := slices.IndexFunc(c.Indexes, func(x Index) bool { return x.Name == name })
	if i < 0 {
		return Index{}, errUndeclared.With("kind", c.Kind).With("index", name)
	}
	return c.Indexes[i], nil
}

// FieldType returns the type of a declared field.
func (c Collection) FieldType(name string) (FieldType, bool) {
	i := slices.IndexFunc(c.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return 0, false
	}
	return c.Fields[i].Type, true
}

// Check refuses empty and over-long keys, and ids that are not plain text.
func (k Key) Check() error {
	if k.Kind == "" || k.ID == "" || len(k.ID) > MaxID || !plain(k.ID) {
		return errBadKey.With("kind", k.Kind).With("bytes", len(k.ID))
	}
	return nil
}

// CheckKey refuses a key of an undeclared Kind or out of bounds.
func (s Schema) CheckKey(k Key) error {
	if _, err := s.Collection(k.Kind); err != nil {
		return err
	}
	return k.Check()
}

// plain reports whether every adapter stores s as it is: UTF-8 without NUL.
func plain(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// CheckWrite refuses a write that breaks a bound or sets an undeclared or mistyped field.
func (s Schema) CheckWrite(w Write) error {
	c, err := s.Collection(w.Kind)
	if err != nil {
		return err
	}
	if err := w.Key.Check(); err != nil {
		return err
	}
	if w.Want < Any {
		return errBadKey.With("want", w.Want)
	}
	if !plain(w.Scope) {
		return errBadKey.With("scope", w.Scope)
	}
	if !w.Delete {
		if err := checkBody(w.Body, w.sound); err != nil {
			return err
		}
	}
	if err := s.checkClaims(w); err != nil {
		return err
	}
	for name, value := range w.Fields {
		t, ok := c.FieldType(name)
		if !ok || !t.holds(value) {
			return errUndeclared.With("kind", w.Kind).With("field", name).With("value", fmt.Sprintf("%T", value))
		}
		if text, ok := value.(string); ok && !plain(text) {
			return errBadKey.With("kind", w.Kind).With("field", name)
		}
	}
	return nil
}

// checkClaims refuses claims out of bounds, and those whose Kind has fields: nobody would set them.
func (s Schema) checkClaims(w Write) error {
	if len(w.Claims) > MaxClaims {
		return errTooLarge.With("max", MaxClaims).With("claims", len(w.Claims))
	}
	for _, x := range w.Claims {
		c, err := s.Collection(x.Kind)
		if err != nil {
			return err
		}
		if err := x.Key.Check(); err != nil {
			return err
		}
		if len(c.Fields) > 0 || x.Key == w.Key {
			return errUndeclared.With("kind", x.Kind).With("claim", true)
		}
		if err := checkBody(x.Body, x.sound); err != nil {
			return err
		}
	}
	return nil
}

// checkBody refuses what no document may hold; sound says that it is known to be one object.
func checkBody(b []byte, sound bool) error {
	if sound && len(b) <= MaxBody {
		return nil
	}
	return checkObject(b, errBadBody)
}

// Own reports whether body, which is stored under the claim's key, says the same as the claim.
func (c Claim) Own(body []byte) bool {
	if bytes.Equal(c.Body, body) {
		return true
	}
	mine, err1 := meaning(c.Body)
	stored, err2 := meaning(body)
	return err1 == nil && err2 == nil && reflect.DeepEqual(mine, stored)
}

// meaning reads JSON without regard to the order of keys and white space.
func meaning(b []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

// CheckEvents refuses events that break a bound, lack an ID or a Type, or share an ID.
func CheckEvents(events []Event) error {
	if len(events) > MaxEvents {
		return errTooLarge.With("max", MaxEvents).With("events", len(events))
	}
	size := 0
	for i, e := range events {
		if e.ID == "" || len(e.ID) > MaxEventID || !plain(e.ID) || e.Type == "" || !plain(e.Type) || !plain(e.Actor) {
			return errBadEvent.With("id", e.ID).With("type", e.Type)
		}
		if slices.ContainsFunc(events[:i], func(o Event) bool { return o.ID == e.ID }) {
			return errBadEvent.With("id", e.ID).With("twice", true)
		}
		if size += len(e.Data); size > MaxBody {
			return errTooLarge.With("max", MaxBody).With("bytes", size)
		}
		if e.Data == nil {
			continue
		}
		if err := checkObject(e.Data, errBadEvent); err != nil {
			return err
		}
	}
	return nil
}

// checkObject refuses what is not one JSON object of at most MaxBody bytes.
func checkObject(b []byte, refusal *fault.Error) error {
	if len(b) > MaxBody {
		return errTooLarge.With("max", MaxBody).With("bytes", len(b))
	}
	if start := bytes.TrimLeft(b, " \t\r\n"); len(start) == 0 || start[0] != '{' || !utf8.Valid(b) || !json.Valid(b) {
		return refusal.With("bytes", len(b))
	}
	return nil
}

// CheckQuery returns the index a query seeks, or why it may not.
func (s Schema) CheckQuery(q Query) (Collection, Index, error) {
	c, err := s.Collection(q.Kind)
	if err != nil {
		return Collection{}, Index{}, err
	}
	x, err := c.Index(q.Index)
	if err != nil {
		return Collection{}, Index{}, err
	}
	if x.Name == ByID && len(q.Equal) > 0 {
		return Collection{}, Index{}, errUndeclared.With("kind", c.Kind).With("values", len(q.Equal))
	}
	for i, v := range q.Equal {
		if err := c.checkValue(x, i, v); err != nil {
			return Collection{}, Index{}, err
		}
	}
	for _, bound := range []any{q.From, q.To} {
		if bound == nil {
			continue
		}
		if err := c.checkValue(x, len(q.Equal), bound); err != nil {
			return Collection{}, Index{}, err
		}
	}
	return c, x, nil
}

// checkValue refuses a value that the i-th field of the index cannot be compared with. After the
// last field of ByID comes the id itself.
func (c Collection) checkValue(x Index, i int, v any) error {
	t := Text
	if x.Name != ByID {
		if i >= len(x.Fields) {
			return errUndeclared.With("kind", c.Kind).With("index", x.Name).With("values", i+1)
		}
		t, _ = c.FieldType(x.Fields[i])
	}
	if text, ok := v.(string); !t.holds(v) || ok && !plain(text) {
		return errUndeclared.With("kind", c.Kind).With("index", x.Name).With("value", fmt.Sprintf("%T", v))
	}
	return nil
}

// CheckKeys refuses more than MaxLimit keys and any key that CheckKey refuses.
func (s Schema) CheckKeys(keys []Key) error {
	if len(keys) > MaxLimit {
		return errBadLimit.With("keys", len(keys)).With("max", MaxLimit)
	}
	for _, k := range keys {
		if err := s.CheckKey(k); err != nil {
			return err
		}
	}
	return nil
}

// CheckLimit refuses a limit that is not 1 to MaxLimit.
func CheckLimit(n int) error {
	if n < 1 || n > MaxLimit {
		return errBadLimit.With("limit", n).With("max", MaxLimit)
	}
	return nil
}

func (t FieldType) holds(v any) bool {
	switch v.(type) {
	case string:
		return t == Text
	case int64:
		return t == Int
	}
	return false
}
