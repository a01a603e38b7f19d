package api

import (
	"jushou/deliberation/catalogue"
	"jushou/internal/identity"
)

// catalogueTemplate gives an empty workbook with the headings that are read best.
func (a *Actions) catalogueTemplate(c *Call) ([]byte, error) {
	if !c.Actor.Known() {
		return nil, identity.ErrSignIn
	}
	return catalogue.Template()
}
