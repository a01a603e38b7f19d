package app

import (
	"jushou/internal/clock"
	"jushou/projects/ledger"
)

// ledgersBy returns the use cases of funds and vouchers by a clock.
func (a *App) ledgersBy(c clock.Clock) *ledger.Service {
	return ledger.New(ledger.Deps{Ground: a.roomsBy(c), Communities: a.Directory, Calendar: a.days})
}
