// Package static embeds the bundled styles and scripts and names them.
//
// build.mjs (run by make) writes dist/: every file under a name that carries the hash of its content, a
// Brotli and a gzip twin of each, and a manifest from plain names to hashed ones. A tree in which it has not
// run yet still compiles and serves pages, without styles.
package static

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Prefix is where the files are served.
const Prefix = "/static/"

// File is one servable file with its compressed twins; a twin that does not exist is nil.
type File struct {
	Type                string // Content-Type
	Plain, Brotli, Gzip []byte
}

// Assets are the embedded files. It never changes after Load.
type Assets struct {
	names map[string]string // plain name to hashed name
	files map[string]File   // by hashed name
}

// ErrNotBuilt means that build.mjs has not run: pages work, unstyled.
var ErrNotBuilt = errors.New("static: dist/ is empty; run the npm build of web/static")

// Load reads the embedded files. With ErrNotBuilt it returns empty Assets that are safe to use.
func Load() (*Assets, error) {
	a := &Assets{names: map[string]string{}, files: map[string]File{}}
	manifest, err := dist.ReadFile("dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return a, ErrNotBuilt
	}
	if err != nil {
		return a, fmt.Errorf("read the manifest: %w", err)
	}
	if err := json.Unmarshal(manifest, &a.names); err != nil {
		return a, fmt.Errorf("decode the manifest: %w", err)
	}
	for _, hashed := range a.names {
		plain, err := dist.ReadFile("dist/" + hashed)
		if err != nil {
			return a, fmt.Errorf("read %s: %w", hashed, err)
		}
		a.files[hashed] = File{
			Type:  mime.TypeByExtension(path.Ext(hashed)),
			Plain: plain, Brotli: twin(hashed + ".br"), Gzip: twin(hashed + ".gz"),
		}
	}
	return a, nil
}

func twin(name string) []byte {
	body, err := dist.ReadFile("dist/" + name)
	if err != nil {
		return nil
	}
	return body
}

// URL returns the address of a file by its plain name, for example "app.css".
func (a *Assets) URL(name string) string {
	if hashed, ok := a.names[name]; ok {
		return Prefix + hashed
	}
	return Prefix + name
}

// Get returns the file under an address path after Prefix.
func (a *Assets) Get(name string) (File, bool) {
	f, ok := a.files[name]
	return f, ok
}

// Pick returns the bytes and the Content-Encoding that suit an Accept-Encoding header.
func (f File) Pick(accept string) (body []byte, encoding string) {
	switch {
	case f.Brotli != nil && strings.Contains(accept, "br"):
		return f.Brotli, "br"
	case f.Gzip != nil && strings.Contains(accept, "gzip"):
		return f.Gzip, "gzip"
	}
	return f.Plain, ""
}
