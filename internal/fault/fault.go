// Package fault is the vocabulary of refusal.
//
// Every package below web returns plain errors; those that a person can do something about are a
// *Error with a Kind (what sort of refusal), a stable Code (which sentence of the catalogue to show)
// and, for forms, the Field it belongs to. The package knows no HTTP and no language: web turns a Kind
// into a status and a Code into words. An error that carries no *Error is Internal, and its text is
// never shown to a visitor.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"strings"
)

// Kind says what sort of refusal an error is. The zero Kind is Internal, so an error nobody
// classified can never be mistaken for the visitor's mistake.
type Kind uint8

const (
	// Internal is our own failure. Its text stays in the log.
	Internal Kind = iota
	// Invalid is input that breaks a rule; the visitor can correct it.
	Invalid
	// Unauthenticated means we do not know who is asking.
	Unauthenticated
	// Denied means we know who is asking and the permission table says no.
	Denied
	// NotFound means there is no such thing, or none that this person may know of.
	NotFound
	// Conflict means somebody else changed the thing first, or it exists already.
	Conflict
	// TooLate means the instant for this has passed.
	TooLate
	// TooMany means a rate limit; Args["after"] says when to try again where it is known.
	TooMany
	// TooLarge means the input is larger than the bound that Args["max"] names.
	TooLarge
	// Unavailable means a part we need does not answer; trying again may help.
	Unavailable
)

var kindNames = [...]string{
	Internal: "internal", Invalid: "invalid", Unauthenticated: "unauthenticated", Denied: "denied",
	NotFound: "not_found", Conflict: "conflict", TooLate: "too_late", TooMany: "too_many",
	TooLarge: "too_large", Unavailable: "unavailable",
}

// String returns the name used in logs and in problem+json types.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "internal"
}

// Args are the values a catalogue sentence names, for example {"max": "60"}.
type Args map[string]string

// Error is one refusal. Build it with New and the chaining methods; each returns a copy, so a
// package may keep a prototype in a variable and add arguments where it refuses.
type Error struct {
	Kind  Kind
	Code  string // stable, dotted, lower case: "topic.title_too_long"
	Field string // the form field it belongs to, or ""
	Args  Args
	Err   error // the cause, for the log only
}

// New returns an Error of the kind with the code.
func New(kind Kind, code string) *Error { return &Error{Kind: kind, Code: code} }

// On names the form field at fault.
func (e *Error) On(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// With adds an argument for the catalogue sentence.
func (e *Error) With(name string, value any) *Error {
	c := *e
	c.Args = maps.Clone(e.Args)
	if c.Args == nil {
		c.Args = Args{}
	}
	c.Args[name] = fmt.Sprint(value)
	return &c
}

// Because records the cause. The cause is logged and never shown.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// Error is for logs: kind, code, field, arguments and cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	b.WriteString(": ")
	b.WriteString(e.Code)
	if e.Field != "" {
		b.WriteString(" on ")
		b.WriteString(e.Field)
	}
	if len(e.Args) > 0 {
		fmt.Fprintf(&b, " %v", map[string]string(e.Args))
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an *Error with the same Code, so that
// errors.Is(err, topic.ErrClosed) works on copies that carry arguments.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// When returns refusal where bad holds, and nil otherwise: one line of a list of rules.
func When(bad bool, refusal *Error) error {
	if bad {
		return refusal
	}
	return nil
}

// KindOf returns the Kind of the first *Error in err's tree, or Internal. KindOf(nil) is Internal too:
// ask only about errors.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// CodeOf returns the Code of the first *Error in err's tree, or "internal".
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return "internal"
}

// All returns every *Error in err's tree, outermost first, so that a form can show a sentence
// beside each field after errors.Join of all its faults.
func All(err error) []*Error {
	switch e := err.(type) {
	case nil:
		return nil
	case *Error:
		return []*Error{e}
	case interface{ Unwrap() []error }:
		var all []*Error
		for _, inner := range e.Unwrap() {
			all = append(all, All(inner)...)
		}
		return all
	case interface{ Unwrap() error }:
		return All(e.Unwrap())
	}
	return nil
}
