package api

import (
	"jushou/internal/identity/roster"
)

// Fault is one complaint about one cell or row of a file.
type Fault struct {
	Sheet    string            `json:"sheet,omitempty" doc:"The worksheet; left out for CSV."`
	Row      int               `json:"row,omitempty" doc:"As the spreadsheet counts; left out for the whole sheet."`
	Letter   string            `json:"letter,omitempty" doc:"Of the column."`
	Column   roster.Column     `json:"column,omitempty"`
	Code     string            `json:"code"`
	Args     map[string]string `json:"args,omitempty"`
	Severity roster.Severity   `json:"severity" doc:"Nothing is imported while there is an error."`
	Detail   string            `json:"detail"`
}

// importFaults lists the first faults of an import, errors first.
func (a *Actions) importFaults(c *Call) (Page[Fault], error) {
	found, err := a.Roster.Faults(c.Context(), c.Actor, c.Param("import"))
	if err != nil {
		return Page[Fault]{}, err
	}
	return pageOf(found, "", func(f roster.Fault) Fault {
		return Fault{
			Sheet: f.Sheet, Row: f.Row, Letter: f.Letter, Column: f.Column, Code: f.Code, Args: f.Args, Severity: f.Severity, Detail: c.faultText(f),
		}
	}), nil
}

// faultText returns what staff read about a fault of a file.
func (c *Call) faultText(f roster.Fault) string {
	return c.Sentence(rowFault(f))
}
