package page

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/fault"
	"jushou/web/view"
)

// Refusals that web itself makes.
var (
	ErrNotFound  = fault.New(fault.NotFound, "web.not_found")
	ErrMethod    = fault.New(fault.NotFound, "web.method")
	ErrTooLarge  = fault.New(fault.TooLarge, "web.too_large")
	ErrCrossSite = fault.New(fault.Denied, "web.cross_site")
	ErrStaleForm = fault.New(fault.Conflict, "web.stale_form")
	ErrSlowDown  = fault.New(fault.TooMany, "web.slow_down")
	ErrRequest   = fault.New(fault.Invalid, "web.bad_request")
)

// Status returns the HTTP status of a kind of refusal.
func Status(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return fiber.StatusUnprocessableEntity
	case fault.Unauthenticated:
		return fiber.StatusUnauthorized
	case fault.Denied:
		return fiber.StatusForbidden
	case fault.NotFound:
		return fiber.StatusNotFound
	case fault.Conflict, fault.TooLate:
		return fiber.StatusConflict
	case fault.TooMany:
		return fiber.StatusTooManyRequests
	case fault.TooLarge:
		return fiber.StatusRequestEntityTooLarge
	case fault.Unavailable:
		return fiber.StatusServiceUnavailable
	}
	return fiber.StatusInternalServerError
}

// Refuse reports an error once and returns what a form shows about it: a sentence per field and one for
// the whole. The handler then shows its form again with what the visitor typed:
//
//	if err := …; err != nil {
//		problems := v.Refuse(err)
//		return v.ShowAs(problems.Status, PostForm(form, problems))
//	}
func (v *Visit) Refuse(err error) view.Problems {
	if v.Stale {
		err = ErrStaleForm.Because(err)
	}
	v.retryAfter(err)
	reference := v.site.Report(v, err)
	problems := view.Problems{Status: Status(fault.KindOf(err)), Code: fault.CodeOf(err), SignIn: v.signIn(err)}
	for _, f := range fault.All(err) {
		sentence := v.site.Frame.Words.Fault(f)
		if f.Field == "" {
			problems.Summary = sentence
			continue
		}
		if problems.Fields == nil {
			problems.Fields = map[string]string{}
		}
		problems.Fields[f.Field] = sentence
	}
	if problems.Summary == "" {
		problems.Summary = v.T("kind." + fault.KindOf(err).String())
	}
	if fault.KindOf(err) == fault.Internal {
		problems.Reference = reference
	}
	return problems
}

// Sentence returns what a visitor reads about an error.
func (v *Visit) Sentence(err error) string {
	for _, f := range fault.All(err) {
		return v.site.Frame.Words.Fault(f)
	}
	return v.T("kind." + fault.Internal.String())
}

// signIn returns the address that signs the visitor in and comes back here, if that is what is missing.
func (v *Visit) signIn(err error) string {
	if fault.KindOf(err) != fault.Unauthenticated {
		return ""
	}
	next := v.Ctx.OriginalURL()
	if v.Ctx.Method() != fiber.MethodGet {
		next = v.cameFrom()
	}
	return SignIn(next)
}

// cameFrom returns the page a form was sent from.
func (v *Visit) cameFrom() string {
	from, err := url.Parse(v.Ctx.Get(fiber.HeaderReferer))
	if err != nil || from.Host != string(v.Ctx.Request().Host()) {
		return v.Ctx.Path()
	}
	return from.RequestURI()
}

// retryAfter tells clients when to come back, where the refusal knows it.
func (v *Visit) retryAfter(err error) {
	for _, f := range fault.All(err) {
		if f.Kind == fault.Unavailable {
			v.Ctx.Set(fiber.HeaderRetryAfter, "5")
		}
		if after, ok := f.Args["after"]; ok && f.Kind == fault.TooMany {
			v.Ctx.Set(fiber.HeaderRetryAfter, after)
		}
	}
}

// SlowDown is the refusal of a rate limit.
func SlowDown(after time.Duration) *fault.Error {
	seconds := int64((after + time.Second - 1) / time.Second)
	return ErrSlowDown.With("after", strconv.FormatInt(max(seconds, 1), 10))
}
