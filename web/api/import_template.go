package api

import (
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
)

// importTemplate returns an empty workbook with the headings that an import understands best.
func (a *Actions) importTemplate(c *Call) ([]byte, error) {
	if !c.Actor.Known() {
		return nil, identity.ErrSignIn
	}
	return roster.Template()
}
