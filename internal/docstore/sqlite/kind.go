package sqlite

import (
	"fmt"
	"strings"

	"jushou/internal/docstore"
)

// kind holds the statements of one Kind, composed once.
type kind struct {
	docstore.Collection
	get, seek, insert, remove string
	updates                   map[changes]string // the writer's alone, composed when first needed
}

func planKinds(schema docstore.Schema) map[docstore.Kind]*kind {
	kinds := make(map[docstore.Kind]*kind, len(schema))
	for _, c := range schema {
		kinds[c.Kind] = planKind(c)
	}
	return kinds
}

func planKind(c docstore.Collection) *kind {
	table := tableName(c.Kind)
	columns, fields := []string{"v", "body", "id"}, ""
	for _, f := range c.Fields {
		columns = append(columns, columnName(f.Name))
		fields += ", " + columnName(f.Name)
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
	if c.Grows > 0 {
		columns, marks = append(columns, "room"), fmt.Sprintf("%s, zeroblob(%d)", marks, c.Grows)
	}
	return &kind{
		Collection: c,
		get:        fmt.Sprintf("SELECT v, body FROM %s WHERE id = ?", table),
		seek:       fmt.Sprintf("SELECT rowid, v%s FROM %s WHERE id = ?", fields, table),
		insert:     fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(columns, ", "), marks),
		remove:     fmt.Sprintf("DELETE FROM %s WHERE rowid = ?", table),
		updates:    map[changes]string{},
	}
}

// update returns the statement that sets version, body and the changed fields, in their order, and takes the room away.
func (k *kind) update(c changes) string {
	query, ok := k.updates[c]
	if !ok {
		sets := []string{"v = ?", "body = ?"}
		for i, f := range k.Fields {
			if c.has(i) {
				sets = append(sets, columnName(f.Name)+" = ?")
			}
		}
		if k.Grows > 0 {
			sets = append(sets, "room = NULL")
		}
		query = fmt.Sprintf("UPDATE %s SET %s WHERE rowid = ?", tableName(k.Kind), strings.Join(sets, ", "))
		k.updates[c] = query
	}
	return query
}
