package deliberation

import "jushou/internal/fault"

// Written takes what people type for one package: it cleans it, holds it to a bound in runes, and refuses in the package's
// own words.
type Written struct {
	// TooLong refuses a text over its bound; the field that it stands in is added.
	TooLong *fault.Error
	// NoReason refuses a reason that was left out, for Reason.
	NoReason *fault.Error
}

// Text cleans what was typed into a field, as Clean does.
func (w Written) Text(field, typed string, most int) (string, error) {
	typed = Clean(typed)
	return typed, Within(typed, most, w.TooLong.On(field))
}

// Line is Text on one line.
func (w Written) Line(field, typed string, most int) (string, error) {
	typed = Line(typed)
	return typed, Within(typed, most, w.TooLong.On(field))
}

// Reason is a line that has to be there, in the field "reason".
func (w Written) Reason(typed string, most int) (string, error) {
	reason, err := w.Line("reason", typed, most)
	if err == nil && reason == "" {
		err = w.NoReason
	}
	return reason, err
}
