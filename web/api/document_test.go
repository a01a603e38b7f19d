package api_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"jushou/internal/clock"
	"jushou/internal/fault"
	"jushou/web"
	"jushou/web/api"
	"jushou/web/words"
)

// document loads the document as a stranger would and checks it against the specification.
func document(t *testing.T) *openapi3.T {
	t.Helper()
	text, err := api.Document()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheDocumentIsValid(t *testing.T) {
	t.Parallel()
	doc := document(t)
	if doc.OpenAPI != "3.1.0" {
		t.Errorf("version %q", doc.OpenAPI)
	}
	seen := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if before, twice := seen[op.OperationID]; twice {
				t.Errorf("%s is %s %s and %s", op.OperationID, method, path, before)
			}
			seen[op.OperationID] = method + " " + path
		}
	}
	if len(seen) != len(api.Table()) || len(seen) < 50 {
		t.Errorf("%d operations, %d actions", len(seen), len(api.Table()))
	}
}

// TestRoutesAndDocumentAgree asks the server itself what it answers.
func TestRoutesAndDocumentAgree(t *testing.T) {
	t.Parallel()
	s, err := web.New(web.Deps{Clock: clock.System{}, BaseURL: "http://example.com", Heads: nowhere{}, Limits: nowhere{}, Log: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	routed := map[string]bool{}
	for _, r := range s.App().GetRoutes(true) {
		if strings.HasPrefix(r.Path, api.Prefix+"/") && r.Method != "HEAD" && r.Path != api.Prefix+"/openapi.json" {
			routed[r.Method+" "+r.Path] = true
		}
	}
	colon := regexp.MustCompile(`\{(\w+)\}`)
	documented := 0
	for path, item := range document(t).Paths.Map() {
		for method := range item.Operations() {
			documented++
			at := method + " " + colon.ReplaceAllString(path, ":$1")
			if !routed[at] {
				t.Errorf("%s is documented and leads nowhere", at)
			}
			delete(routed, at)
		}
	}
	for at := range routed {
		t.Errorf("%s is not documented", at)
	}
	if documented == 0 {
		t.Fatal("nothing is documented")
	}
}

// TestCodesHaveTheirKindAndSentence holds the list of codes against the places where refusals are made.
func TestCodesHaveTheirKindAndSentence(t *testing.T) {
	t.Parallel()
	made := refusals(t)
	catalogue, err := words.Load(words.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	kinds, used := api.Kinds(), map[string]bool{}
	for _, a := range api.Table() {
		for _, code := range a.AllCodes() {
			used[code] = true
			if _, ok := kinds[code]; !ok {
				t.Errorf("%s: no kind for %s", a.ID, code)
			}
		}
	}
	for code, kind := range kinds {
		if !used[code] {
			t.Errorf("%s belongs to no action", code)
		}
		if code == "internal" {
			continue
		}
		if made[code] != strings.ReplaceAll(kind.String(), "_", "") {
			t.Errorf("%s is made as %q, listed as %s", code, made[code], kind)
		}
		if !catalogue.Has("fault."+code) && kind != fault.Internal && !strings.HasPrefix(code, "store.") {
			t.Errorf("no sentence for %s", code)
		}
	}
	if kinds["internal"] != fault.Internal {
		t.Error("an error that nobody classified is internal")
	}
}

// refusals finds the kind of every code in the source, lower case and without underscores.
func refusals(t *testing.T) map[string]string {
	t.Helper()
	pattern, made := regexp.MustCompile(`fault\.New\(fault\.(\w+),\s*"([^"]+)"\)`), map[string]string{}
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
			made[m[2]] = strings.ToLower(m[1])
		}
		return err
	})
	if err != nil || len(made) < 50 {
		t.Fatalf("found %d codes: %v", len(made), err)
	}
	return made
}
