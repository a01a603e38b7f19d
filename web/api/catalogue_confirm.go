package api

import "jushou/internal/community"

// CatalogueConfirmation names the upload that is meant.
type CatalogueConfirmation struct {
	SHA256 string `json:"sha256"`
}

// confirmCatalogue makes the caller's draft the town's list. Sent twice it is one version.
func (a *Actions) confirmCatalogue(c *Call, in CatalogueConfirmation) (Catalogue, error) {
	made, err := a.Catalogue.ConfirmImport(c.Context(), c.Actor, community.ID(c.Param("town")), in.SHA256)
	if err != nil {
		return Catalogue{}, err
	}
	return showCatalogue(made, made.Items), nil
}
