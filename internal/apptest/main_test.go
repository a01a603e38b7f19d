package apptest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

// wasBuilt says that a test asked for the program.
var wasBuilt atomic.Bool

// binary builds the program as it is shipped, once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	wasBuilt.Store(true)
	dir, err := os.MkdirTemp("", "jushou-binary-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "jushou")
	if out, err := exec.Command("go", "build", "-o", path, "jushou/cmd/jushou").CombinedOutput(); err != nil {
		return path, fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// built returns the path of the program.
func built(t *testing.T) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMain(m *testing.M) {
	code := m.Run()
	if wasBuilt.Load() {
		if path, err := binary(); err == nil {
			os.RemoveAll(filepath.Dir(path))
		}
	}
	os.Exit(code)
}
