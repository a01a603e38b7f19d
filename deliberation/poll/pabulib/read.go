package pabulib

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxLine bounds a line, in bytes.
const MaxLine = 1 << 20

const byteOrderMark = "\uFEFF"

// Read reads a file and checks its form: sections, headers, the number of fields on each line. The error is
// *Malformed if the file is at fault.
func Read(r io.Reader) (*File, error) {
	p := &reader{file: &File{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), MaxLine)
	for lines.Scan() && !p.bad.full() {
		p.line++
		text := lines.Text()
		if p.line == 1 {
			text = strings.TrimPrefix(text, byteOrderMark)
		}
		p.take(strings.TrimRight(text, "\r"))
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		p.bad.add(p.line+1, "longer than %d bytes", MaxLine)
	} else if err != nil {
		return nil, fmt.Errorf("reading .pb file after line %d: %w", p.line, err)
	}
	p.finish()
	return p.file, p.bad.err()
}

// The sections, in the order that a file must have.
var sections = [...]string{"META", "PROJECTS", "VOTES"}

type reader struct {
	file    *File
	bad     Malformed
	line    int
	section int // how many sections have begun
	header  bool
}

func (p *reader) take(text string) {
	name := strings.ToUpper(strings.TrimSpace(text))
	switch {
	case name == "":
	case !utf8.ValidString(text):
		p.bad.add(p.line, "not UTF-8")
	case slices.Contains(sections[:], name):
		p.begin(name)
	case p.section == 0:
		p.bad.add(p.line, "expected META, found %q", clip(text))
	default:
		fields, closed := split(text)
		if !closed {
			p.bad.add(p.line, "a quotation mark is not closed")
			return
		}
		p.fields(fields)
	}
}

func (p *reader) begin(name string) {
	if p.section == len(sections) || sections[p.section] != name {
		p.bad.add(p.line, "section %s is out of order or there twice", name)
		return
	}
	if p.header {
		p.bad.add(p.line, "section %s has no header line", sections[p.section-1])
	}
	p.section++
	p.header = true
}

func (p *reader) fields(fields []string) {
	switch p.section {
	case 1:
		p.meta(fields)
	case 2:
		p.row(&p.file.Projects, fields, "project_id", "cost")
	case 3:
		p.row(&p.file.Votes, fields, "voter_id", "vote")
	}
}

func (p *reader) meta(fields []string) {
	key, value := fields[0], strings.Join(fields[1:], ";")
	if p.header {
		p.header = false
		if !strings.EqualFold(key, "key") {
			p.bad.add(p.line, "the header of META is \"key;value\", not %q", clip(key))
		}
		return
	}
	switch {
	case len(fields) < 2:
		p.bad.add(p.line, "META key %q has no value", clip(key))
	case key == "":
		p.bad.add(p.line, "META line without a key")
	case p.file.entry(key).Line != 0:
		p.bad.add(p.line, "META key %q is there already, on line %d", clip(key), p.file.entry(key).Line)
	default:
		p.file.Meta = append(p.file.Meta, Entry{Key: key, Value: value, Line: p.line})
	}
}

func (p *reader) row(t *Table, fields []string, needed ...string) {
	if p.header {
		p.header = false
		p.columns(t, fields, needed)
		return
	}
	if len(fields) != len(t.Columns) {
		p.bad.add(p.line, "%d fields where the header names %d columns", len(fields), len(t.Columns))
		return
	}
	t.Rows = append(t.Rows, Row{Line: p.line, Fields: fields})
}

func (p *reader) columns(t *Table, fields, needed []string) {
	t.Columns, t.Line = fields, p.line
	for i, c := range fields {
		if slices.Contains(fields[:i], c) {
			p.bad.add(p.line, "column %q is there twice", clip(c))
		}
	}
	for _, c := range needed {
		if t.column(c) < 0 {
			p.bad.add(p.line, "column %q is missing in %s", c, sections[p.section-1])
		}
	}
}

func (p *reader) finish() {
	last := max(p.line, 1)
	if p.bad.full() {
		return
	}
	if p.header {
		p.bad.add(last, "section %s has no header line", sections[p.section-1])
	}
	for _, name := range sections[p.section:] {
		p.bad.add(last, "the file ends without section %s", name)
	}
}

// split parts a line at its semicolons. A field that begins with a quotation mark runs to the next single
// one, and a doubled one inside stands for itself; closed is false if it does not end on this line.
func split(text string) (fields []string, closed bool) {
	for {
		text = strings.TrimLeft(text, " \t")
		if !strings.HasPrefix(text, `"`) {
			field, rest, more := strings.Cut(text, ";")
			fields = append(fields, strings.TrimSpace(field))
			if !more {
				return fields, true
			}
			text = rest
			continue
		}
		field, rest, ok := quoted(text[1:])
		if !ok {
			return fields, false
		}
		tail, rest, more := strings.Cut(rest, ";")
		fields = append(fields, strings.TrimSpace(field+tail))
		if !more {
			return fields, true
		}
		text = rest
	}
}

// quoted returns the text up to the closing quotation mark and what follows it.
func quoted(text string) (field, rest string, ok bool) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, `"`)
		b.WriteString(before)
		if !found {
			return "", "", false
		}
		if !strings.HasPrefix(after, `"`) {
			return b.String(), after, true
		}
		b.WriteByte('"')
		text = after[1:]
	}
}

// clip keeps a quotation from a file short.
func clip(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
