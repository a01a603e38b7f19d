package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"jushou/internal/config"
	"jushou/notify"
	"jushou/wechat"
)

// Check is what an examination found about one part; Problem says what to do, "" if all is well.
type Check struct {
	Part    string
	Problem string
}

// Examine looks at settings, stores, the WeChat account and the calendar without starting anything.
func Examine(ctx context.Context, cfg config.Config) ([]Check, error) {
	a, err := New(ctx, cfg, Options{NoDemo: true})
	if err != nil {
		return nil, err
	}
	checks := []Check{
		{"store", problem(a.Store.Ping(ctx))},
		{"coordinator", problem(a.coord.Ping(ctx))},
		{"calendar", a.examineCalendar()},
	}
	if !cfg.Sandbox { // the simulator answers only while the program runs
		checks = append(checks, Check{"wechat", a.examineWeChat(ctx)})
	}
	return checks, errors.Join(a.Stop(ctx))
}

func problem(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// calendarNotice is how long before its data ends a calendar is reported.
const calendarNotice = 60 * 24 * time.Hour

func (a *App) examineCalendar() string {
	if !a.days.ExpiresWithin(a.Clock.Now(), calendarNotice) {
		return ""
	}
	return "ends on " + a.days.ValidThrough().String() + ": update the program, or Rounds on working days will stop"
}

// examineWeChat asks for the account's templates, which needs AppID, AppSecret and the IP list to be right.
func (a *App) examineWeChat(ctx context.Context) string {
	have, err := a.client.Templates(ctx)
	if err != nil {
		return err.Error()
	}
	var missing []string
	for _, want := range notify.Templates() {
		if !slices.ContainsFunc(have, func(t wechat.Template) bool { return t.Title == want.Title }) {
			missing = append(missing, want.Title)
		}
	}
	if len(missing) > 0 {
		return "the account lacks the templates " + strings.Join(missing, "、") + "; apply for them in the console"
	}
	return ""
}
