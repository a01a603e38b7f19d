package api

import (
	"jushou/internal/fault"
	"jushou/internal/identity/roster"
)

// workbook is the media type of XLSX.
const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// importCorrections returns the file as a workbook in which every bad cell is marked and says what is wrong.
func (a *Actions) importCorrections(c *Call) ([]byte, error) {
	return a.Roster.Corrections(c.Context(), c.Actor, c.Param("import"), c.faultText)
}

// rowFault is a fault of a row as the catalogue words it.
func rowFault(f roster.Fault) *fault.Error {
	return &fault.Error{Kind: fault.Invalid, Code: f.Code, Args: f.Args}
}
