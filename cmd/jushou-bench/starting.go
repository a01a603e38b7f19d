package main

import (
	"context"
	"fmt"
	"time"
)

// idle is how long a started server is left alone before its memory is read.
const idle = 3 * time.Second

// starting measures N4: fresh processes until their first page, and what they hold when nobody asks.
func (b *bench) starting(ctx context.Context, d *district) error {
	var took []time.Duration
	var held []int64
	for round := range b.rounds {
		server, t, err := b.startReal(ctx, d)
		if err != nil {
			return err
		}
		if round == 0 {
			time.Sleep(idle)
			now, _, err := server.memory()
			if err != nil {
				return err
			}
			held = append(held, now)
		}
		if err := server.stop(); err != nil {
			return err
		}
		took = append(took, t)
	}
	b.raw["N4 start"], b.raw["N4 idle bytes"] = took, held
	b.note(finding{
		Item: "N4", What: fmt.Sprintf("start to first answered page, 10^%d topics", digits(d.topics)), Value: millis(median(took, itself)), Target: 1000, Stretch: 300, Unit: "ms",
	})
	b.note(finding{Item: "N4", What: "resident memory, idle", Value: mib(held[0]), Target: 80, Stretch: 50, Unit: "MiB"})
	return nil
}
