package words

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jushou/internal/fault"
)

var (
	newFault = regexp.MustCompile(`fault\.New\(fault\.\w+,\s*"([^"]+)"\)`)
	usedKey  = regexp.MustCompile(`\bT\((?:ctx, )?"([a-z0-9_.]+)"[,)]`)
	goSaying = regexp.MustCompile(`GoSaying\([^\n]*, "([a-z0-9_.]+)"\)`)
	han      = regexp.MustCompile(`\p{Han}`)
)

// unseen reports codes that no visitor meets as such: they end at the platform, in a sweep or in the log, and
// the sentence of their kind would do.
func unseen(code string) bool {
	room, _, _ := strings.Cut(code, ".")
	return slices.Contains([]string{"store", "coord", "wechat", "calendar", "seal", "notify"}, room) || code == "deliberation.event_data"
}

func TestEveryFaultCodeHasASentence(t *testing.T) {
	t.Parallel()
	c := load(t)
	codes := found(t, "../..", newFault, func(name string) bool {
		return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.Contains(name, "/wxsim/")
	})
	if len(codes) < 10 {
		t.Fatalf("found only %d codes: is the pattern still right?", len(codes))
	}
	for code, where := range codes {
		if !unseen(code) && !c.Has("fault."+code) {
			t.Errorf("%s: no sentence for fault.%s", where, code)
		}
	}
}

func TestEveryKeyThatPagesUseExists(t *testing.T) {
	t.Parallel()
	c := load(t)
	pages := func(name string) bool {
		return strings.HasSuffix(name, ".templ") || strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go")
	}
	seen := 0
	for _, pattern := range []*regexp.Regexp{usedKey, goSaying} {
		for key, where := range found(t, "..", pattern, pages) {
			seen++
			if !c.Has(key) {
				t.Errorf("%s: no sentence for %s", where, key)
			}
		}
	}
	if seen < 20 {
		t.Fatalf("found only %d keys: is the pattern still right?", seen)
	}
}

func TestEveryKindHasASentence(t *testing.T) {
	t.Parallel()
	c := load(t)
	for k := fault.Internal; k <= fault.Unavailable; k++ {
		if !c.Has("kind." + k.String()) {
			t.Errorf("no sentence for kind.%s", k)
		}
	}
}

// TestKeysThatArePutTogetherExist holds the catalogue against the keys that pages make from values.
func TestKeysThatArePutTogetherExist(t *testing.T) {
	t.Parallel()
	c := load(t)
	families := map[string][]string{
		"entry.source.":      {"counter", "phone", "visit", "box"},
		"entry.standing.":    {"awaiting", "confirmed", "disputed", "signed", "checked", "withdrawn"},
		"entry.now.":         {"confirmed", "disputed", "withdrawn"},
		"entry.done_":        {"settle", "sign", "check"},
		"report.why.":        {"advert", "fraud", "abuse", "privacy", "false", "obscene", "other"},
		"found.":             {"advert", "fraud", "gambling", "obscene", "abuse", "privacy", "other"},
		"moderation.kind.":   {"topic", "comment"},
		"moderation.would_":  {"show", "hide"},
		"moderation.else.":   {"neighbours"},
		"boards.poster.":     {"residents", "staff", "owner"},
		"boards.moderation.": {"words", "first", "none"},
		"status.":            {"waiting", "answered", "working", "resolved", "public", "held", "withdrawn", "overdue", "hidden"},
		"clock.":             {"waiting", "waiting_unknown", "listed", "secretary", "town", "overdue", "met_late"},
		"topic.masked_":      {"hidden", "withdrawn"},
		"member.":            {"pending", "verified", "rejected", "left"},
		"welcome.":           {"pending", "verified"},
		"consent.":           {"service", "service_why", "notices", "notices_why", "publication", "publication_why"},
		"tab.":               {"home", "topics", "progress", "me"},
		"reason.":            {"word_list", "word_list.advert", "word_list.fraud", "word_list.gambling", "word_list.obscene", "word_list.abuse", "word_list.privacy", "word_list.other", "shown_after_review"},
		"stats.":             {"rounds", "rounds_workdays"},
		"story.": {
			"entry.recorded", "entry.confirmed", "entry.disputed", "entry.settled", "entry.signed", "entry.checked",
			"topic.posted", "topic.held", "topic.released", "topic.hidden", "topic.edited", "topic.withdrawn", "notice.published",
			"topic.accepted", "topic.refused", "topic.asked", "topic.replied", "topic.question_lapsed", "topic.dispatched",
			"topic.dispatch_contested", "topic.dispatch_stands", "topic.in_hand", "topic.reported", "topic.sent_back", "topic.resolved",
			"topic.confirmed", "topic.disputed", "topic.upheld", "topic.closed", "topic.reopened", "topic.merged", "topic.absorbed",
			"topic.moved", "topic.linked", "topic.extension_asked", "topic.extended", "topic.extension_refused",
			"missed.acceptance", "missed.resolution", "escalated.superior", "escalated.secretary", "escalated.town", "escalated.public",
			"step.listed", "step.escalated_secretary", "step.escalated_town",
		},
		"board.": {"all", "notice", "nearby", "hall", "neighbours", "swap", "property", "owners", "police", "doctor", "party", "affairs", "memory", "guide", "services", "news"},
	}
	for prefix, names := range families {
		for _, name := range names {
			if !c.Has(prefix + name) {
				t.Errorf("no sentence for %s%s", prefix, name)
			}
		}
	}
}

func TestPagesHoldNoChinese(t *testing.T) {
	t.Parallel()
	for text, where := range found(t, "..", han, func(name string) bool { return strings.HasSuffix(name, ".templ") }) {
		t.Errorf("%s: %s belongs into the catalogue", where, text)
	}
}

// found returns what a pattern finds in the files below dir, by text, with one file for each.
func found(t *testing.T, dir string, pattern *regexp.Regexp, want func(name string) bool) map[string]string {
	t.Helper()
	all, files := map[string]string{}, 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case d.IsDir() || !want(filepath.ToSlash(name)):
			return nil
		}
		files++
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, line := range strings.Split(string(body), "\n") {
			if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "//") {
				continue
			}
			for _, m := range pattern.FindAllStringSubmatch(line, -1) {
				all[m[len(m)-1]] = name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatalf("saw no file below %s", dir)
	}
	return all
}
