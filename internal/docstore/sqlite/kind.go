package sqlite

import (
	"fmt"
	"strings"

	"jushou/internal/docstore"
)

// kind holds the statements of one Kind, composed once.
type kind struct {
	docstore.Collection
	get, seek, insert, update, touch, remove string
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
	columns, sets, fields := []string{"v", "body", "id"}, []string{"v = ?", "body = ?"}, ""
	for _, f := range c.Fields {
		columns = append(columns, columnName(f.Name))
		sets = append(sets, columnName(f.Name)+" = ?")
		fields += ", " + columnName(f.Name)
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
	return &kind{
		Collection: c,
		get:        fmt.Sprintf("SELECT v, body FROM %s WHERE id = ?", table),
		seek:       fmt.Sprintf("SELECT rowid, v%s FROM %s WHERE id = ?", fields, table),
		insert:     fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(columns, ", "), marks),
		update:     fmt.Sprintf("UPDATE %s SET %s WHERE rowid = ?", table, strings.Join(sets, ", ")),
		touch:      fmt.Sprintf("UPDATE %s SET v = ?, body = ? WHERE rowid = ?", table),
		remove:     fmt.Sprintf("DELETE FROM %s WHERE rowid = ?", table),
	}
}
