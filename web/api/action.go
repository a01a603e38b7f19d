package api

import (
	"net/http"
	"reflect"
	"regexp"
	"strings"

	"jushou/web/page"
)

// Prefix stands before every path of the table.
const Prefix = "/api/v1"

// Action is a row of the table: one thing a program may ask.
type Action struct {
	// ID is the operationId of the document.
	ID string
	// Method and Path; a part of the path in braces is a parameter: "/topics/{topic}".
	Method, Path string
	Summary      string
	// Tag groups actions in the document.
	Tag string
	// Query lists the arguments behind the path's question mark.
	Query []Argument
	// Body is the type that is sent as JSON; nil for none.
	Body reflect.Type
	// File is set where one file is sent as multipart/form-data.
	File bool
	// Answer is the type that is answered as JSON; nil for none.
	Answer reflect.Type
	// Media is the type of an answer that is a file.
	Media  string
	Status int
	// Codes are the refusals of this action, besides those every action may make.
	Codes []string

	run func(*Actions, *Call) error
}

// Argument is one argument behind the question mark.
type Argument struct {
	Name, Doc string
	// Values lists what it may be; nil for anything.
	Values []string
	// Number is set for a whole number.
	Number bool
}

// nothing is the answer of actions that answer 204.
type nothing struct{}

// asks is a row without a body. line is "GET /topics/{topic}".
func asks[Out any](id, line, summary string, do func(*Actions, *Call) (Out, error)) Action {
	a := row[Out](id, line, summary)
	a.run = func(all *Actions, c *Call) error {
		out, err := do(all, c)
		return c.answer(out, err)
	}
	return a
}

// shares is asks for what many callers get the same bytes of: kept answers those, and reports whether it has.
func shares[Out any](id, line, summary string, kept func(*Actions, *Call) (bool, error), do func(*Actions, *Call) (Out, error)) Action {
	a := asks(id, line, summary, do)
	own := a.run
	a.run = func(all *Actions, c *Call) error {
		if answered, err := kept(all, c); answered || err != nil {
			return err
		}
		return own(all, c)
	}
	return a
}

// sends is a row whose body is an In.
func sends[In, Out any](id, line, summary string, do func(*Actions, *Call, In) (Out, error)) Action {
	a := row[Out](id, line, summary)
	a.Body = reflect.TypeFor[In]()
	a.run = func(all *Actions, c *Call) error {
		in, err := read[In](c)
		if err != nil {
			return err
		}
		out, err := do(all, c, in)
		return c.answer(out, err)
	}
	return a
}

// uploads is a row to which one file is sent.
func uploads[Out any](id, line, summary string, do func(*Actions, *Call, Upload) (Out, error)) Action {
	a := row[Out](id, line, summary)
	a.File = true
	a.run = func(all *Actions, c *Call) error {
		file, err := c.upload()
		if err != nil {
			return err
		}
		out, err := do(all, c, file)
		return c.answer(out, err)
	}
	return a
}

// gives is a row that answers with a file of a media type.
func gives(id, line, summary, media string, do func(*Actions, *Call) ([]byte, error)) Action {
	a := row[nothing](id, line, summary)
	a.Media, a.Status = media, http.StatusOK
	a.run = func(all *Actions, c *Call) error {
		file, err := do(all, c)
		if err != nil {
			return err
		}
		c.Ctx.Set("Content-Type", media)
		return c.Ctx.Send(file)
	}
	return a
}

func row[Out any](id, line, summary string) Action {
	method, path, _ := strings.Cut(line, " ")
	a := Action{ID: id, Method: method, Path: path, Summary: summary, Answer: reflect.TypeFor[Out](), Status: http.StatusOK}
	if a.Answer == reflect.TypeFor[nothing]() {
		a.Answer, a.Status = nil, http.StatusNoContent
	}
	return a
}

// created says that the action makes something: 201.
func (a Action) created() Action {
	a.Status = http.StatusCreated
	return a
}

// with adds arguments behind the question mark.
func (a Action) with(q ...Argument) Action {
	a.Query = append(a.Query, q...)
	return a
}

// paged adds the cursor.
func (a Action) paged() Action {
	return a.with(Argument{Name: "after", Doc: "The next of the page before; left out for the first page."}).refuses("store.bad_cursor")
}

// refuses adds codes; each argument may name several, separated by spaces.
func (a Action) refuses(codes ...string) Action {
	for _, some := range codes {
		a.Codes = append(a.Codes, strings.Fields(some)...)
	}
	return a
}

// Unsafe reports whether the action changes something.
func (a Action) Unsafe() bool { return a.Method != http.MethodGet }

// Keyed reports whether the action takes an Idempotency-Key.
func (a Action) Keyed() bool { return a.Method == http.MethodPost }

var parameter = regexp.MustCompile(`\{(\w+)\}`)

// Route returns the address as the router writes it: /api/v1/topics/:topic.
func (a Action) Route() string { return Prefix + parameter.ReplaceAllString(a.Path, ":$1") }

// Parameters lists the names in the path.
func (a Action) Parameters() []string {
	var names []string
	for _, m := range parameter.FindAllStringSubmatch(a.Path, -1) {
		names = append(names, m[1])
	}
	return names
}

// Handler returns the row as a handler.
func (all *Actions) Handler(a Action) page.Handler {
	return func(v *page.Visit) error {
		c := &Call{Visit: v, action: a}
		if a.Keyed() {
			if err := all.open(c); err != nil {
				return err
			}
		}
		if err := a.run(all, c); err != nil {
			return err
		}
		all.close(c)
		return nil
	}
}
