package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
)

// writeCounted writes the election with the rule that was counted and its winners marked, as a .pb file that others can
// check. It never replaces a file.
func writeCounted(path string, file *pabulib.File, e *budget.Election, res *budget.Result) error {
	number := func(key string) int {
		n, err := strconv.Atoi(file.Get(key))
		if err != nil {
			return 0 // absent, or not a number: the format does without
		}
		return n
	}
	about := pabulib.About{
		Description: file.Get("description"), Country: file.Get("country"), Unit: file.Get("unit"), Subunit: file.Get("subunit"),
		Instance: file.Get("instance"), VoteType: file.Get("vote_type"), Rule: res.Rule,
		DateBegin: file.Get("date_begin"), DateEnd: file.Get("date_end"), Language: file.Get("language"), Currency: file.Get("currency"),
		MaxLength: number("max_length"), MaxPoints: number("max_points"), MaxSumPoints: number("max_sum_points"),
		Threshold: number("min_project_score_threshold"),
	}
	counted, err := pabulib.Export(about, e, projectNames(file), res.Winners)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write the counted election: %w", err)
	}
	return errors.Join(pabulib.Write(out, counted), out.Close())
}

// projectNames returns the names of the file's projects in their order, empty where it has none.
func projectNames(file *pabulib.File) []string {
	column := slices.Index(file.Projects.Columns, "name")
	names := make([]string, len(file.Projects.Rows))
	for i, row := range file.Projects.Rows {
		if column >= 0 && column < len(row.Fields) {
			names[i] = row.Fields[column]
		}
	}
	return names
}
