package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	gopath "path"
	"path/filepath"
	"strings"
	"time"
)

// Outcomes that are not the log's own fault, and the one that is.
var (
	// ErrWrong means that the log does not hold: it contradicts itself, its signature, or an earlier checkpoint.
	ErrWrong = errors.New("the log is wrong")
	// ErrUnreachable means that it could not be read, or its copy not be written.
	ErrUnreachable = errors.New("nothing can be said about the log")
	// errMissing means that a file is not there.
	errMissing = errors.New("not there")
)

// Source is where the files of a log are read from.
type Source interface {
	// Read returns a file of at most most bytes. It wraps errMissing or ErrUnreachable.
	Read(ctx context.Context, path string, most int) ([]byte, error)
	// String names the source for people.
	String() string
}

// Open returns the source at an address or in a folder.
func Open(place string) (Source, error) {
	if strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://") {
		u, err := url.Parse(strings.TrimRight(place, "/"))
		if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return nil, fmt.Errorf("%w: %q is not an address", ErrUnreachable, place)
		}
		at := site{prefix: u.String(), client: &http.Client{Timeout: time.Minute}}
		u.Path = gopath.Dir("/" + strings.TrimPrefix(u.Path, "/"))
		at.beside = strings.TrimRight(u.String(), "/")
		return at, nil
	}
	info, err := os.Stat(place)
	if err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%w: %q is neither an address nor a folder", ErrUnreachable, place)
	}
	return Dir(place), nil
}

// Dir is a folder that Save filled.
type Dir string

// String implements Source.
func (d Dir) String() string { return string(d) }

// Read implements Source.
func (d Dir) Read(_ context.Context, path string, most int) ([]byte, error) {
	f, err := os.Open(filepath.Join(string(d), filepath.FromSlash(path)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, errMissing)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer f.Close()
	return readAll(f, path, most)
}

// besideLog begins the paths of what is published beside the log: at an address in the folder next to it, in a copy within.
const besideLog = "polls/"

// site is a log on the net.
type site struct {
	prefix string
	beside string // prefix without its last part
	client *http.Client
}

func (s site) address(path string) string {
	if strings.HasPrefix(path, besideLog) {
		return s.beside + "/" + path
	}
	return s.prefix + "/" + path
}

func (s site) String() string { return s.prefix }

// tries bounds how often a file is asked for while the network fails.
const tries = 3

func (s site) Read(ctx context.Context, path string, most int) (data []byte, err error) {
	for try := range tries {
		if try > 0 && !rest(ctx, time.Duration(try)*time.Second) {
			break
		}
		data, err = s.once(ctx, path, most)
		if !errors.Is(err, ErrUnreachable) {
			break
		}
	}
	return data, err
}

// rest waits, unless ctx ends first.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func (s site) once(ctx context.Context, path string, most int) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address(path), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
		return readAll(res.Body, path, most)
	case http.StatusNotFound, http.StatusGone:
		return nil, fmt.Errorf("%s: %w", path, errMissing)
	}
	return nil, fmt.Errorf("%w: %s answers %d", ErrUnreachable, path, res.StatusCode)
}

func readAll(r io.Reader, path string, most int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrUnreachable, path, err)
	}
	if len(data) > most {
		return nil, fmt.Errorf("%w: %s is longer than %d bytes", ErrWrong, path, most)
	}
	return data, nil
}
