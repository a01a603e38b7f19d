package verify_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/verify"
)

// vote is a published poll as docs/poll.md describes its files, made by hand.
type vote struct {
	id      string
	charter map[string]any
	result  map[string]any
	ballots []ballot
	// replaced are commitments of ballots that a later one took the place of.
	replaced []string
	late     int
	// stakes are the owners' areas that are published with the ballots; nil for none.
	stakes func() map[string]any
	hash   string // of the charter
}

type ballot struct {
	Tag    string `json:"t"`
	Salt   string `json:"s"`
	Choice string `json:"choice"`
	Commit string `json:"commit"`
}

// trees asks which tree to plant: the first 25 of n want the first, the others the second.
func trees(n int) *vote {
	v := &vote{id: "01k9tree", late: 1}
	v.charter = map[string]any{
		"format": "jushou charter v1", "poll": v.id, "question": "种什么树？", "options": []any{map[string]any{"text": "桂花"}, map[string]any{"text": "樱花"}},
		"rule": map[string]any{"method": "single"}, "voters": 59,
	}
	v.result = map[string]any{
		"method": "single", "outcome": "won", "winners": []int{0}, "votes": []int{25, n - 25},
		"turnout": map[string]any{"roll": 60, "ballots": n, "cast": n, "decided": n},
	}
	for i := range n {
		choice := `{"picks":[0]}`
		if i >= 25 {
			choice = `{"picks":[1]}`
		}
		v.ballots = append(v.ballots, ballot{Tag: hashOf(fmt.Sprint("tag", i)), Salt: fmt.Sprintf("%032x", i), Choice: choice})
	}
	v.replaced = []string{hashOf("an earlier ballot")}
	return v
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func text(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// commit makes each ballot open its commitment, and puts them in order.
func (v *vote) commit(t *testing.T) (all []string) {
	t.Helper()
	charter := hashOf(text(t, v.charter))
	v.hash = charter
	for i, b := range v.ballots {
		v.ballots[i].Commit = hashOf(strings.Join([]string{"jushou ballot v1", charter, b.Choice, b.Tag, b.Salt, ""}, "\n"))
	}
	slices.SortFunc(v.ballots, func(a, b ballot) int { return strings.Compare(a.Commit, b.Commit) })
	all = slices.Clone(v.replaced)
	for _, b := range v.ballots {
		all = append(all, b.Commit)
	}
	slices.Sort(all)
	return all
}

// root is the Merkle root by the library's own way of storing.
func root(t *testing.T, list []string) string {
	t.Helper()
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) (found []tlog.Hash, err error) {
		for _, x := range at {
			found = append(found, stored[x])
		}
		return found, nil
	})
	for i, one := range list {
		more, err := tlog.StoredHashes(int64(i), []byte(one), read)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
	}
	h, err := tlog.TreeHash(int64(len(list)), read)
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h[:])
}

// hold enters the poll into the house's log and publishes its files. bend changes the files and not the entries.
func (v *vote) hold(h *house) {
	t := h.t
	t.Helper()
	commits := v.commit(t)
	charter, result := text(t, v.charter), text(t, v.result)
	h.event("poll.opened", text(t, map[string]any{"poll": v.id, "hash": hashOf(charter), "voters": v.charter["voters"]}))
	for range v.late {
		h.event("poll.added", text(t, map[string]any{"poll": v.id}))
	}
	const aPage = 20
	pages := 0
	for page := range slices.Chunk(commits, aPage) {
		h.event("poll.released", text(t, map[string]any{"poll": v.id, "page": pages, "count": len(page), "root": root(t, page)}))
		h.beside[fmt.Sprintf("polls/%s/commits/%d", v.id, pages)] = []byte(text(t, map[string]any{"poll": v.id, "page": pages, "commits": page}))
		pages++
	}
	turnout := v.result["turnout"].(map[string]any)
	published := map[string]any{
		"poll": v.id, "hash": hashOf(result), "outcome": v.result["outcome"], "voters": turnout["roll"], "ballots": turnout["ballots"],
	}
	if v.stakes != nil {
		told := text(t, v.stakes())
		published["stakes"] = hashOf(told)
		h.beside["polls/"+v.id+"/stakes"] = []byte(text(t, map[string]any{"stakes": told}))
	}
	h.event("poll.published", text(t, published))
	shown := 0
	if len(v.ballots) >= 30 {
		for page := range slices.Chunk(v.ballots, aPage) {
			h.beside[fmt.Sprintf("polls/%s/ballots/%d", v.id, shown)] = []byte(text(t, map[string]any{"poll": v.id, "lines": page}))
			shown++
		}
	}
	h.beside["polls/"+v.id+"/charter"] = []byte(text(t, map[string]any{
		"charter": charter, "hash": hashOf(charter), "result": result, "commit_pages": pages, "ballot_pages": shown, "receipt_verifier": "sq.example/ballots+0+0",
	}))
	h.sign()
}

