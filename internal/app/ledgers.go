package app

import (
	"bytes"
	"context"

	"jushou/internal/clock"
	"jushou/internal/photo"
	"jushou/projects/ledger"
)

// keepPaper keeps the picture of a paper of the demo's vouchers.
func (a *App) keepPaper(ctx context.Context, id string, picture []byte) error {
	made, err := a.shrink().Process(ctx, bytes.NewReader(picture))
	if err != nil {
		return err
	}
	return photo.Save(ctx, a.Photos, id, made)
}

// ledgersBy returns the use cases of funds and vouchers by a clock.
func (a *App) ledgersBy(c clock.Clock) *ledger.Service {
	return ledger.New(ledger.Deps{Ground: a.roomsBy(c), Calendar: a.days, Projects: grants{a.projectsBy(c), a.Directory}})
}
