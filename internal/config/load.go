package config

import (
	"fmt"
	"os"
	"strings"
)

// Load reads the settings from environ (in the form of os.Environ) and, if file is not "", from the file; the
// environment wins. The error is Faults, with all that is wrong.
func Load(environ []string, file string) (Config, error) {
	r := &reader{raw: map[string]string{}, from: map[string]string{}}
	if file != "" {
		r.readFile(file)
	}
	r.readEnviron(environ)
	r.readSecretFiles()
	cfg := r.check()
	if len(r.faults) > 0 {
		return Config{}, r.faults
	}
	return cfg, nil
}

// Fault is one thing that is wrong.
type Fault struct {
	Name    string // of the variable, or of the file
	Problem string // what is wrong; never the value of a secret
	Fix     string // what to do
}

// Faults are all that is wrong, in the order it was found.
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the settings have %d faults:", len(f))
	if len(f) == 1 {
		b.Reset()
		b.WriteString("the settings have a fault:")
	}
	for _, x := range f {
		fmt.Fprintf(&b, "\n  %s: %s; %s", x.Name, x.Problem, x.Fix)
	}
	return b.String()
}

// reader collects values and faults.
type reader struct {
	raw    map[string]string // full name to value
	from   map[string]string // full name to where it came from
	faults Faults
}

func (r *reader) fault(name, problem, fix string) {
	r.faults = append(r.faults, Fault{name, problem, fix})
}

func (r *reader) set(name, value, from string) {
	if from == fromEnviron && fromKubernetes.MatchString(strings.TrimPrefix(name, Prefix)) {
		return
	}
	if !known(name) {
		r.fault(name, "is not a setting ("+from+")", "correct the name or remove it; docs/operations.md lists the settings")
		return
	}
	r.raw[name], r.from[name] = value, from
}

func (r *reader) readEnviron(environ []string) {
	for _, entry := range environ {
		if name, value, ok := strings.Cut(entry, "="); ok && strings.HasPrefix(name, Prefix) {
			// A name given in the environment replaces both forms of the file's.
			other := strings.TrimSuffix(name, "_FILE")
			if other == name {
				other += "_FILE"
			}
			if r.from[other] == fromFile {
				delete(r.raw, other)
			}
			r.set(name, value, fromEnviron)
		}
	}
}

const (
	fromEnviron = "environment"
	fromFile    = "file"
	fromDefault = "default"
)

// readFile reads lines NAME=value; a # begins a comment line, and a value may stand in one pair of quotes.
func (r *reader) readFile(path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		r.fault("--config "+path, "cannot be read: "+err.Error(), "check the path and who may read it")
		return
	}
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		if !ok {
			r.fault(fmt.Sprintf("%s line %d", path, i+1), "is not of the form NAME=value", "correct the line")
			continue
		}
		r.set(strings.TrimSpace(name), unquote(strings.TrimSpace(value)), fromFile)
	}
}

func unquote(s string) string {
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}

// readSecretFiles takes the secrets that are given as NAME_FILE, as container platforms do.
func (r *reader) readSecretFiles() {
	for _, s := range settings() {
		name := Prefix + s.name
		path := r.raw[name+"_FILE"]
		if !s.secret || path == "" {
			continue
		}
		if r.raw[name] != "" {
			r.fault(name, "is set twice, also as "+name+"_FILE", "remove one of the two")
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			r.fault(name+"_FILE", "cannot be read: "+err.Error(), "check the path and who may read it")
			continue
		}
		r.raw[name], r.from[name] = strings.TrimRight(string(text), "\r\n"), path
	}
}
