package hall

import (
	_ "embed"
	"encoding/json"
	"slices"
)

//go:embed templates.json
var templatesJSON []byte

// Template prepares a session about a matter that comes up everywhere: the question, what law and fire safety
// fix, the usual options, and the facts that people ask for. Staff change all of it before they open the session.
type Template struct {
	Key        string   `json:"key"`
	Name       string   `json:"name"`
	Question   string   `json:"question"`
	Background string   `json:"background"`
	Fixed      string   `json:"fixed"`
	Open       string   `json:"open"`
	Options    []string `json:"options"`
	Facts      []string `json:"facts"`
}

// Templates returns the templates that ship with the product.
func Templates() []Template {
	var all []Template
	if err := json.Unmarshal(templatesJSON, &all); err != nil {
		panic("hall: embedded templates: " + err.Error())
	}
	return all
}

// TemplateOf returns the template with the key; ok is false if there is none.
func TemplateOf(key string) (t Template, ok bool) {
	all := Templates()
	i := slices.IndexFunc(all, func(t Template) bool { return t.Key == key })
	if i < 0 {
		return Template{}, false
	}
	return all[i], true
}

func checkTemplate(key string) error {
	if _, ok := TemplateOf(key); key != "" && !ok {
		return errTemplate.With("template", key)
	}
	return nil
}
