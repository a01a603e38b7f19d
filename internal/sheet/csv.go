package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"
)

// readCSV reads a text table: UTF-8 with or without a byte order mark, UTF-16 with one, or GB18030, which
// is what Excel writes on a Chinese computer.
func readCSV(data []byte) ([]Page, error) {
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) {
		return nil, ErrNotATable // a web page with the name of a table
	}
	cells, err := records(text)
	if err != nil {
		return nil, err
	}
	return []Page{{Cells: cells}}, nil
}

// decode returns the text as UTF-8 without a mark.
func decode(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		text, err := textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return nil, ErrEncoding.Because(err)
		}
		data = text
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, ErrNotATable
	}
	if utf8.Valid(data) {
		return data, nil
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return nil, ErrEncoding.Because(err)
	}
	return text, nil
}

// records splits the text into rows. The reader skips empty lines, the spreadsheet counts them: they
// are put back, so that row 17 of a complaint is row 17 on the screen. A line break inside a cell is no row.
func records(text []byte) ([][]string, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = delimiter(text)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	var rows [][]string
	for from := int64(0); ; from = r.InputOffset() {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return TrimRows(rows), nil
		}
		if err != nil {
			return nil, ErrDamaged.Because(err)
		}
		for range emptyLines(text[from:r.InputOffset()]) {
			rows = append(rows, nil)
		}
		rows = append(rows, trimmed(record))
		if len(trimmed(record)) > 0 && len(rows) > MaxRows {
			return nil, ErrTooManyRows
		}
	}
}

// emptyLines counts the line ends in front of a record.
func emptyLines(raw []byte) int {
	n := 0
	for {
		raw = bytes.TrimPrefix(raw, []byte("\r"))
		if len(raw) == 0 || raw[0] != '\n' {
			return n
		}
		raw = raw[1:]
		n++
	}
}

// delimiter is the one of comma, tab and semicolon that the first lines have most of.
func delimiter(text []byte) rune {
	head := string(text[:min(len(text), 4096)])
	best := ','
	for _, d := range "\t;" {
		if strings.Count(head, string(d)) > strings.Count(head, string(best)) {
			best = d
		}
	}
	return best
}
