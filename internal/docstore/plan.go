package docstore

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"strings"
)

// ByID is the index every Kind has without declaring it: the order of document ids. It takes no
// Equal; From and To bound the id, so the documents of "poll/household" keys are found by their poll.
const ByID = ""

// Plan is a query that was checked against the schema: what an adapter has to seek.
type Plan struct {
	Query
	// Fields are the fields of the index; none for ByID.
	Fields []Field
	// Order are the fields that order the page, before the document id.
	Order []Field
	// Place is where to go on, or nil for the beginning.
	Place *Place
}

// Place is a position in an index: the values of Plan.Order and the document id.
type Place struct {
	Values []any
	ID     string
}

// Plan checks q and resolves it. It refuses what Find promises to refuse; Limit is not looked at.
func (s Schema) Plan(q Query) (Plan, error) {
	c, x, err := s.CheckQuery(q)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Query: q, Fields: make([]Field, len(x.Fields))}
	for i, name := range x.Fields {
		t, _ := c.FieldType(name)
		p.Fields[i] = Field{Name: name, Type: t}
	}
	p.Order = p.Fields[len(q.Equal):]
	if q.After != "" {
		place, err := p.place(q.After)
		if err != nil {
			return Plan{}, err
		}
		p.Place = &place
	}
	return p, nil
}

// Cursor returns the cursor that continues after the document at place.
func (p Plan) Cursor(place Place) Cursor {
	b := binary.BigEndian.AppendUint32(nil, p.mark())
	for _, v := range place.Values {
		b = appendValue(b, v)
	}
	b = append(b, place.ID...)
	return Cursor(base64.RawURLEncoding.EncodeToString(b))
}

// mark tells the queries apart that a cursor must not be carried between. The bounds are not part of it: a list of
// what is due by now has another end on its second page, and a place outside the bounds is refused by itself.
func (p Plan) mark() uint32 {
	b := fmt.Appendf(nil, "%s %s %t ", p.Kind, p.Index, p.Desc)
	for _, v := range p.Equal {
		b = appendValue(b, v)
	}
	h := fnv.New32a()
	h.Write(b)
	return h.Sum32()
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case int64:
		return binary.AppendVarint(b, v)
	case string:
		b = binary.AppendUvarint(b, uint64(len(v)))
		return append(b, v...)
	}
	return b
}

// place reads a cursor back. Cursors travel through URLs, so one that was tampered with must not
// reach outside the bounds of its query.
func (p Plan) place(c Cursor) (Place, error) {
	b, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(b) < 4 || binary.BigEndian.Uint32(b) != p.mark() {
		return Place{}, ErrBadCursor
	}
	b = b[4:]
	place := Place{Values: make([]any, len(p.Order))}
	for i, f := range p.Order {
		if place.Values[i], b, err = cutValue(b, f.Type); err != nil {
			return Place{}, err
		}
	}
	place.ID = string(b)
	if place.ID == "" || len(place.ID) > MaxID || !p.within(place) {
		return Place{}, ErrBadCursor
	}
	return place, nil
}

func cutValue(b []byte, t FieldType) (any, []byte, error) {
	if t == Int {
		v, n := binary.Varint(b)
		if n <= 0 {
			return nil, nil, ErrBadCursor
		}
		return v, b[n:], nil
	}
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, ErrBadCursor
	}
	b = b[n:]
	return string(b[:size]), b[size:], nil
}

// within reports whether place lies between From and To, so that an adapter may seek from the
// place alone.
func (p Plan) within(place Place) bool {
	first := any(place.ID)
	if len(place.Values) > 0 {
		first = place.Values[0]
	}
	return (p.From == nil || compare(first, p.From) >= 0) && (p.To == nil || compare(first, p.To) < 0)
}

func compare(a, b any) int {
	switch a := a.(type) {
	case int64:
		if b, ok := b.(int64); ok {
			return cmp.Compare(a, b)
		}
	case string:
		if b, ok := b.(string); ok {
			return strings.Compare(a, b)
		}
	}
	return -1
}
