package demo

import (
	"context"
	_ "embed"
	"errors"
	"time"

	"jushou/deliberation/catalogue"
)

// list is the town's list of items: 22 departments and 220 items, which is the size such lists have (domain.md
// F79). What it says is invented.
//
//go:embed catalogue.csv
var list []byte

// catalogue brings the town's list of items and confirms it.
func (d *district) catalogue(ctx context.Context) error {
	if _, err := d.Catalogue.Current(ctx, townID); !errors.Is(err, catalogue.ErrNone) {
		return err
	}
	d.Clock.Set(d.start().Add(2 * time.Hour))
	town, err := d.persona(ctx, "town")
	if err != nil {
		return err
	}
	draft, err := d.Catalogue.PreviewImport(ctx, town, townID, townName+"任务清单.csv", list)
	if err != nil {
		return err
	}
	_, err = d.Catalogue.ConfirmImport(ctx, town, townID, draft.SHA256)
	return err
}
