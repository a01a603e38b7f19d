package api

import (
	"jushou/deliberation/catalogue"
	"jushou/internal/community"
)

// Department is one of a town's departments.
type Department struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// CatalogueItem is one thing that may be the matter.
type CatalogueItem struct {
	Key         string   `json:"key"`
	Class       string   `json:"class,omitempty"`
	Name        string   `json:"name"`
	Department  string   `json:"department" doc:"The key of the department whose matter it is."`
	Standard    string   `json:"standard" doc:"When the matter is settled."`
	AcceptDays  int      `json:"accept_days,omitempty" doc:"Working days; left out for the town's ordinary term."`
	ResolveDays int      `json:"resolve_days,omitempty" doc:"Working days; left out for the town's ordinary term."`
	Keywords    []string `json:"keywords"`
}

// Catalogue is one version of a town's list.
type Catalogue struct {
	Town        community.ID    `json:"town"`
	Version     int             `json:"version"`
	At          Instant         `json:"at"`
	By          string          `json:"by"`
	Departments []Department    `json:"departments"`
	Items       []CatalogueItem `json:"items" doc:"Those that were asked for."`
}

func showItem(i catalogue.Item) CatalogueItem {
	return CatalogueItem{
		Key: i.Key, Class: i.Class, Name: i.Name, Department: i.Department, Standard: i.Standard,
		AcceptDays: i.AcceptDays, ResolveDays: i.ResolveDays, Keywords: append([]string{}, i.Keywords...),
	}
}

func showCatalogue(c catalogue.Catalogue, items []catalogue.Item) Catalogue {
	return Catalogue{
		Town: c.Town, Version: c.Version, At: instant(c.At), By: c.ByName,
		Departments: each(c.Departments, func(d catalogue.Department) Department { return Department(d) }), Items: each(items, showItem),
	}
}

// readCatalogue shows the list that holds now.
func (a *Actions) readCatalogue(c *Call) (Catalogue, error) {
	found, err := a.Catalogue.See(c.Context(), c.Actor, nodeOf(c))
	if err != nil {
		return Catalogue{}, err
	}
	return showCatalogue(found, found.Search(c.Query("q"), c.Query("department"))), nil
}
