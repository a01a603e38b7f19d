package mongo

import (
	"go.mongodb.org/mongo-driver/bson"

	"jushou/internal/docstore"
)

// hint names the index, so that the server uses it or fails, and never scans.
func hint(p docstore.Plan) any {
	if p.Index == docstore.ByID {
		return "_id_"
	}
	return p.Index
}

func order(p docstore.Plan) bson.D {
	way := 1
	if p.Desc {
		way = -1
	}
	var sort bson.D
	for _, f := range p.Order {
		sort = append(sort, bson.E{Key: "f." + f.Name, Value: way})
	}
	return append(sort, bson.E{Key: "_id", Value: way})
}

// filter says what p selects, beginning at its place. Every field of the index is mentioned, because a
// partial index serves only queries that imply its condition.
func filter(p docstore.Plan) bson.D {
	var f bson.D
	for i, v := range p.Equal {
		f = append(f, bson.E{Key: "f." + p.Fields[i].Name, Value: v})
	}
	bounds := bounds(p)
	for i, field := range p.Order {
		present := exists
		if i == 0 && len(bounds) > 0 {
			present = append(bson.D{{Key: "$exists", Value: true}}, bounds...)
		}
		f = append(f, bson.E{Key: "f." + field.Name, Value: present})
	}
	if p.Index == docstore.ByID {
		f = append(f, bson.E{Key: "gone", Value: missing})
		if len(bounds) > 0 {
			f = append(f, bson.E{Key: "_id", Value: bounds})
		}
	}
	if p.Place != nil {
		f = append(f, bson.E{Key: "$or", Value: beyond(p)})
	}
	return f
}

// bounds limits the first field of the order. A place lies within the bounds, so it replaces the one
// that the order begins at.
func bounds(p docstore.Plan) bson.D {
	from, to, reach := p.From, p.To, "$lt"
	if p.Place != nil {
		first := any(p.Place.ID)
		if len(p.Place.Values) > 0 {
			first = p.Place.Values[0]
		}
		if len(p.Order) == 0 && p.Index != docstore.ByID {
			return nil // equality on every field: only the id is left, which beyond bounds
		}
		if p.Desc {
			to, reach = first, "$lte"
		} else {
			from = first
		}
	}
	var b bson.D
	if from != nil {
		b = append(b, bson.E{Key: "$gte", Value: from})
	}
	if to != nil {
		b = append(b, bson.E{Key: reach, Value: to})
	}
	return b
}

// beyond says "after the place" field by field: the first differs, or it is equal and the second
// differs, and so on to the document id.
func beyond(p docstore.Plan) bson.A {
	op := "$gt"
	if p.Desc {
		op = "$lt"
	}
	var ways bson.A
	var equal bson.D
	for i, f := range p.Order {
		ways = append(ways, append(bson.D{}, append(equal, bson.E{Key: "f." + f.Name, Value: bson.D{{Key: op, Value: p.Place.Values[i]}}})...))
		equal = append(equal, bson.E{Key: "f." + f.Name, Value: p.Place.Values[i]})
	}
	return append(ways, append(equal, bson.E{Key: "_id", Value: bson.D{{Key: op, Value: p.Place.ID}}}))
}
