package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"jushou/web/page"
)

// tree is a JSON object of the document.
type tree = map[string]any

// Document returns the OpenAPI 3.1 document of the table.
func Document() ([]byte, error) {
	parts := schemas{}
	problem := parts.component(reflect.TypeFor[Problem]())
	paths := tree{}
	for _, a := range Table() {
		path, ok := paths[Prefix+a.Path].(tree)
		if !ok {
			path = tree{}
			paths[Prefix+a.Path] = path
		}
		path[strings.ToLower(a.Method)] = parts.operation(a, problem)
	}
	return json.Marshal(tree{
		"openapi": "3.1.0",
		"info": tree{"title": "Jushou", "version": "1", "description": "Every action of a page as JSON. " +
			"Errors are RFC 9457 problems with a stable code; lists are paged by cursor; instants are RFC 3339 in UTC with milliseconds."},
		"servers":  []tree{{"url": "/"}},
		"security": []tree{{"session": []string{}}, {"bearer": []string{}}, {}},
		"paths":    paths,
		"components": tree{"schemas": parts, "securitySchemes": tree{
			"session": tree{"type": "apiKey", "in": "cookie", "name": page.SessionCookie},
			"bearer":  tree{"type": "http", "scheme": "bearer", "description": "The value of the session's cookie."},
		}},
	})
}

func (s schemas) operation(a Action, problem tree) tree {
	op := tree{"operationId": a.ID, "summary": a.Summary, "tags": []string{a.Tag}, "responses": s.responses(a, problem)}
	if p := parameters(a); len(p) > 0 {
		op["parameters"] = p
	}
	switch {
	case a.Body != nil:
		op["requestBody"] = tree{"required": needed(a.Body), "content": tree{"application/json": tree{"schema": s.sent(a.Body)}}}
	case a.File:
		op["requestBody"] = tree{"required": true, "content": tree{"multipart/form-data": tree{"schema": tree{
			"type": "object", "required": []string{fileField}, "properties": tree{fileField: tree{"type": "string", "contentMediaType": "application/octet-stream"}},
		}}}}
	}
	return op
}

// needed reports whether a body has members that must be there.
func needed(t reflect.Type) bool {
	return slices.ContainsFunc(fieldsOf(t), func(m member) bool { return m.required })
}

func parameters(a Action) []tree {
	var all []tree
	for _, name := range a.Parameters() {
		all = append(all, tree{"name": name, "in": "path", "required": true, "schema": tree{"type": "string"}})
	}
	for _, q := range a.Query {
		schema := tree{"type": "string"}
		if q.Number {
			schema["type"] = "integer"
		}
		if q.Values != nil {
			schema["enum"] = q.Values
		}
		all = append(all, tree{"name": q.Name, "in": "query", "description": q.Doc, "schema": schema})
	}
	if a.Keyed() {
		all = append(all, tree{"name": keyHeader, "in": "header", "schema": tree{"type": "string", "maxLength": maxKey},
			"description": "The same key with the same body has one effect and the first result."})
	}
	return all
}

// responses lists the answer and, by status, the refusals with their codes.
func (s schemas) responses(a Action, problem tree) tree {
	answer := tree{"description": http.StatusText(a.Status)}
	switch {
	case a.Answer != nil:
		answer["content"] = tree{"application/json": tree{"schema": s.of(a.Answer)}}
	case a.Media != "":
		answer["content"] = tree{a.Media: tree{"schema": tree{"type": "string", "contentMediaType": a.Media}}}
	}
	all := tree{strconv.Itoa(a.Status): answer}
	for status, codes := range byStatus(a.AllCodes()) {
		all[strconv.Itoa(status)] = tree{
			"description": strings.Join(codes, ", "),
			"content": tree{"application/problem+json": tree{"schema": tree{
				"allOf": []tree{problem, {"properties": tree{"code": tree{"enum": codes}}}},
			}}},
		}
	}
	return all
}

func byStatus(codes []string) map[int][]string {
	kinds, by := Kinds(), map[int][]string{}
	for _, code := range codes {
		status := page.Status(kinds[code])
		by[status] = append(by[status], code)
	}
	return by
}

// Codes that follow from what an action is.
const (
	everyCodes  = "internal seal.unsealable store.unavailable identity.session_ended web.bad_request"
	unsafeCodes = "web.slow_down web.cross_site web.too_large identity.bad_csrf store.conflict store.full"
	bodyCodes   = "api.not_json api.bad_json api.unknown_field api.bad_type"
	keyedCodes  = "api.bad_key api.key_reused"
)

// AllCodes returns every code with which the action may be refused, sorted.
func (a Action) AllCodes() []string {
	groups := append([]string{everyCodes}, a.Codes...)
	if a.Unsafe() {
		groups = append(groups, unsafeCodes)
	}
	if a.Keyed() {
		groups = append(groups, keyedCodes)
	}
	if a.Body != nil {
		groups = append(groups, bodyCodes)
	}
	if a.File {
		groups = append(groups, "api.no_file")
	}
	all := strings.Fields(strings.Join(groups, " "))
	sort.Strings(all)
	return slices.Compact(all)
}

// Serve answers with the document. It is made when somebody first asks: it takes some twelve megabytes for a moment, and most installations
// never show it.
func Serve() page.Handler {
	document := sync.OnceValues(Document)
	return func(v *page.Visit) error {
		text, err := document()
		if err != nil {
			return err
		}
		v.Ctx.Set("Content-Type", "application/json; charset=utf-8")
		return v.Ctx.Send(text)
	}
}
