package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"reflect"
	"strings"
	"sync"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/web/page"
)

// Refusals of a body, before any use case sees it.
var (
	errNotJSON = fault.New(fault.Invalid, "api.not_json")
	errBadJSON = fault.New(fault.Invalid, "api.bad_json")
	errUnknown = fault.New(fault.Invalid, "api.unknown_field")
	errType    = fault.New(fault.Invalid, "api.bad_type")
	errTime    = fault.New(fault.Invalid, "api.bad_time")
	errNumber  = fault.New(fault.Invalid, "api.bad_number")
	errNoFile  = fault.New(fault.Invalid, "api.no_file").On(fileField)
)

// fileField is the name of the part that carries a file.
const fileField = "file"

// Call is one request to an action.
type Call struct {
	*page.Visit
	action Action
	key    key
}

// after is where the wanted page begins.
func (c *Call) after() docstore.Cursor { return docstore.Cursor(c.Query("after")) }

// answer sends what an action returned.
func (c *Call) answer(out any, err error) error {
	switch {
	case err != nil:
		return err
	case c.action.Answer == nil:
		return c.Ctx.SendStatus(c.action.Status)
	}
	return c.JSON(c.action.Status, out)
}

// read decodes the body. Fields that the action does not know are refused by name, all at once: a client that
// misspells a field must not believe that it was obeyed.
func read[In any](c *Call) (In, error) {
	var in In
	body := bytes.TrimSpace(c.Ctx.Body())
	if len(body) == 0 {
		return in, nil
	}
	if media, _, err := mime.ParseMediaType(c.Ctx.Get("Content-Type")); err != nil || media != "application/json" {
		return in, errNotJSON
	}
	var raw any
	if err := json.Unmarshal(body, &raw); err != nil {
		return in, errBadJSON.Because(err)
	}
	if err := unknown(raw, reflect.TypeFor[In](), ""); err != nil {
		return in, err
	}
	err := json.Unmarshal(body, &in)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return in, errType.On(wrong.Field).With("field", wrong.Field).Because(err)
	}
	if err != nil {
		return in, errBadJSON.Because(err)
	}
	return in, nil
}

// kinds holds what kindsOf has found, for every struct that a call may carry.
var kinds sync.Map

// kindsOf returns the types of a struct's members by their names.
func kindsOf(t reflect.Type) map[string]reflect.Type {
	if found, ok := kinds.Load(t); ok {
		return found.(map[string]reflect.Type)
	}
	found := map[string]reflect.Type{}
	for _, f := range fieldsOf(t) {
		found[f.name] = f.kind
	}
	kinds.Store(t, found)
	return found
}

// unknown returns a fault for every member of a decoded body that the type does not have.
func unknown(raw any, t reflect.Type, path string) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var faults []error
	switch members := raw.(type) {
	case []any:
		if t.Kind() != reflect.Slice && t.Kind() != reflect.Array {
			return nil // the wrong type is told by the decoder
		}
		for i, m := range members {
			faults = append(faults, unknown(m, t.Elem(), fmt.Sprintf("%s[%d]", path, i)))
		}
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return nil
		}
		known := kindsOf(t)
		for name, m := range members {
			where := strings.TrimPrefix(path+"."+name, ".")
			if inner, ok := known[name]; ok {
				faults = append(faults, unknown(m, inner, where))
			} else {
				faults = append(faults, errUnknown.On(where).With("field", where))
			}
		}
	}
	return errors.Join(faults...)
}

// Upload is a file that was sent.
type Upload struct {
	Name string
	Data []byte
}

// upload reads the part "file". Its size is bounded by the address (web/limits.go) before it is read.
func (c *Call) upload() (Upload, error) {
	header, err := c.Ctx.FormFile(fileField)
	if err != nil {
		return Upload{}, errNoFile.Because(err)
	}
	file, err := header.Open()
	if err != nil {
		return Upload{}, errNoFile.Because(err)
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return Upload{}, fmt.Errorf("read the uploaded file: %w", err)
	}
	return Upload{Name: header.Filename, Data: data}, nil
}
