package page

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"jushou/web/view"
)

// frame returns the rendering frame of this visit.
func (v *Visit) frame() *view.Frame {
	f := v.site.Frame
	f.Now, f.Person = v.Now, &v.Person
	return &f
}

// T returns a sentence of the catalogue, for the few that a handler must choose.
func (v *Visit) T(key string, args ...string) string { return v.site.Frame.Words.T(key, args...) }

// Has reports whether the catalogue has a sentence for the key, for what is named by data that is older or newer than the words.
func (v *Visit) Has(key string) bool { return v.site.Frame.Words.Has(key) }

// Show answers 200 with a page.
func (v *Visit) Show(c templ.Component) error { return v.ShowAs(fiber.StatusOK, c) }

// ShowAs answers with a page and a status. The page is rendered into the response buffer, which is
// emptied if rendering fails: half a page never follows an error.
func (v *Visit) ShowAs(status int, c templ.Component) error {
	response := v.Ctx.Response()
	response.ResetBody()
	if err := view.Show(v.Context(), response.BodyWriter(), v.frame(), c); err != nil {
		response.ResetBody()
		return fmt.Errorf("render %s: %w", v.Ctx.Path(), err)
	}
	v.Ctx.Status(status)
	v.Ctx.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return nil
}

// Go sends the browser on to a path of this site after a post, with 303. A path that leaves the site
// becomes "/".
func (v *Visit) Go(path string) error {
	return v.Ctx.Redirect(SameSite(path), fiber.StatusSeeOther)
}

// toastLife is how long a toast waits for the page it is meant for.
const toastLife = time.Minute

// GoSaying is Go, and the next page shows a sentence of the catalogue once.
func (v *Visit) GoSaying(path, key string) error {
	v.Keep(ToastCookie, key, toastLife)
	return v.Go(path)
}

// JSON answers with a value as JSON, with Chinese and markup unescaped.
func (v *Visit) JSON(status int, value any) error {
	response := v.Ctx.Response()
	response.ResetBody()
	encoder := json.NewEncoder(response.BodyWriter())
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		response.ResetBody()
		return fmt.Errorf("encode the answer to %s: %w", v.Ctx.Path(), err)
	}
	v.Ctx.Status(status)
	v.Ctx.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return nil
}

// JSONBytes answers with JSON that was encoded before. The bytes are not changed.
func (v *Visit) JSONBytes(status int, body []byte) error {
	v.Ctx.Response().SetBodyRaw(body)
	v.Ctx.Status(status)
	v.Ctx.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return nil
}

// SameSite returns the path if it stays on this site, or "/". It refuses what browsers read as
// another host: "//host", "/\host", and control characters before them.
func SameSite(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
