package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// The longest files of a poll that are read.
const (
	maxCharter = 32 << 20
	maxCommits = 1 << 20
	maxBallots = 32 << 20
)

// files is how an examiner reads what lies beside the log, and keeps what it found right.
type files interface {
	read(path string, most int) ([]byte, error)
	save(path string, data []byte) error
}

// read implements files.
func (r *run) read(path string, most int) ([]byte, error) {
	data, err := r.src.Read(r.ctx, path, most)
	if errors.Is(err, errMissing) {
		return nil, fmt.Errorf("it was published, and %w", err)
	}
	return data, err
}

// bag reads the files of one poll. What it keeps has those fields only that the log binds, so that in a copy each byte can be checked.
type bag struct {
	files
	at   string
	kept []kept
}

type kept struct {
	path string
	data []byte
}

// part is a file of a poll. Fields returns where its fields are read to, by name.
type part interface{ fields() map[string]any }

// read reads a file's known fields. Names are exact, and others are left alone: a house may tell more than is checked here.
func (b *bag) read(name string, most int, into part) error {
	data, err := b.files.read(b.at+name, most)
	if err != nil {
		return err
	}
	var all map[string]json.RawMessage
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&all); err != nil || d.More() {
		return fmt.Errorf("%s is no JSON object", name)
	}
	for field, place := range into.fields() {
		if raw, ok := all[field]; ok {
			if err := json.Unmarshal(raw, place); err != nil {
				return fmt.Errorf("%s: %s: %w", name, field, err)
			}
		}
	}
	var own bytes.Buffer
	e := json.NewEncoder(&own)
	e.SetEscapeHTML(false)
	if err := e.Encode(into.fields()); err != nil {
		return err
	}
	b.kept = append(b.kept, kept{b.at + name, own.Bytes()})
	return nil
}

// keep saves what was read, once all of it was found right.
func (b *bag) keep() error {
	for _, k := range b.kept {
		if err := b.save(k.path, k.data); err != nil {
			return err
		}
	}
	return nil
}

// published is the file "charter": what was frozen at the opening, and what was counted.
type published struct {
	Charter     string
	Result      string
	CommitPages int
	BallotPages int

	frozen struct {
		Format   string            `json:"format"`
		Poll     string            `json:"poll"`
		Question string            `json:"question"`
		Options  []json.RawMessage `json:"options"`
		Rule     json.RawMessage   `json:"rule"`
		Voters   int               `json:"voters"`
		Area     int64             `json:"area"`
		Stakes   *classes          `json:"stakes"`
	}
	counted counted
}

func (c *published) fields() map[string]any {
	return map[string]any{"charter": &c.Charter, "result": &c.Result, "commit_pages": &c.CommitPages, "ballot_pages": &c.BallotPages}
}

// counted is what the check asks of a result besides holding the count against it.
type counted struct {
	Outcome string `json:"outcome"`
	Turnout struct {
		Roll    int `json:"roll"`
		Present int `json:"present"`
		Ballots int `json:"ballots"`
	} `json:"turnout"`
	Funding *struct {
		Steps    int `json:"steps"`
		Compared *struct {
			TookGreedy bool `json:"tookGreedy"`
		} `json:"compared"`
	} `json:"funding"`
}

// steps is how many steps of Add1 the result tells of, -1 if it went with another outcome and tells nothing.
func (c counted) steps() int {
	if c.Funding == nil || c.Funding.Compared != nil && c.Funding.Compared.TookGreedy {
		return -1
	}
	return c.Funding.Steps
}

// commitsPage is a file "commits/N".
type commitsPage struct{ Commits []string }

func (p *commitsPage) fields() map[string]any { return map[string]any{"commits": &p.Commits} }

// ballotsPage is a file "ballots/N".
type ballotsPage struct{ Lines []line }

func (p *ballotsPage) fields() map[string]any { return map[string]any{"lines": &p.Lines} }

// line is one counted ballot. Nothing says whose it is.
type line struct {
	Tag    string
	Salt   string
	Choice string
	Commit string
	Paper  bool
}

func (l *line) fields() map[string]any {
	return map[string]any{"t": &l.Tag, "s": &l.Salt, "choice": &l.Choice, "commit": &l.Commit, "paper": &l.Paper}
}

// UnmarshalJSON reads the fields by their exact names.
func (l *line) UnmarshalJSON(data []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for field, place := range l.fields() {
		if raw, ok := all[field]; ok {
			if err := json.Unmarshal(raw, place); err != nil {
				return err
			}
		}
	}
	return nil
}

// MarshalJSON writes them, that of a paper ballot only where it is one.
func (l line) MarshalJSON() ([]byte, error) {
	all := l.fields()
	if !l.Paper {
		delete(all, "paper")
	}
	return json.Marshal(all)
}

// opens is the commitment that a ballot opens (docs/poll.md).
func (l line) opens(charter string) string {
	return hashOf("jushou ballot v1\n" + charter + "\n" + l.Choice + "\n" + l.Tag + "\n" + l.Salt + "\n")
}
