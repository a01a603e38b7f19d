package api

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/fault"
	"jushou/web/page"
)

// Problem is a refusal, RFC 9457.
type Problem struct {
	Type   string       `json:"type"`
	Title  string       `json:"title" doc:"The kind of refusal."`
	Status int          `json:"status"`
	Code   string       `json:"code" doc:"Stable name of the refusal, for programs."`
	Detail string       `json:"detail" doc:"A sentence for people: what happened and what to do next."`
	Fields []FieldFault `json:"fields,omitempty" doc:"Every fault of what was sent."`
	// Reference is read out to the operator to find the log line.
	Reference string `json:"reference" doc:"Names the request in the operator's log."`
}

// FieldFault is what is wrong with one field.
type FieldFault struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Refuse answers with a problem. It reports the error, once.
func Refuse(v *page.Visit, err error) error {
	problems := v.Refuse(err)
	p := Problem{
		Type: "about:blank", Title: fault.KindOf(err).String(), Status: problems.Status, Code: problems.Code,
		Detail: problems.Summary, Reference: v.ID,
	}
	for _, f := range fault.All(err) {
		if f.Field != "" {
			p.Fields = append(p.Fields, FieldFault{Field: f.Field, Code: f.Code, Detail: v.Sentence(f)})
		}
	}
	slices.SortStableFunc(p.Fields, func(a, b FieldFault) int { return strings.Compare(a.Field, b.Field) })
	p.Detail = detail(v, p)
	if err := v.JSON(p.Status, p); err != nil {
		return err
	}
	v.Ctx.Set(fiber.HeaderContentType, "application/problem+json; charset=utf-8")
	return nil
}

// detail replaces the sentence of a form, which points at words in red, by what is wrong.
func detail(v *page.Visit, p Problem) string {
	switch {
	case p.Detail != v.T("kind."+fault.Invalid.String()) || len(p.Fields) == 0:
		return p.Detail
	case len(p.Fields) == 1:
		return p.Fields[0].Detail
	}
	return v.T("api.several", "count", strconv.Itoa(len(p.Fields)))
}
