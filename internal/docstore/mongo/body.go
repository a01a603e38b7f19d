package mongo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/bsontype"

	"jushou/internal/fault"
)

// errBody refuses the JSON that BSON cannot hold: a number beyond float64, or nesting past maxDepth.
var errBody = fault.New(fault.Invalid, "store.bad_body")

// maxDepth is a little less than the hundred levels that MongoDB allows a whole document.
const maxDepth = 90

// encodeBody turns a JSON object into a BSON document. Whole numbers within int64 become int64, other
// numbers double; of a key used twice the last counts.
func encodeBody(body []byte) (bson.D, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	v, err := encodeValue(d, 0)
	if err != nil {
		return nil, err
	}
	doc, ok := v.(bson.D)
	if !ok {
		return nil, errBody.With("body", "not an object")
	}
	return doc, nil
}

func encodeValue(d *json.Decoder, depth int) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, errBody.Because(err)
	}
	switch t := token.(type) {
	case json.Number:
		return encodeNumber(t)
	case json.Delim:
		if depth == maxDepth {
			return nil, errBody.With("depth", maxDepth)
		}
		if t == '{' {
			return encodeObject(d, depth+1)
		}
		return encodeArray(d, depth+1)
	}
	return token, nil // string, bool or nil
}

func encodeNumber(n json.Number) (any, error) {
	if i, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return i, nil
	}
	f, err := n.Float64()
	if err != nil {
		return nil, errBody.Because(err)
	}
	return f, nil
}

func encodeObject(d *json.Decoder, depth int) (bson.D, error) {
	doc, place := bson.D{}, map[string]int{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, errBody.Because(err)
		}
		key, _ := token.(string)
		v, err := encodeValue(d, depth)
		if err != nil {
			return nil, err
		}
		if i, ok := place[key]; ok {
			doc[i].Value = v
			continue
		}
		place[key] = len(doc)
		doc = append(doc, bson.E{Key: escapeKey(key), Value: v})
	}
	_, err := d.Token()
	return doc, err
}

func encodeArray(d *json.Decoder, depth int) (bson.A, error) {
	list := bson.A{}
	for d.More() {
		v, err := encodeValue(d, depth)
		if err != nil {
			return nil, err
		}
		if inner, ok := v.(bson.A); ok {
			v = bson.D{{Key: arrayKey, Value: inner}}
		}
		list = append(list, v)
	}
	_, err := d.Token()
	return list, err
}

// arrayKey wraps an array that is directly inside another: not every service that speaks the
// protocol takes those. No escaped key is spelled like it.
const arrayKey = "%["

// keyEscapes are what a BSON key cannot or should not hold: NUL ends it, a dot is a path, a dollar
// an operator, and emptiness not every server takes. An escaped key begins with no dollar.
var (
	keyEscapes   = strings.NewReplacer("%", "%25", ".", "%2E", "$", "%24", "\x00", "%00")
	keyUnescapes = strings.NewReplacer("%25", "%", "%2E", ".", "%24", "$", "%00", "\x00")
)

const emptyKey = "%"

func escapeKey(key string) string {
	if key == "" {
		return emptyKey
	}
	if !strings.ContainsAny(key, "%.$\x00") {
		return key
	}
	return keyEscapes.Replace(key)
}

func unescapeKey(key string) string {
	if key == emptyKey {
		return ""
	}
	if strings.IndexByte(key, '%') < 0 {
		return key
	}
	return keyUnescapes.Replace(key)
}

// decodeBody turns a BSON document into a JSON object.
func decodeBody(doc bson.Raw) ([]byte, error) { return appendObject(make([]byte, 0, len(doc)), doc) }

func appendObject(b []byte, doc bson.Raw) ([]byte, error) {
	elements, err := doc.Elements()
	if err != nil {
		return nil, err
	}
	if len(elements) == 1 && elements[0].Key() == arrayKey {
		return appendValue(b, elements[0].Value())
	}
	b = append(b, '{')
	for i, e := range elements {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, unescapeKey(e.Key())), ':')
		if b, err = appendValue(b, e.Value()); err != nil {
			return nil, fmt.Errorf("%s: %w", e.Key(), err)
		}
	}
	return append(b, '}'), nil
}

func appendArray(b []byte, list bson.Raw) ([]byte, error) {
	values, err := list.Values()
	if err != nil {
		return nil, err
	}
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendValue(b, v); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendValue(b []byte, v bson.RawValue) ([]byte, error) {
	switch v.Type {
	case bsontype.EmbeddedDocument:
		return appendObject(b, v.Document())
	case bsontype.Array:
		return appendArray(b, v.Array())
	case bsontype.String:
		return appendString(b, v.StringValue()), nil
	case bsontype.Int64:
		return strconv.AppendInt(b, v.Int64(), 10), nil
	case bsontype.Int32: // not ours, but what a person's shell writes
		return strconv.AppendInt(b, int64(v.Int32()), 10), nil
	case bsontype.Double:
		return appendFloat(b, v.Double())
	case bsontype.Boolean:
		return strconv.AppendBool(b, v.Boolean()), nil
	case bsontype.Null:
		return append(b, "null"...), nil
	}
	return nil, fmt.Errorf("a value of type %s, which JSON has no word for", v.Type)
}

func appendFloat(b []byte, f float64) ([]byte, error) {
	text, err := json.Marshal(f) // refuses what is not a number
	return append(b, text...), err
}

func appendString(b []byte, s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always encodes
	}
	return append(b, text...)
}
