// Package former reads tables of projects of earlier years, as communities keep them in spreadsheets: XLSX or CSV, one row a project.
//
// Reading is pure. A file gives either records that may be taken as they are, or every fault at once, each with the row, the column
// and what to do; of a file with a single error nothing is taken. What becomes of the records is for package projects.
//
// The columns are data (columns.json): their headings, which are needed, an example and how they are filled in. The template, the
// reader and its complaints follow from them.
package former
