package docstore

import (
	"fmt"
	"slices"

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
}

// Schema is every Kind an installation stores. Adapters take it when they open, create what is
// missing, and refuse to drop what they do not know.
type Schema []Collection

var (
	errUndeclared = fault.New(fault.Invalid, "store.undeclared")
	errBadKey     = fault.New(fault.Invalid, "store.bad_key")
	errBadLimit   = fault.New(fault.Invalid, "store.bad_limit")
	errTooLarge   = fault.New(fault.TooLarge, "store.too_large")
	// ErrBadCursor means that a cursor is not one of ours or belongs to another query.
	ErrBadCursor = fault.New(fault.Invalid, "store.bad_cursor")
)

// Check reports the first fault in a schema: a name used twice, an index on a missing field.
func (s Schema) Check() error {
	kinds := map[Kind]bool{}
	for _, c := range s {
		if c.Kind == "" || kinds[c.Kind] {
			return fmt.Errorf("docstore: kind %q is empty or declared twice", c.Kind)
		}
		kinds[c.Kind] = true
		if err := c.check(); err != nil {
			return err
		}
	}
	return nil
}

func (c Collection) check() error {
	seen := map[string]bool{}
	for _, f := range c.Fields {
		if f.Name == "" || seen[f.Name] {
			return fmt.Errorf("docstore: %s: field %q is empty or declared twice", c.Kind, f.Name)
		}
		seen[f.Name] = true
	}
	names := map[string]bool{}
	for _, x := range c.Indexes {
		if x.Name == "" || names[x.Name] || len(x.Fields) == 0 {
			return fmt.Errorf("docstore: %s: index %q is empty or declared twice", c.Kind, x.Name)
		}
		names[x.Name] = true
		for _, f := range x.Fields {
			if !seen[f] {
				return fmt.Errorf("docstore: %s: index %s uses undeclared field %q", c.Kind, x.Name, f)
			}
		}
	}
	return nil
}

// Collection returns the declaration of kind.
func (s Schema) Collection(kind Kind) (Collection, error) {
	i := slices.IndexFunc(s, func(c Collection) bool { return c.Kind == kind })
	if i < 0 {
		return Collection{}, errUndeclared.With("kind", kind)
	}
	return s[i], nil
}

// Index returns the declaration of the named index.
func (c Collection) Index(name string) (Index, error) {
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

// CheckKey refuses empty and over-long keys.
func (k Key) Check() error {
	if k.Kind == "" || k.ID == "" || len(k.ID) > MaxID {
		return errBadKey.With("kind", k.Kind).With("bytes", len(k.ID))
	}
	return nil
}

// CheckWrite refuses a write that breaks a bound or sets an undeclared or mistyped field.
func (s Schema) CheckWrite(w Write) error {
	c, err := s.Collection(w.Kind)
	if err != nil {
		return err
	}
	if err := w.Key.Check(); err != nil {
		return err
	}
	if len(w.Body) > MaxBody {
		return errTooLarge.With("max", MaxBody).With("bytes", len(w.Body))
	}
	for name, value := range w.Fields {
		t, ok := c.FieldType(name)
		if !ok || !t.holds(value) {
			return errUndeclared.With("kind", w.Kind).With("field", name).With("value", fmt.Sprintf("%T", value))
		}
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
	values := slices.Clone(q.Equal)
	if q.From != nil {
		values = append(values, q.From)
	}
	for i, v := range values {
		if i >= len(x.Fields) {
			return Collection{}, Index{}, errUndeclared.With("index", x.Name).With("values", len(values))
		}
		if t, _ := c.FieldType(x.Fields[i]); !t.holds(v) {
			return Collection{}, Index{}, errUndeclared.With("index", x.Name).With("field", x.Fields[i]).With("value", fmt.Sprintf("%T", v))
		}
	}
	if q.To != nil {
		if len(q.Equal) >= len(x.Fields) {
			return Collection{}, Index{}, errUndeclared.With("index", x.Name).With("values", len(q.Equal)+1)
		}
		if t, _ := c.FieldType(x.Fields[len(q.Equal)]); !t.holds(q.To) {
			return Collection{}, Index{}, errUndeclared.With("index", x.Name).With("value", fmt.Sprintf("%T", q.To))
		}
	}
	return c, x, nil
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
