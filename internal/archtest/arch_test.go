package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "jushou"

// source is one Go file of the tree.
type source struct {
	dir     string // slash path from the module's root
	name    string
	test    bool
	imports []string
	ast     *ast.File
	fset    *token.FileSet
}

// sources reads every Go file of this module. Modules of their own inside the tree (the test server for
// the MongoDB wire) and what the build writes are not ours to judge.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var found []source
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipDir(root, p, d.Name())
		}
		if strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_templ.go") {
			found = append(found, read(t, root, p))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func skipDir(root, p, name string) error {
	if p == root {
		return nil
	}
	if strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(p, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

func read(t *testing.T, root, p string) source {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, p, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	rel, err := filepath.Rel(root, p)
	if err != nil {
		t.Fatal(err)
	}
	rel = filepath.ToSlash(rel)
	s := source{dir: path.Dir(rel), name: rel, test: strings.HasSuffix(rel, "_test.go"), ast: file, fset: fset}
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		s.imports = append(s.imports, name)
	}
	return s
}

// roomOf returns the room a folder belongs to.
func roomOf(dir string) (room, bool) {
	best, ok := room{}, false
	for _, r := range plan {
		if within(dir, r.path) && len(r.path) > len(best.path) {
			best, ok = r, true
		}
	}
	return best, ok
}

func within(dir, top string) bool { return dir == top || strings.HasPrefix(dir, top+"/") }

func TestEveryPackageHasARoom(t *testing.T) {
	files := sources(t)
	if len(files) < 20 {
		t.Fatalf("saw %d files: the test looks at the wrong place", len(files))
	}
	for _, s := range files {
		if _, ok := roomOf(s.dir); !ok {
			t.Errorf("%s is in no room of the plan", s.name)
		}
	}
}

// TestImportsRunDownward looks at code that ships. Tests may look up, for they are read from outside.
func TestImportsRunDownward(t *testing.T) {
	seen := 0
	for _, s := range sources(t) {
		from, _ := roomOf(s.dir)
		for _, name := range s.imports {
			dir, ours := strings.CutPrefix(name, module+"/")
			if !ours || s.test {
				continue
			}
			seen++
			to, ok := roomOf(dir)
			if !ok {
				t.Errorf("%s imports %s, which is in no room", s.name, name)
			} else if to.path != from.path && to.floor >= from.floor {
				t.Errorf("%s (%s, floor %d) imports %s (floor %d)", s.name, from.path, from.floor, name, to.floor)
			}
		}
	}
	if seen < 20 {
		t.Fatalf("saw %d imports of our own packages: the test looks at the wrong place", seen)
	}
}

func TestFloorZeroUsesTheStandardLibraryOnly(t *testing.T) {
	for _, s := range sources(t) {
		if r, ok := roomOf(s.dir); !ok || r.floor != 0 || s.test {
			continue
		}
		for _, name := range s.imports {
			if first, _, _ := strings.Cut(name, "/"); strings.Contains(first, ".") {
				t.Errorf("%s imports %s", s.name, name)
			}
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, name := range s.imports {
			for library, rooms := range keep {
				if within(name, library) && !slices.ContainsFunc(rooms, func(r string) bool { return within(s.dir, r) }) {
					t.Errorf("%s imports %s, which lives in %v", s.name, name, rooms)
				}
			}
		}
	}
}

// TestRulesDoNotAskTheMachineForTheTime finds time.Now, time.Since and time.Until.
func TestRulesDoNotAskTheMachineForTheTime(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || !slices.ContainsFunc(timeless, func(r string) bool { return within(s.dir, r) }) {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				t.Errorf("%s asks time.%s", s.fset.Position(sel.Pos()), sel.Sel.Name)
			}
			return true
		})
	}
}

// TestNothingRegistersItself finds init functions and blank imports in code that ships: what a program
// consists of is written down in internal/app.
func TestNothingRegistersItself(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, d := range s.ast.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init function", s.name)
			}
		}
		for _, spec := range s.ast.Imports {
			if spec.Name != nil && spec.Name.Name == "_" && spec.Path.Value != `"time/tzdata"` && spec.Path.Value != `"embed"` && !strings.Contains(spec.Path.Value, "image/") {
				t.Errorf("%s imports %s for its side effects", s.name, spec.Path.Value)
			}
		}
	}
}
