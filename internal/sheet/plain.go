package sheet

import "strings"

// Plain returns a text that no spreadsheet takes for a formula, also after somebody has saved the table as CSV and opened it
// again: what begins like one gets an apostrophe in front (OWASP, CSV injection).
func Plain(text string) string {
	if strings.IndexAny(strings.TrimLeft(text, " "), "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + text
	}
	return text
}

// PlainRow makes every cell of a row Plain.
func PlainRow(cells ...string) []string {
	for i, c := range cells {
		cells[i] = Plain(c)
	}
	return cells
}
