package digest

import (
	"context"
	"strconv"
	"time"

	"jushou/deliberation/digest"
	"jushou/web/view"
)

// day says the day of an instant with its year, as paper needs it.
func day(ctx context.Context, at time.Time) string {
	at = view.Local(at)
	return view.T(ctx, "when.date", "year", strconv.Itoa(at.Year()), "month", strconv.Itoa(int(at.Month())), "day", strconv.Itoa(at.Day()))
}

// verdicts are the choices of an answer.
func verdicts(ctx context.Context) []view.Option {
	var all []view.Option
	for _, x := range digest.Verdicts() {
		all = append(all, view.Option{Value: string(x), Text: view.T(ctx, "digest.verdict_"+string(x))})
	}
	return all
}