// said checks a log and returns what was said of its polls.
func said(t *testing.T, place string) (string, error) {
	t.Helper()
	var all []string
	_, err := verify.Log(t.Context(), source(t, place), verify.Options{Report: func(c verify.Check) {
		if c.Name == "poll" {
			all = append(all, c.Text)
		}
	}})
	return strings.Join(all, "\n"), err
}

func TestAPollIsCountedAgain(t *testing.T) {
	t.Parallel()
	h := build(t)
	trees(45).hold(h)
	h.event("poll.opened", `{"poll":"01k9open","hash":"00","voters":3}`)
	h.event("poll.opened", `{"poll":"01k9bad","hash":"00","voters":3}`)
	h.event("poll.disputed", `{"poll":"01k9bad"}`)
	h.sign()
	told, err := said(t, h.url)
	if err == nil && strings.Contains(told, "NOT counted") {
		err = errors.New("it was not counted")
	}
	for _, want := range []string{"01k9tree: 种什么树？: 45 ballots of 60 voters, won; counted again", "01k9open: open", "01k9bad: disputed"} {
		if err != nil || !strings.Contains(told, want) {
			t.Errorf("%q is not in %q, %v", want, told, err)
		}
	}
}

func TestASmallPollIsSaidNotToBeCounted(t *testing.T) {
	t.Parallel()
	h := build(t)
	trees(29).hold(h)
	if told, err := said(t, h.url); err != nil || !strings.Contains(told, "NOT counted again: fewer than 30 ballots") {
		t.Errorf("%q, %v", told, err)
	}
}

// TestAPollThatIsWrong publishes polls whose entries agree with their files, and which are wrong all the same.
func TestAPollThatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		bend       func(*vote)
	}{
		{"another winner", "result.winners[0] is published as 1 and counted again as 0", func(v *vote) { v.result["winners"] = []int{1} }},
		{"other sums", "result.votes[0]", func(v *vote) { v.result["votes"] = []int{26, 19} }},
		{"another outcome", "result.outcome", func(v *vote) { v.result["outcome"] = "nobody" }},
		{"another rule", "result.method", func(v *vote) { v.charter["rule"] = map[string]any{"method": "multiple", "max": 2, "seats": 1} }},
		{"a ballot that the rule refuses", "does not fit the rule", func(v *vote) { v.ballots[3].Choice = `{"picks":[0,1]}` }},
		{"a ballot of no option", "does not fit the rule", func(v *vote) { v.ballots[3].Choice = `{"picks":[2]}` }},
		{"one voice twice", "the tag of another", func(v *vote) { v.ballots[3].Tag = v.ballots[4].Tag }},
		{"the same ballot twice", "twice, or out of order", func(v *vote) { v.ballots[3] = v.ballots[4] }},
		{"a voter whom nobody added", "60 voters; 59 were on the roll at the opening and 0 were added", func(v *vote) { v.late = 0 }},
		{"more voters than at the opening", "61 were on the roll", func(v *vote) { v.charter["voters"] = 61 }},
		{"a charter of another poll", `of the poll "other"`, func(v *vote) { v.charter["poll"] = "other" }},
		{"a voter more than there are", "the result has 61 voters", func(v *vote) { v.result["turnout"].(map[string]any)["roll"] = 61 }},
		{"more ballots than lines", "counted", func(v *vote) { v.result["turnout"].(map[string]any)["ballots"] = 46 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := build(t)
			v := trees(45)
			c.bend(v)
			v.hold(h)
			if told, err := said(t, h.url); !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q, %v", told, err)
			}
		})
	}
}

