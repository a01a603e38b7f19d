package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jushou/web/words"
)

// notPublic are the events that are not entered in the public log, by type or by everything that begins with it, each with the reason.
// A type that is in neither table fails the test: whoever adds an event decides.
var notPublic = map[string]string{
	"account.":                  "a person's own affair",
	"household.":                "who lives where",
	"person.seen":               "shown to the person whose data was looked at",
	"roster.":                   "who lives where",
	"wechat.":                   "a private message",
	"notify.":                   "a message to one person; what it tells of is entered itself",
	"log.":                      "the log about itself",
	"phrases.":                  "staff's own wording, nothing is done by it",
	"moderation.":               "who reported or appealed is nobody's business; hiding and showing are entered themselves",
	"entry.":                    "between a person and who writes for them; the topic is entered itself",
	"box.":                      "where paper boxes stand; what was in them is entered as topics",
	"poll.drafted":              "a draft",
	"poll.changed":              "a draft",
	"poll.rolling":              "the roll is entered when it is published",
	"poll.objected":             "who objects is nobody's business; the answer is entered",
	"poll.represented":          "a household's own affair",
	"poll.voter_forgotten":      "a person's own affair",
	"poll.served":               "a proof concerns one owner; how many there are is in the result",
	"poll.mandated":             "the principal's own affair; how many ballots came so is in the result",
	"poll.paper":                "that somebody handed in paper; their number is in the result",
	"poll.overriding":           "waits for a second person, whose word is entered",
	"owners.read":               "waits for confirmation, which is entered",
	"owners.discarded":          "a file that never counted",
	"owners.bound":              "who owns what",
	"owners.unbound":            "who owns what",
	"basis.recorded":            "waits for a second person, whose word is entered",
	"offer.":                    "between neighbours",
	"exchange.":                 "a private talk",
	"wish.":                     "between neighbours; a wisher is not to be found out",
	"neighbour.":                "a person's own settings",
	"duty.":                     "names who is on duty; what a Round found is entered",
	"topic.counted":             "a count that follows the comments, which are entered",
	"topic.linked":              "a copy of an act that is entered where it was done",
	"topic.claimed":             "an author who was offline got an account",
	"topic.author_forgotten":    "that somebody left is nobody's business",
	"hall.round_over":           "a reminder to the facilitator; closing the round is entered",
	"hall.option_offered":       "not shown until the facilitator has cleared it",
	"hall.supported":            "names a supporter; a sum is shown",
	"hall.counted":              "a count",
	"hall.question_joined":      "names who asks the same; a sum is shown",
	"hall.day_over":             "a reminder to those who answer; closing the day is entered",
	"hall.author_forgotten":     "that somebody left is nobody's business",
	"covenant.drafted":          "a draft nobody but its keeper sees",
	"covenant.edited":           "a draft",
	"covenant.amend_begun":      "a draft",
	"covenant.legal_noted":      "shown with the edition, which is entered",
	"covenant.recorded":         "waits for a second person, whose word is entered",
	"covenant.returned":         "between the two who record an adoption",
	"covenant.author_forgotten": "that somebody left is nobody's business",
	"bulletin.written":          "a draft",
	"bulletin.edited":           "a draft",
	"bulletin.submitted":        "a draft",
	"bulletin.returned":         "a draft",
	"bulletin.discarded":        "a draft",
	"bulletin.unseen":           "a reminder within the staff; that nobody looked is a fact of the publication",
	"bulletin.batch_planned":    "which people a notice goes to",
	"affair.entered":            "a draft",
	"affair.returned":           "a draft",
	"affair.scheduled":          "opens the obligations, which are entered",
	"affair.question_forgotten": "that somebody left is nobody's business",
	"ledger.drafted":            "a draft",
	"ledger.refused":            "a draft",
	"ledger.withdrawn":          "a draft",
	"digest.opened":             "sorting within the community",
	"digest.sorted":             "sorting within the community",
	"digest.sent_back":          "sorting within the community",
	"host.applied":              "an application; whoever is confirmed is entered",
	"host.revised":              "an introduction that its host wrote anew",
	"host.declined":             "between the desk and the applicant",
	"host.touched":              "a place in a list",
	"host.team_asked":           "a request between two neighbours",
	"host.team_joined":          "which neighbours help; the page shows their masked names",
	"host.team_left":            "which neighbours help",
	"activity.submitted":        "waits for the desk; its publication is entered",
	"activity.returned":         "between the desk and the host",
	"activity.revised":          "words of what is published; another time or place is entered",
	"activity.asked":            "who wants to come is nobody's business",
	"activity.joined":           "who comes is nobody's business",
	"activity.queued":           "who waits is nobody's business",
	"activity.fewer":            "who comes is nobody's business",
	"activity.left":             "who does not come is nobody's business",
	"activity.moved_up":         "who comes is nobody's business",
	"activity.said":             "words to those who signed up",
	"activity.question":         "between two neighbours",
	"activity.answered":         "between two neighbours",
	"activity.reminded":         "a reminder",
	"activity.over":             "follows from its end; how many came is entered",
	"activity.lapsed":           "was never published",
	"activity.forgotten":        "that somebody left is nobody's business",
	"activity.counted":          "a count",
	"meeting.called":            "an invitation; the announcement is entered",
	"meeting.invited":           "an invitation",
	"meeting.replied":           "an answer to an invitation",
	"meeting.presence":          "who was there; the minutes are entered",
	"meeting.drafted":           "a draft of the minutes",
	"meeting.returned":          "a draft of the minutes",
	"meeting.confirmed":         "waits for publication, which is entered",
	"meeting.listened":          "which resident comes to listen",
	"meeting.forgotten":         "that somebody left is nobody's business",
	"meeting.task_asked":        "a request; what was granted is entered",
	"meeting.task_refused":      "a request that changed nothing",
	"project.proposed":          "a draft",
	"project.revised":           "a draft",
	"project.returned":          "between the desk and the proposer",
	"project.join_asked":        "a request between two neighbours",
	"project.joined":            "which neighbours propose together; the page shows their masked names",
	"project.left":              "which neighbours propose together",
	"project.heard":             "follows news, which is in the log",
	"project.news_held":         "nobody may read it yet",
	"project.supervisor_asked":  "waits for the secretary; who is named is in the log",
	"project.proposer_left":     "where somebody lives is their own business",
	"project.proposer_back":     "where somebody lives is their own business",
	"project.supervisor_left":   "may be somebody who was not taken",
	"project.endorsed":          "names a supporter; a sum is shown",
	"project.counted":           "a count",
	"project.import_confirmed":  "each project of the file is an entry of its own",
	"project.paper_attached":    "a photo of a paper; what it leads to is entered",
	"project.objected":          "who objects is nobody's business; the answer is entered",
	"project.volunteer_offered": "which neighbour offers; that somebody is named is entered",
	"project.volunteer_left":    "which neighbour has changed their mind",
	"project.rep_ended":         "why somebody does not come is their own business",
	"project.rated":             "one person's judgement; the result is entered",
	"project.reply_written":     "a draft",
	"project.statement_written": "a draft; what was checked is entered",
	"project.statement_back":    "a draft",
	"project_round.planned":     "a draft; its poll is entered when its roll is published",
	"project_round.lot_dropped": "a draft still",
	"project_round.ended":       "follows the poll and the decisions, which are entered",
	"project.person_forgotten":  "that somebody left is nobody's business",
}

