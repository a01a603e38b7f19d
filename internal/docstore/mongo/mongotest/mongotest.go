// Package mongotest gives tests a server that speaks MongoDB's protocol: the real one at
// JUSHOU_TEST_MONGO_URI or, without that, FerretDB, built once from the module beside this package and
// started on a free port.
package mongotest

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"jushou/internal/ids"
)

// URIVariable names a real MongoDB to test against.
const URIVariable = "JUSHOU_TEST_MONGO_URI"

// startTimeout bounds the start of the server; building it the first time takes longer and has no bound
// but the test's.
const startTimeout = 30 * time.Second

// Start returns the URI of a server without a database, and stops what it started when the test
// ends. Start one for many tests and give each a Database of its own.
func Start(t testing.TB) string {
	t.Helper()
	if uri := os.Getenv(URIVariable); uri != "" {
		return uri
	}
	binary, err := build()
	if err != nil {
		t.Fatalf("mongotest: build the server: %v", err)
	}
	cmd := exec.Command(binary, t.TempDir())
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("mongotest: start %s: %v", binary, err)
	}
	t.Cleanup(func() {
		stdin.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("mongotest: the server ended badly: %v", err)
		}
	})
	late := time.AfterFunc(startTimeout, func() { cmd.Process.Kill() })
	defer late.Stop()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("mongotest: the server did not start: %v", err)
	}
	return strings.TrimSpace(line)
}

// Database returns uri with the name of a fresh database, which is dropped when the test ends.
func Database(t testing.TB, uri string) string {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatalf("mongotest: %v", err)
	}
	name := "jushou_test_" + ids.New(time.Now())
	u.Path = "/" + name
	t.Cleanup(func() {
		if err := drop(u.String(), name); err != nil {
			t.Errorf("mongotest: drop %s: %v", name, err)
		}
	})
	return u.String()
}

func drop(uri, name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	client, err := mongo.Connect(ctx, options.Client().ApplyURI(uri))
	if err != nil {
		return err
	}
	defer client.Disconnect(ctx)
	return client.Database(name).Drop(ctx)
}

// build compiles the server unless a binary of the same sources is in the user's cache.
func build() (string, error) {
	here, err := exec.Command("go", "list", "-f", "{{.Dir}}", "jushou/internal/docstore/mongo/mongotest").Output()
	if err != nil {
		return "", fmt.Errorf("find the sources of the server: %w", err)
	}
	source := filepath.Join(strings.TrimSpace(string(here)), "..", "ferret")
	version, err := digest(source)
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	cache = filepath.Join(cache, "jushou-test")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	binary := filepath.Join(cache, "ferret-"+version)
	unlock, err := lock(binary + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if _, err := os.Stat(binary); err == nil {
		return binary, nil
	}
	part := binary + ".part"
	cmd := exec.Command("go", "build", "-o", part, ".")
	cmd.Dir = source
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return binary, os.Rename(part, binary)
}

// digest tells the server's sources and the compiler apart.
func digest(dir string) (string, error) {
	hash := sha256.New()
	fmt.Fprintln(hash, runtime.Version(), runtime.GOARCH)
	for _, pattern := range []string{"*.go", "go.*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return "", err
		}
		if len(files) == 0 {
			return "", fmt.Errorf("no %s in %s", pattern, dir)
		}
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				return "", err
			}
			fmt.Fprintln(hash, filepath.Base(name), len(content))
			hash.Write(content)
		}
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}
