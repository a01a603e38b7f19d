// Package words is the catalogue of everything pages say.
//
// Copy lives in one folder per language (zh/), in JSON files split by area so that people can work on them side by
// side; the files of a language form one flat map from a stable key to a sentence, in which {name} stands for an
// argument. Refusals are looked up by their fault code under "fault."; a code without a sentence falls back to
// its kind. Another language is another folder: no handler or view names a language.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"jushou/internal/fault"
)

//go:embed zh/*.json
var files embed.FS

// Chinese is the tag of the language that ships.
const Chinese = "zh-CN"

// Catalogue holds the sentences of one language. It never changes after Load.
type Catalogue struct {
	tag       string
	sentences map[string]sentence
}

// Load returns the catalogue of a language tag.
func Load(tag string) (*Catalogue, error) {
	folder, _, _ := strings.Cut(tag, "-")
	names, err := fs.Glob(files, folder+"/*.json")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("words: no catalogue for %q", tag)
	}
	c := &Catalogue{tag: tag, sentences: map[string]sentence{}}
	for _, name := range names {
		if err := c.read(name); err != nil {
			return nil, fmt.Errorf("words: read %s: %w", path.Base(name), err)
		}
	}
	return c, nil
}

func (c *Catalogue) read(name string) error {
	body, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	entries := map[string]string{}
	if err := json.Unmarshal(body, &entries); err != nil {
		return err
	}
	for key, text := range entries {
		if _, twice := c.sentences[key]; twice {
			return fmt.Errorf("%s is in another file already", key)
		}
		c.sentences[key] = parse(text)
	}
	return nil
}

// Tag returns the language tag for <html lang>.
func (c *Catalogue) Tag() string { return c.tag }

// Has reports whether the catalogue holds the key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.sentences[key]
	return ok
}

// T returns the sentence of a key with its arguments, given as name, value, name, value. A missing key
// returns the key in brackets, which a test of the tree keeps from happening.
func (c *Catalogue) T(key string, args ...string) string {
	s, ok := c.sentences[key]
	if !ok {
		return "⟦" + key + "⟧"
	}
	return s.fill(func(name string) string {
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == name {
				return args[i+1]
			}
		}
		return ""
	})
}

// Fault returns what a visitor reads about a refusal: what happened and what to do next.
func (c *Catalogue) Fault(f *fault.Error) string {
	s, ok := c.sentences["fault."+f.Code]
	if !ok {
		s = c.sentences["kind."+f.Kind.String()]
	}
	return s.fill(func(name string) string { return f.Args[name] })
}
