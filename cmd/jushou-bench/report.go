package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// report writes docs/bench: the tables, the chart, and every round as JSON.
func (b *bench) report(docs string) error {
	if err := os.MkdirAll(filepath.Join(docs, "raw"), 0o755); err != nil {
		return err
	}
	rounds, err := json.MarshalIndent(map[string]any{"machine": b.machine, "findings": b.found, "rounds": b.raw}, "", " ")
	if err != nil {
		return err
	}
	for path, text := range map[string]string{
		"report.md": b.markdown(), "report.svg": chart(b.found), filepath.Join("raw", b.began.Format("20060102-150405")+".json"): string(rounds),
	} {
		if err := os.WriteFile(filepath.Join(docs, path), []byte(text), 0o644); err != nil {
			return err
		}
	}
	b.say("the report is in %s", docs)
	return nil
}

func (b *bench) markdown() string {
	var t strings.Builder
	form := "short form"
	if b.full {
		form = "long form (`-full`)"
	}
	fmt.Fprintf(&t, `# How fast it is

`+"`make bench`"+` writes this page. Every claim is a ratio against a baseline measured in the same run on the same processors, in
turns with it: medians of %d rounds of %s each (3 for rows without a target). Measured %s, %s, in %s.

| machine | |
|---|---|
| processors | %d × %s |
| memory | %s |
| Go | %s, %s |
| disk | **%.0f fsyncs/s** (4 KiB, one after the other) |
| load average before the run | %s |

- **S**: requests/s of a bare fiber handler with the same server settings that writes as many bytes as the page.
- **R**: rows/s of raw SQLite inserts of a document of the same size, 100 a transaction, WAL, synchronous=FULL.
- **P**: time of an indexed point read and a durable write, one after the other, on the same store.

The program under test is the real binary in a process of its own with production settings on the embedded store; the load is
%d keep-alive connections from one other process. %s

![value against target](report.svg)

`, b.rounds, b.length, b.began.Format(time.DateOnly), form, time.Since(b.began).Round(time.Second), b.machine.Cores, b.machine.Processor, b.machine.Memory,
		b.machine.Go, b.machine.System, b.machine.Fsyncs, b.machine.Load, connections, b.summary())
	b.tables(&t)
	t.WriteString(notes)
	return t.String()
}

// summary counts the targets.
func (b *bench) summary() string {
	held, stretched, all := 0, 0, 0
	for _, f := range b.found {
		if f.Told {
			continue
		}
		all++
		if f.holds() {
			held++
		}
		if f.Stretch != 0 && f.reaches(f.Stretch) {
			stretched++
		}
	}
	return fmt.Sprintf("**%d of %d targets hold**, %d of them with the stretch goal.", held, all, stretched)
}

// items says what each item of the list is about.
var items = [...][2]string{
	{"N1", "reading, as a signed-in resident"}, {"N2", "durable writes over HTTP: session, CSRF token, permission, screening, events"},
	{"N3", "the sweep of deadlines, 100 due"}, {"N4", "starting and memory"}, {"N5", "counting 10^6 ballots, the tree and the proofs"}, {"N6", "search in Chinese text"},
	{"N10", "store round trips of a request, counted"},
}

func (b *bench) tables(t *strings.Builder) {
	for _, item := range items {
		rows := 0
		for _, f := range b.found {
			if f.Item != item[0] {
				continue
			}
			if rows++; rows == 1 {
				fmt.Fprintf(t, "## %s: %s\n\n| what | measured | target | stretch | | how |\n|---|---|---|---|---|---|\n", item[0], item[1])
			}
			fmt.Fprintf(t, "| %s | %s | %s | %s | %s | %s |\n", f.What, f.amount(f.Value), f.bound(f.Target), f.bound(f.Stretch), f.verdict(), f.Detail)
		}
		if rows > 0 {
			t.WriteString("\n")
		}
	}
}

const notes = `## How to read it

- Rows without a target stand beside a claim: a smaller district, what compression costs, what a page costs that no cache holds.
- Reading spreads over all 2,000 residents of 10 communities: the first page of every feed, and the
  200 topics that those pages list, each with a page of comments.
  Nothing is written meanwhile, so shared parts of pages come from the page cache, as they do until something changes in a community.
- Posting spreads over the same residents, because nobody may make more than 60 changes a minute. Each post is one write of the topic with its
  event, committed together with others that arrive at the same moment; the notice to the person on duty follows from the event, competes with
  the next posts, and "everybody told" says when the last was written.
- Searching asks the index itself, not a page, in one community that holds all the documents. One query in eight each is a word that sounds like another, pinyin, traditional
  characters and a whole sentence; the others are one or two words.
- Counting starts from ballots in memory and ends when the second counter has agreed; a poll with fewer ballots is faster in proportion.
- A ballot is cast by the same residents in turn, in 35 polls of each community one after the other; after the last one, who has voted replaces the ballot. Each is two rows in one durable write: the
  tag that binds the receipt to its voter, and the seat with the sealed ballot. The rush lets everybody of a larger district vote once, then closes
  the polls and looks for every ballot in the results.
- Round trips count every call of the store port, also those that the embedded store answers from memory.
`
