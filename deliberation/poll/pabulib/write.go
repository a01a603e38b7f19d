package pabulib

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Write writes the file so that Read gives it back. It refuses a value that the format cannot hold: one with
// a line break, or a row that does not match its columns.
func Write(w io.Writer, f *File) error {
	out := bufio.NewWriter(w)
	rows := [][]string{{"META"}, {"key", "value"}}
	for _, e := range f.Meta {
		rows = append(rows, []string{e.Key, e.Value})
	}
	for _, s := range []struct {
		name  string
		table Table
	}{{"PROJECTS", f.Projects}, {"VOTES", f.Votes}} {
		rows = append(rows, []string{s.name}, s.table.Columns)
		for i, r := range s.table.Rows {
			if len(r.Fields) != len(s.table.Columns) {
				return fmt.Errorf("writing %s: row %d has %d fields for %d columns", s.name, i, len(r.Fields), len(s.table.Columns))
			}
			rows = append(rows, r.Fields)
		}
	}
	for _, r := range rows {
		if err := writeLine(out, r); err != nil {
			return err
		}
	}
	return out.Flush()
}

func writeLine(out *bufio.Writer, fields []string) error {
	for i, field := range fields {
		if strings.ContainsAny(field, "\r\n") {
			return fmt.Errorf("writing a .pb file: %q has a line break", clip(field))
		}
		if i > 0 {
			out.WriteByte(';')
		}
		if strings.ContainsAny(field, `;"`) {
			field = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
		}
		out.WriteString(field)
	}
	return out.WriteByte('\n')
}
