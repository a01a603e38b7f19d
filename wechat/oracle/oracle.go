// Package oracle lets WeChat implementations that are not ours judge ours in tests.
//
// package.json pins them exactly: wechat-crypto answers for signatures and ciphers (crypt.js), co-wechat-api
// plays a foreign app against the simulator (conformance.js). Nothing of them ships. The lock file
// names no registry, so the installation uses whichever one npm is configured with.
package oracle

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// NoSkip is the environment variable that turns a skipped oracle into a failed test.
const NoSkip = "JUSHOU_TEST_NO_SKIP"

// Dir returns the folder with the scripts, after installing their packages once if they are missing.
// Without node or npm the test is skipped, or fails if NoSkip is 1. Run the scripts with this folder as
// the working directory. Tests of several packages may call it at the same time.
func Dir(t testing.TB) string {
	t.Helper()
	dir := folder(t)
	if installed(dir) {
		return dir
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			miss(t, tool+" is not installed: npm's WeChat packages did not judge ours")
		}
	}
	install(t, dir)
	return dir
}

func miss(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv(NoSkip) == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// folder finds wechat/oracle from the package under test, upwards.
func folder(t testing.TB) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, "wechat", "oracle")
		}
		up := filepath.Dir(at)
		if up == at {
			t.Fatal("oracle: no go.mod above the test")
		}
		at = up
	}
}

// installed looks for what npm writes last.
func installed(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json"))
	return err == nil
}

// install runs npm ci in a folder of its own and moves the result into place in one step, so that two test
// binaries installing at once never see half of it.
func install(t testing.TB, dir string) {
	t.Helper()
	work, err := os.MkdirTemp(dir, ".install-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(work)
	for _, name := range []string{"package.json", "package-lock.json", ".npmrc"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(work, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ci := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts")
	ci.Dir = work
	if out, err := ci.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	err = os.Rename(filepath.Join(work, "node_modules"), filepath.Join(dir, "node_modules"))
	if err != nil && !errors.Is(err, fs.ErrExist) && !installed(dir) {
		t.Fatal(err)
	}
}
