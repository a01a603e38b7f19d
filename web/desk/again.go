package desk

import (
	"slices"
	"strings"

	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// againView is a form that came without a session or without a good token: what it held, ready to be sent again.
type againView struct {
	To       string
	Typed    []typed // what people write
	Carried  []typed // what goes along
	Problems view.Problems
}

// typed is one field of the form.
type typed struct{ Name, Value string }

// again shows a refused form with everything in it. Nothing of the page it came from is shown, because nobody is
// known who might see it.
func (p *Pages) again(v *page.Visit) error {
	shown := againView{To: v.Ctx.OriginalURL(), Problems: v.Refuse(identity.ErrSignIn)}
	for _, f := range sent(v) {
		switch {
		case f.Name == "_csrf" || f.Name == "phrase":
		case written(f.Name):
			shown.Typed = append(shown.Typed, f)
		default:
			shown.Carried = append(shown.Carried, f)
		}
	}
	return v.ShowAs(shown.Problems.Status, AgainPage(shown))
}

// written reports whether a field holds what somebody wrote.
func written(name string) bool {
	return slices.Contains([]string{"title", "body", "note", "reason", "why", "name"}, name)
}

// sent returns the fields of the form, by name.
func sent(v *page.Visit) []typed {
	var fields []typed
	if form, err := v.Ctx.MultipartForm(); err == nil {
		for name, values := range form.Value {
			for _, value := range values {
				fields = append(fields, typed{name, value})
			}
		}
	} else {
		v.Ctx.Request().PostArgs().VisitAll(func(name, value []byte) {
			fields = append(fields, typed{string(name), string(value)})
		})
	}
	slices.SortStableFunc(fields, func(a, b typed) int { return strings.Compare(a.Name, b.Name) })
	return fields
}
