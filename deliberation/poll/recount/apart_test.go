package recount_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// parsed reads the code of a folder that ships.
func parsed(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if len(files) < 3 {
		t.Fatalf("saw %d files in %s: %v", len(files), dir, fs.ErrNotExist)
	}
	return files
}

// TestNothingIsSharedButTypes: two counters that call the same code make the same mistakes.
func TestNothingIsSharedButTypes(t *testing.T) {
	t.Parallel()
	does := map[string]string{}
	for _, dir := range []string{"../rule", "../budget"} {
		for _, file := range parsed(t, dir) {
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Name.IsExported() && f.Name.Name != "Error" {
					does[f.Name.Name] = dir
				}
			}
		}
	}
	if does["Count"] == "" || does["Accept"] == "" {
		t.Fatalf("did not find what rule does: %v", does)
	}
	calls := 0
	for _, file := range parsed(t, ".") {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
				calls++
				if dir := does[sel.Sel.Name]; dir != "" {
					t.Errorf("recount calls %s, which is code of %s", sel.Sel.Name, dir)
				}
			}
			return true
		})
	}
	if calls < 50 {
		t.Fatalf("saw %d calls: the test looks at the wrong place", calls)
	}
}
