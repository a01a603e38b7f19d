package view

import (
	"strconv"

	"github.com/a-h/templ"
)

// StoredPhoto is a photo that was uploaded before its form was sent.
type StoredPhoto struct {
	ID, Thumb string
}

func csrfField(p *Person) templ.Component { return csrfInput(p.CSRF) }

func (f Input) id() string { return "f-" + f.Name }

func (f Input) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// attributes are those that an input and a text area share. The browser's own maxlength counts UTF-16
// units, so it is set with room, and the use case counts runes.
func (f Input) attributes() templ.Attributes {
	a := templ.Attributes{"id": f.id(), "name": f.Name}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("inputmode", f.Mode)
	set("autocomplete", f.Autocomplete)
	set("placeholder", f.Placeholder)
	if f.Rows > 0 {
		a["rows"] = strconv.Itoa(f.Rows)
		if f.Rows > 3 {
			a["class"] = "tall"
		}
	}
	if f.Max > 0 {
		a["data-max"] = strconv.Itoa(f.Max)
	}
	if f.Required {
		a["required"] = true
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.Error != "" || f.Hint != "" {
		a["aria-describedby"] = f.id() + "-note"
	}
	return a
}
