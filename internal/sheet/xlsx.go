package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads every worksheet that is shown. Values are taken raw: the displayed form of a telephone
// number may be 1.38E+10, the stored one has all its digits.
func readXLSX(data []byte) ([]Page, error) {
	if err := weigh(data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped,
		UnzipXMLSizeLimit: maxUnzipped, // equal: no personal data in temporary files
	})
	if err != nil {
		return nil, ErrDamaged.Because(err)
	}
	defer f.Close()
	files, err := worksheetFiles(f)
	if err != nil {
		return nil, ErrDamaged.Because(err)
	}
	var pages []Page
	for _, name := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(name); err != nil || !shown {
			continue
		}
		cells, err := readRows(f, name)
		if err != nil {
			return nil, err
		}
		if err := fillMerged(cells, part(f, files[name])); err != nil {
			return nil, ErrDamaged.Because(fmt.Errorf("merged cells of %q: %w", name, err))
		}
		pages = append(pages, Page{Name: name, Cells: cells})
	}
	return pages, nil
}

// weigh refuses a zip bomb by what its directory states; unpacking stops at the stated size.
func weigh(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ErrDamaged.Because(err)
	}
	var all uint64
	for _, f := range z.File {
		if all += min(f.UncompressedSize64, maxUnzipped+1); all > maxUnzipped {
			return ErrTooLarge.With("max", maxUnzipped>>20)
		}
	}
	return nil
}

// readRows streams a worksheet. A row or column far outside that holds nothing is formatting and is
// passed over; one that holds something is refused before it costs memory.
func readRows(f *excelize.File, name string) ([][]string, error) {
	rows, err := f.Rows(name)
	if err != nil {
		return nil, ErrDamaged.Because(err)
	}
	defer rows.Close()
	var cells [][]string
	for n := 1; rows.Next(); n++ {
		row, err := rows.Columns()
		if err != nil {
			return nil, ErrDamaged.Because(err).With("row", n)
		}
		row = trimmed(row)
		switch {
		case len(row) == 0:
			continue
		case n > MaxRows:
			return nil, ErrTooManyRows.With("sheet", name)
		case len(row) > MaxColumns:
			return nil, ErrTooManyColumns.With("sheet", name).With("row", n)
		}
		for len(cells) < n-1 {
			cells = append(cells, nil)
		}
		cells = append(cells, row)
	}
	return cells, nil
}

// worksheetFiles tells in which part of the package each worksheet is. The library knows but does not
// say, and its own list of merged cells would load the sheet as objects: a cell in column XFD of every row
// costs it 16,384 objects a row.
func worksheetFiles(f *excelize.File) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Any  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := errors.Join(unmarshal(part(f, "xl/workbook.xml"), &book), unmarshal(part(f, "xl/_rels/workbook.xml.rels"), &rels)); err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, r := range rels.Relationship {
		target[r.ID] = r.Target
		if !strings.HasPrefix(r.Target, "/") {
			target[r.ID] = path.Join("xl", r.Target)
		}
	}
	files := map[string]string{}
	for _, s := range book.Sheets {
		for _, a := range s.Any {
			if a.Name.Local == "id" {
				files[s.Name] = strings.TrimPrefix(target[a.Value], "/")
			}
		}
	}
	return files, nil
}

func unmarshal(data []byte, into any) error {
	if len(data) == 0 {
		return nil // another name than usual: the tables are read, merged cells are not filled
	}
	return xml.Unmarshal(data, into)
}

func part(f *excelize.File, name string) []byte {
	data, _ := f.Pkg.Load(name)
	b, _ := data.([]byte)
	return b
}

// fillMerged writes the first cell of each merged range into all of it, as far as the table reaches.
func fillMerged(cells [][]string, worksheet []byte) error {
	budget := MaxRows * MaxColumns // overlapping ranges are no way to keep us busy
	d := xml.NewDecoder(bytes.NewReader(worksheet))
	for {
		token, err := d.RawToken()
		if token == nil || err != nil {
			return nil // the end; a sheet that is broken XML was refused when its rows were read
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "mergeCell" {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local != "ref" {
				continue
			}
			if budget -= fill(cells, a.Value); budget < 0 {
				return errors.New("more merged cells than the sheet has")
			}
		}
	}
}

// fill spreads one range such as A3:B9 and returns how many cells it touched.
func fill(cells [][]string, ref string) int {
	first, last, ok := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !ok {
		return 1
	}
	left, top, err1 := excelize.CellNameToCoordinates(first)
	right, bottom, err2 := excelize.CellNameToCoordinates(last)
	if err1 != nil || err2 != nil || top > len(cells) || left > len(cells[top-1]) {
		return 1 // out of the table, or nothing to spread
	}
	text := cells[top-1][left-1]
	if strings.TrimSpace(text) == "" {
		return 1
	}
	right = min(right, MaxColumns)
	n := 0
	for y := top - 1; y < min(bottom, len(cells)); y++ {
		for len(cells[y]) < right && len(cells[y]) > 0 {
			cells[y] = append(cells[y], "")
		}
		for x := left - 1; x < min(right, len(cells[y])); x++ {
			cells[y][x] = text
			n++
		}
	}
	return n + 1
}
