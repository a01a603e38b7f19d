package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/verify/tally"
)

// polls is the examiner of votes. While the log is read it collects what was entered of each poll; at the end it reads what
// the house publishes beside the log, holds that against the entries, and counts again.
type polls struct {
	order []*pollEntries // in the order of their opening
	by    map[string]*pollEntries
}

// pollEntries is what the log says of one poll.
type pollEntries struct {
	id        string
	charter   string // SHA-256 of the text that was frozen at the opening
	voters    int
	late      int
	pages     map[int]pageEntry // of released commitments
	disputed  bool
	published *resultEntry
}

type pageEntry struct {
	count int
	root  string
}

type resultEntry struct {
	hash, outcome   string
	voters, ballots int
	stakes          string // SHA-256 of what is published of owners' areas
}

// leastLines is from how many ballots on the house publishes them one by one; in a smaller poll neighbours would recognise each other.
const leastLines = 30

var pollID = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

func (p *polls) look(e Entry) error {
	id, ok := strings.CutPrefix(e.Of, "poll/")
	if !ok || !strings.HasPrefix(e.Act, "poll.") {
		return nil
	}
	if !pollID.MatchString(id) {
		return fmt.Errorf("entry %d names the poll %q", e.Index, id)
	}
	if e.Act == "poll.opened" {
		if p.by[id] != nil {
			return fmt.Errorf("entry %d opens the poll %s again", e.Index, id)
		}
		x := &pollEntries{id: id, charter: e.word("hash"), voters: e.number("voters"), pages: map[int]pageEntry{}}
		p.by[id] = x
		p.order = append(p.order, x)
		return nil
	}
	x := p.by[id]
	if x == nil { // of a poll before its opening the log tells what is no concern of the count
		if e.Act == "poll.published" {
			return fmt.Errorf("entry %d publishes the poll %s, which was never opened", e.Index, id)
		}
		return nil
	}
	return x.follow(e)
}

// follow takes an entry about an opened poll in.
func (x *pollEntries) follow(e Entry) error {
	switch e.Act {
	case "poll.added":
		x.late++
	case "poll.disputed":
		x.disputed = true
	case "poll.recounted":
		x.disputed = false
	case "poll.released":
		n := e.number("page")
		if _, again := x.pages[n]; again {
			return fmt.Errorf("entry %d releases page %d of the poll %s again", e.Index, n, x.id)
		}
		x.pages[n] = pageEntry{e.number("count"), e.word("root")}
	case "poll.published":
		if x.published != nil {
			return fmt.Errorf("entry %d publishes the poll %s again", e.Index, x.id)
		}
		x.published = &resultEntry{e.word("hash"), e.word("outcome"), e.number("voters"), e.number("ballots"), e.word("stakes")}
	}
	return nil
}

// word is a fact of an entry that is a text; number is one that is a whole number. What is left out is "" or 0.
func (e Entry) word(name string) string {
	text, _ := e.Facts[name].(string)
	return text
}

func (e Entry) number(name string) int {
	n, _ := e.Facts[name].(float64)
	return int(n)
}

// report goes on after a poll that is wrong, so that each has its line.
func (p *polls) report(f files) (found []Check, err error) {
	for _, x := range p.order {
		said, wrong := x.say(f)
		if wrong == nil {
			found = append(found, Check{"poll", x.id + ": " + said})
			continue
		}
		err = errors.Join(err, inPoll(x.id, wrong))
		if errors.Is(wrong, ErrUnreachable) {
			break
		}
	}
	return found, err
}

// say is the line of a poll.
func (x *pollEntries) say(f files) (string, error) {
	switch {
	case x.published != nil:
		return x.recount(f)
	case x.disputed:
		return "disputed: the house found a difference and has published nothing", nil
	}
	return "open, or closed and not counted yet", nil
}