var eventForm = regexp.MustCompile(`^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$`)

// TestEveryEventIsPublicOrSaysWhyNot finds the constants that name events: those in files of events, those named so, and those that
// stand as the type of a fact.
func TestEveryEventIsPublicOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	public := map[string]bool{}
	said, err := words.Load(words.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range publicActs() {
		public[a.Event] = true
		if !said.Has("log.act." + a.Event) {
			t.Errorf("web/words/zh/publiclog.json does not say log.act.%s", a.Event)
		}
	}
	used, seen := map[string]bool{}, map[string]string{}
	for _, event := range houseEvents(t) {
		seen[event.what] = event.where
	}
	if len(seen) < 150 {
		t.Fatalf("saw %d events: the test looks at the wrong place", len(seen))
	}
	for what, where := range seen {
		reason := ""
		for prefix := range notPublic {
			if what == prefix || strings.HasSuffix(prefix, ".") && strings.HasPrefix(what, prefix) {
				reason, used[prefix] = prefix, true
			}
		}
		switch {
		case public[what] && reason != "":
			t.Errorf("%s (%s) is entered in the public log and listed as not public under %q", what, where, reason)
		case !public[what] && reason == "":
			t.Errorf("%s (%s) is neither in publicActs nor, with a reason, in notPublic: decide whether the public may know of it", what, where)
		}
	}
	for what := range public {
		if seen[what] == "" {
			t.Errorf("publicActs enters %s, which nothing appends", what)
		}
	}
	for prefix, why := range notPublic {
		if !used[prefix] || why == "" {
			t.Errorf("notPublic lists %q, which nothing appends, or says no reason", prefix)
		}
	}
}

type houseEvent struct{ what, where string }

func houseEvents(t *testing.T) (list []houseEvent) {
	t.Helper()
	root := filepath.Join("..", "..")
	for _, top := range []string{"deliberation", "projects", "notify", "wechat", "internal"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if top == "projects" && d == nil {
				return nil // not built yet
			}
			if err != nil {
				return err
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "docstoretest") {
				return nil
			}
			list = append(list, fileEvents(t, path)...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// fileEvents reads one file. A constant that only a fact names is found where it is declared, by its name.
func fileEvents(t *testing.T, path string) (list []houseEvent) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ofEvents := strings.HasPrefix(filepath.Base(path), "event")
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			v := spec.(*ast.ValueSpec)
			for i, value := range v.Values {
				lit, ok := value.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING || v.Type != nil {
					continue
				}
				text, err := strconv.Unquote(lit.Value)
				if err != nil || !eventForm.MatchString(text) {
					continue
				}
				if name := v.Names[i].Name; ofEvents || eventName.MatchString(name) {
					list = append(list, houseEvent{text, path + ": " + name})
				}
			}
		}
	}
	return list
}

// eventName matches how the house names events outside files of events.
var eventName = regexp.MustCompile(`^(Event|Fact|Phrase|Topic)[A-Z]`)
