package sqlite

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/docstore"
)

const (
	// layoutVersion is what PRAGMA user_version says. It rises when an older program could no longer
	// read what a newer one writes; new kinds, fields and indexes do not raise it.
	layoutVersion = 1
	// applicationID marks the file as ours: "JUSH".
	applicationID = 0x4A555348
	// busyTimeout is how long a connection waits for a lock that some other tool holds.
	busyTimeout = 5 * time.Second
)

// baseLayout is what every database has besides its kinds. The events' seq is given by the writer,
// which alone appends.
const baseLayout = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
	seq   INTEGER PRIMARY KEY,
	id    TEXT NOT NULL UNIQUE,
	scope TEXT NOT NULL,
	type  TEXT NOT NULL,
	kind  TEXT NOT NULL,
	doc   TEXT NOT NULL,
	ver   INTEGER NOT NULL,
	actor TEXT NOT NULL,
	at    INTEGER NOT NULL, -- Unix milliseconds
	data  TEXT
);
CREATE INDEX IF NOT EXISTS events_scope ON events (scope, seq);
`

// layOut brings the database to the schema in one transaction.
func layOut(ctx context.Context, conn *sqlite.Conn, schema docstore.Schema) (err error) {
	conn.SetInterrupt(ctx.Done())
	defer conn.SetInterrupt(nil)
	if err := checkOwner(conn); err != nil {
		return err
	}
	end, err := sqlitex.ImmediateTransaction(conn)
	if err != nil {
		return err
	}
	defer end(&err)
	script := baseLayout + fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, layoutVersion)
	if err := run(conn, script); err != nil {
		return err
	}
	for _, c := range schema {
		if err := layOutKind(conn, c); err != nil {
			return fmt.Errorf("lay out %s: %w", c.Kind, err)
		}
	}
	return nil
}

// run executes a script statement by statement, in the caller's transaction if there is one.
func run(conn *sqlite.Conn, script string) error {
	for strings.TrimSpace(script) != "" {
		stmt, rest, err := conn.PrepareTransient(script)
		if err != nil {
			return err
		}
		script = script[len(script)-rest:]
		if stmt == nil {
			continue
		}
		_, err = stmt.Step()
		if e := stmt.Finalize(); err == nil {
			err = e
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func checkOwner(conn *sqlite.Conn) error {
	var owner, version, tables int64
	for query, value := range map[string]*int64{
		"PRAGMA application_id": &owner, "PRAGMA user_version": &version, "SELECT count(*) FROM sqlite_master": &tables,
	} {
		read := func(stmt *sqlite.Stmt) error { *value = stmt.ColumnInt64(0); return nil }
		if err := sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{ResultFunc: read}); err != nil {
			return err
		}
	}
	switch {
	case owner != applicationID && (owner != 0 || tables > 0):
		return ErrForeign
	case version > layoutVersion:
		return fmt.Errorf("%w: layout %d, this program knows %d", ErrNewer, version, layoutVersion)
	}
	return nil
}

func layOutKind(conn *sqlite.Conn, c docstore.Collection) error {
	table := tableName(c.Kind)
	columns := []string{"id TEXT NOT NULL PRIMARY KEY", "v INTEGER NOT NULL"}
	for _, f := range c.Fields {
		columns = append(columns, columnName(f.Name)+" "+columnType(f.Type))
	}
	// The body comes last, so that reading a field never walks a long document's overflow pages.
	columns = append(columns, "body TEXT NOT NULL")
	if c.Grows > 0 {
		columns = append(columns, roomColumn)
	}
	if err := run(conn, fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (%s)", table, strings.Join(columns, ", "))); err != nil {
		return err
	}
	if err := addColumns(conn, c); err != nil {
		return err
	}
	for _, x := range c.Indexes {
		if err := layOutIndex(conn, c, x); err != nil {
			return err
		}
	}
	return nil
}

// roomColumn keeps a new document's page from being filled up before the document grows: zeros as long as the kind Grows, which the
// next write takes away. (PostgreSQL's fillfactor, Oracle's PCTFREE; SQLite has neither.) It stands after the body, where no reader comes by.
const roomColumn = "room BLOB"

// addColumns adds a column for each field that is new since the table was made, and one for room. Rows written before
// have no value in it until they are written again.
func addColumns(conn *sqlite.Conn, c docstore.Collection) error {
	have := map[string]string{}
	read := func(stmt *sqlite.Stmt) error { have[stmt.ColumnText(1)] = stmt.ColumnText(2); return nil }
	query := fmt.Sprintf("PRAGMA table_info(%s)", tableName(c.Kind))
	if err := sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{ResultFunc: read}); err != nil {
		return err
	}
	for _, f := range c.Fields {
		switch was, ok := have["f_"+f.Name]; {
		case !ok:
			add := fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s %s", tableName(c.Kind), columnName(f.Name), columnType(f.Type))
			if err := run(conn, add); err != nil {
				return err
			}
		case was != columnType(f.Type):
			return fmt.Errorf("field %s is %s in the database and cannot become %s: give the new one another name",
				f.Name, was, columnType(f.Type))
		}
	}
	if _, ok := have["room"]; !ok && c.Grows > 0 {
		return run(conn, fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s", tableName(c.Kind), roomColumn))
	}
	return nil
}

// layOutIndex creates the index, or makes it anew when its declaration has changed. It holds only
// the rows that have all its fields, and ends with the document id, which orders equal keys.
func layOutIndex(conn *sqlite.Conn, c docstore.Collection, x docstore.Index) error {
	var columns, present []string
	for _, f := range x.Fields {
		columns = append(columns, columnName(f))
		present = append(present, columnName(f)+" IS NOT NULL")
	}
	want := fmt.Sprintf("CREATE INDEX %s ON %s (%s, id) WHERE %s", indexName(c.Kind, x.Name), tableName(c.Kind),
		strings.Join(columns, ", "), strings.Join(present, " AND "))
	have := ""
	read := func(stmt *sqlite.Stmt) error { have = stmt.ColumnText(0); return nil }
	err := sqlitex.ExecuteTransient(conn, "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?",
		&sqlitex.ExecOptions{Args: []any{plainIndexName(c.Kind, x.Name)}, ResultFunc: read})
	if err != nil || have == want {
		return err
	}
	return run(conn, fmt.Sprintf("DROP INDEX IF EXISTS %s; %s", indexName(c.Kind, x.Name), want))
}

// Names are checked by Schema.Check to be letters, digits, "_", "-" and ".", so quoting them needs no escape.

func tableName(k docstore.Kind) string { return `"d_` + string(k) + `"` }

func columnName(field string) string { return `"f_` + field + `"` }

func plainIndexName(k docstore.Kind, index string) string { return "x_" + string(k) + "/" + index }

func indexName(k docstore.Kind, index string) string { return `"` + plainIndexName(k, index) + `"` }

func columnType(t docstore.FieldType) string {
	if t == docstore.Int {
		return "INTEGER"
	}
	return "TEXT"
}