// TestEntriesOfAPollThatCannotBe are refused before anything is read.
func TestEntriesOfAPollThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, events := range map[string][][2]string{
		"opened twice":    {{"poll.opened", `{"poll":"01k9tree"}`}},
		"published twice": {{"poll.published", `{"poll":"01k9tree"}`}},
		"never opened":    {{"poll.published", `{"poll":"other"}`}},
		"a page twice":    {{"poll.released", `{"poll":"01k9tree","count":20}`}},
		"another folder":  {{"poll.opened", `{"poll":"../../key"}`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := build(t)
			trees(45).hold(h)
			for _, e := range events {
				h.event(e[0], e[1])
			}
			h.sign()
			if _, err := said(t, h.url); !errors.Is(err, verify.ErrWrong) {
				t.Errorf("it holds: %v", err)
			}
		})
	}
}

func TestAPollThatIsKeptBack(t *testing.T) {
	t.Parallel()
	h := build(t)
	trees(45).hold(h)
	for path, data := range h.beside {
		h.bend = func(at string, served []byte) []byte { return served }
		delete(h.beside, path)
		if _, err := said(t, h.url); !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), path) {
			t.Errorf("without %s: %v", path, err)
		}
		h.beside[path] = data
	}
	kept := bytes.Replace(h.beside["polls/01k9tree/charter"], []byte(`"ballot_pages":3`), []byte(`"ballot_pages":0`), 1)
	h.beside["polls/01k9tree/charter"] = kept
	if _, err := said(t, h.url); !errors.Is(err, verify.ErrWrong) || !strings.Contains(err.Error(), "not published") {
		t.Errorf("45 ballots and no line: %v", err)
	}
	h.down.Store(true)
	if _, err := said(t, h.url); !errors.Is(err, verify.ErrUnreachable) {
		t.Errorf("nothing answers: %v", err)
	}
}

// TestNoByteOfAPollCanChange changes bytes all over what was kept of a poll: charter, result, commitments, ballots, owners' areas. The stride has
// no factor in common with the length of a line, so that each place of a line comes up.
func TestNoByteOfAPollCanChange(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]*vote{"of residents": trees(30), "of owners": roofs()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			noByteCanChange(t, v)
		})
	}
}

func noByteCanChange(t *testing.T, v *vote) {
	h := build(t)
	v.hold(h)
	dir := t.TempDir()
	if err := h.save(dir); err != nil {
		t.Fatal(err)
	}
	if told, err := said(t, dir); err != nil || !strings.Contains(told, "counted again by") {
		t.Fatalf("the copy: %q, %v", told, err)
	}
	changed := 0
	for _, path := range files(t, dir) {
		if !strings.HasPrefix(path, "polls") {
			continue
		}
		name := filepath.Join(dir, path)
		good := mustRead(t, name)
		for i := 0; i < len(good)-1; i += 7 { // the last is the line's end
			bad := bytes.Clone(good)
			bad[i] ^= []byte{1, 0x20}[i%2]
			if err := os.WriteFile(name, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := check(t, dir); !errors.Is(err, verify.ErrWrong) {
				t.Errorf("%s: byte %d (%q to %q) changes and the copy still holds: %v", path, i, good[i], bad[i], err)
			}
			changed++
		}
		if err := os.WriteFile(name, good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if changed < 1000 {
		t.Errorf("only %d bytes were changed", changed)
	}
	if err := h.save(dir); err != nil {
		t.Errorf("the copy, again: %v", err)
	}
}