// inPoll says in which poll something is wrong.
func inPoll(id string, err error) error {
	if errors.Is(err, ErrUnreachable) {
		return fmt.Errorf("the poll %s: %w", id, err)
	}
	return wrong("the poll %s: %w", id, err)
}

// recount reads what was published of a poll, holds it against the log, and counts it.
func (x *pollEntries) recount(f files) (said string, err error) {
	b := bag{files: f, at: "polls/" + x.id + "/"}
	c, err := x.charterOf(&b)
	if err != nil {
		return "", err
	}
	commits, err := x.commits(&b, c)
	if err != nil {
		return "", err
	}
	lines, err := x.lines(&b, c, commits)
	if err != nil {
		return "", err
	}
	stakes, err := x.stakesOf(&b, c)
	if err != nil {
		return "", err
	}
	said, err = x.count(c, lines, stakes)
	if err != nil {
		return "", err
	}
	return said, b.keep()
}

// charterOf reads the frozen text and the result, and holds both against the log.
func (x *pollEntries) charterOf(b *bag) (c published, err error) {
	if err := b.read("charter", maxCharter, &c); err != nil {
		return c, err
	}
	if hashOf(c.Charter) != x.charter {
		return c, fmt.Errorf("the charter is not the one whose hash was entered at the opening")
	}
	if hashOf(c.Result) != x.published.hash {
		return c, fmt.Errorf("the result is not the one whose hash was entered")
	}
	if err := json.Unmarshal([]byte(c.Charter), &c.frozen); err != nil {
		return c, fmt.Errorf("the charter cannot be read: %w", err)
	}
	if err := json.Unmarshal([]byte(c.Result), &c.counted); err != nil {
		return c, fmt.Errorf("the result cannot be read: %w", err)
	}
	switch t := c.counted.Turnout; {
	case c.frozen.Format != "jushou charter v1" || c.frozen.Poll != x.id:
		return c, fmt.Errorf("the charter is %q of the poll %q", c.frozen.Format, c.frozen.Poll)
	case c.frozen.Voters != x.voters:
		return c, fmt.Errorf("the charter has %d voters and the log %d", c.frozen.Voters, x.voters)
	case t.Roll != x.published.voters || t.Ballots != x.published.ballots || c.counted.Outcome != x.published.outcome:
		return c, fmt.Errorf("the result tells other numbers than its entry")
	case t.Roll != x.voters+x.late:
		return c, fmt.Errorf("the result has %d voters; %d were on the roll at the opening and %d were added", t.Roll, x.voters, x.late)
	case c.BallotPages == 0 && t.Ballots >= leastLines:
		return c, fmt.Errorf("it has %d ballots, and they are not published", t.Ballots)
	}
	return c, nil
}

// commits reads the released commitments: rising, each once, and page by page what the log has the root of.
func (x *pollEntries) commits(b *bag, c published) (map[string]bool, error) {
	if c.CommitPages != len(x.pages) {
		return nil, fmt.Errorf("it has %d pages of commitments, and the log released %d", c.CommitPages, len(x.pages))
	}
	all := map[string]bool{}
	last := ""
	for n := range c.CommitPages {
		var page commitsPage
		if err := b.read(fmt.Sprintf("commits/%d", n), maxCommits, &page); err != nil {
			return nil, err
		}
		for _, one := range page.Commits {
			if one <= last {
				return nil, fmt.Errorf("page %d of the commitments has %q behind %q: twice, or out of order", n, one, last)
			}
			all[one], last = true, one
		}
		root, err := rootOver(page.Commits)
		if err != nil {
			return nil, err
		}
		if want, ok := x.pages[n]; !ok || want.count != len(page.Commits) || want.root != root {
			return nil, fmt.Errorf("page %d of the commitments is not the one that the log has the root of", n)
		}
	}
	if least := x.published.ballots; len(all) < least {
		return nil, fmt.Errorf("%d commitments were released for %d ballots", len(all), least)
	}
	return all, nil
}

