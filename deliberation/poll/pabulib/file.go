package pabulib

import (
	"fmt"
	"strings"
)

// Entry is one line of META.
type Entry struct {
	Key, Value string
	Line       int // 0 if it was not read from a file
}

// Row is one line of PROJECTS or VOTES, a field for every column of its table.
type Row struct {
	Line   int
	Fields []string
}

// Table is a section with columns.
type Table struct {
	Columns []string
	Rows    []Row
	Line    int // of the header
}

// File is a .pb file as it stands, in its own order.
type File struct {
	Meta     []Entry
	Projects Table
	Votes    Table
}

// Get returns the value of a META key, or "".
func (f *File) Get(key string) string { return f.entry(key).Value }

func (f *File) entry(key string) Entry {
	for _, e := range f.Meta {
		if e.Key == key {
			return e
		}
	}
	return Entry{}
}

// column returns the index of a column, or -1.
func (t *Table) column(name string) int {
	for i, c := range t.Columns {
		if c == name {
			return i
		}
	}
	return -1
}

// Fault is one thing wrong with a file.
type Fault struct {
	Line int // from 1
	What string
}

func (f Fault) String() string { return fmt.Sprintf("line %d: %s", f.Line, f.What) }

// maxFaults is how many faults are collected before reading stops.
const maxFaults = 100

// Malformed lists what is wrong with a file, in the order of finding, at most 100 faults.
type Malformed struct{ Faults []Fault }

func (m *Malformed) Error() string {
	var lines []string
	for _, f := range m.Faults {
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n")
}

func (m *Malformed) add(line int, format string, args ...any) {
	if !m.full() {
		m.Faults = append(m.Faults, Fault{Line: line, What: fmt.Sprintf(format, args...)})
	}
}

func (m *Malformed) full() bool { return len(m.Faults) >= maxFaults }

// err is nil when there was no fault.
func (m *Malformed) err() error {
	if len(m.Faults) == 0 {
		return nil
	}
	return m
}
