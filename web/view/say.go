package view

import "strconv"

// Byline joins a name with what its owner is, or else with where they live: 居委干部 陈静, 林** 3号楼.
func Byline(name, title, building string) string {
	switch {
	case title != "":
		return title + " " + name
	case building != "":
		return name + " " + building
	}
	return name
}

// SquareMetres writes an area in 0.01 m²: 1,089.50 m².
func SquareMetres(area int64) string {
	return Grouped(uint64(max(area, 0)/100)) + "." + strconv.FormatInt(area%100/10, 10) + strconv.FormatInt(area%10, 10) + " m²"
}