// lines reads the counted ballots: each opens a commitment that was released, and none is there twice.
func (x *pollEntries) lines(b *bag, c published, commits map[string]bool) ([]line, error) {
	var all []line
	tags := map[string]bool{}
	for n := range c.BallotPages {
		var page ballotsPage
		if err := b.read(fmt.Sprintf("ballots/%d", n), maxBallots, &page); err != nil {
			return nil, err
		}
		for _, l := range page.Lines {
			switch at := len(all); {
			case l.opens(x.charter) != l.Commit:
				return nil, fmt.Errorf("ballot %d does not open its commitment", at+1)
			case !commits[l.Commit]:
				return nil, fmt.Errorf("the commitment of ballot %d was never released", at+1)
			case at > 0 && l.Commit <= all[at-1].Commit:
				return nil, fmt.Errorf("ballot %d is there twice, or out of order", at+1)
			case tags[l.Tag]:
				return nil, fmt.Errorf("ballot %d has the tag of another", at+1)
			}
			tags[l.Tag] = true
			all = append(all, l)
		}
	}
	if c.BallotPages > 0 && len(all) != x.published.ballots {
		return nil, fmt.Errorf("%d ballots are published and %d were counted", len(all), x.published.ballots)
	}
	return all, nil
}

// count counts the ballots again by the charter's rule.
func (x *pollEntries) count(c published, lines []line, stakes *stakesFile) (string, error) {
	head := fmt.Sprintf("%s: %d ballots of %d voters, %s", c.frozen.Question, x.published.ballots, x.published.voters, x.published.outcome)
	if len(lines) < x.published.ballots {
		return fmt.Sprintf("%s; NOT counted again: fewer than %d ballots are not published, so that neighbours do not recognise each other", head, leastLines), nil
	}
	p := tally.Poll{Options: len(c.frozen.Options), Voters: x.published.voters, Present: c.counted.Turnout.Present, Steps: c.counted.steps()}
	var err error
	if p.Rule, err = tally.ParseRule(c.frozen.Rule); err != nil {
		return fmt.Sprintf("%s; NOT counted again: %v", head, err), nil
	}
	for i, l := range lines {
		b := tally.Ballot{Paper: l.Paper}
		if err := json.Unmarshal([]byte(l.Choice), &b.Choice); err != nil {
			return "", fmt.Errorf("ballot %d cannot be read: %w", i+1, err)
		}
		p.Ballots = append(p.Ballots, b)
	}
	told := tally.Stake{}
	if stakes != nil {
		if p.Stakes, told, err = stakes.weigh(c, lines, p.Ballots); err != nil {
			return "", err
		}
	}
	again, err := tally.Count(p)
	if errors.Is(err, tally.ErrBeyond) {
		return fmt.Sprintf("%s; NOT counted again: %v", head, err), nil
	}
	if err != nil {
		return "", err
	}
	differs, err := again.Differs([]byte(c.Result))
	if err != nil {
		return "", err
	}
	if differs != "" {
		return "", fmt.Errorf("its ballots give another result: %s", differs)
	}
	return head + "; counted again by the charter's rule, with the same result" + asTold(told, c.frozen.Area), nil
}

// asTold says how much of an owners' vote had to be taken as it is told.
func asTold(told tally.Stake, all int64) string {
	if told.Heads == 0 {
		return ""
	}
	return fmt.Sprintf("; how the %s of %d ballots divide (of %s on the roll) is taken as it is told: these areas are alone or few, and would name their owners",
		tally.SquareMetres(told.Home+told.Parking), told.Heads, tally.SquareMetres(all))
}

// rootOver is the Merkle root (RFC 6962) over texts, in hexadecimal.
func rootOver(list []string) (string, error) {
	var t tree
	for _, one := range list {
		t.add(tlog.RecordHash([]byte(one)))
	}
	root, err := t.root()
	return hex.EncodeToString(root[:]), err
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
