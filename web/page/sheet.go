package page

import (
	"slices"
	"time"

	"jushou/internal/ids"
	"jushou/web/view"
)

// Sheet is what the forms of a page hold: after a refusal what was typed into one of them, otherwise their suggestions. The
// zero Sheet is a page that nobody has sent back yet.
type Sheet struct {
	form     string // which form was refused
	typed    map[string][]string
	Problems view.Problems
}

// RefuseForm is Refuse that keeps what was typed into the fields of one of the page's forms, and its token. Of a form with rows
// its handler keeps more.
func (v *Visit) RefuseForm(form string, err error, fields ...string) Sheet {
	s := Sheet{form: form, typed: map[string][]string{}, Problems: v.Refuse(err)}
	for _, name := range append(fields, "token") {
		all := v.Fields(name)
		if len(all) < 2 {
			all = []string{v.Field(name)}
		}
		s.typed[name] = all
	}
	return s
}

// Form returns the name of the form that was refused, "" if none was.
func (s Sheet) Form() string { return s.form }

// Status is what to answer with.
func (s Sheet) Status() int {
	if s.Problems.Status == 0 {
		return 200
	}
	return s.Problems.Status
}

// Open reports whether the form was refused and shall be open.
func (s Sheet) Open(form string) bool { return s.form == form && s.Problems.Any() }

// In returns the problems of a form.
func (s Sheet) In(form string) view.Problems {
	if s.form != form {
		return view.Problems{}
	}
	return s.Problems
}

// On returns the sentence about a field of a form.
func (s Sheet) On(form, field string) string { return s.In(form).On(field) }

// Value returns what stands in a field of a form.
func (s Sheet) Value(form, field, suggestion string) string {
	if s.form != form {
		return suggestion
	}
	return s.Typed(field)
}

// Typed returns what was typed into a field of the form that was refused.
func (s Sheet) Typed(field string) string {
	if said := s.typed[field]; len(said) > 0 {
		return said[0]
	}
	return ""
}

// Nth returns what was typed into the field of a form that stands in its n-th row, from 0.
func (s Sheet) Nth(form, field string, n int) string {
	if s.form != form || n >= len(s.typed[field]) {
		return ""
	}
	return s.typed[field][n]
}

// Has reports whether a box of a form is ticked.
func (s Sheet) Has(form, field, value string) bool {
	return s.form == form && slices.Contains(s.typed[field], value)
}

// Token returns the id of the document that a form makes: the refused one's again, or a new one.
func (s Sheet) Token(form string, now time.Time) string {
	if kept := s.Value(form, "token", ""); ids.Valid(kept) {
		return kept
	}
	return ids.New(now)
}
