package deliberation

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// mentionedNames returns the names that a text calls with @, each once and without it. A masked name ends with its
// stars, so that 「@王**你好」 calls 王**; another name ends where letters end. 「@王**·3号楼」 tells two of a name apart.
func mentionedNames(body string) []string {
	var names []string
	for i, part := range strings.Split(body, "@") {
		if i == 0 {
			continue
		}
		if name := leadingName(part); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// longestName is where looking for the end of a name stops, in runes, building included.
const longestName = 24

func leadingName(s string) string {
	runes := []rune(s)
	runes = runes[:min(len(runes), longestName)]
	end := 0
	for end < len(runes) && (runes[end] == '*' || runes[end] == '·' || unicode.IsLetter(runes[end]) || unicode.IsDigit(runes[end])) {
		end++
	}
	name := string(runes[:end])
	if stars := strings.LastIndex(name, "*"); stars >= 0 && !strings.HasPrefix(name[stars+1:], "·") {
		name = name[:stars+1]
	}
	return strings.TrimRight(name, "·")
}

// namesakes is how many persons of one name a mention reaches; among more than these nobody can be meant.
const namesakes = 3

// mentions finds the people of the thread whom a text calls by the name shown there: who posted the topic, who answered
// it, and who commented. One read for each name, whatever the length of the thread.
func (s *Service) mentions(ctx context.Context, t Topic, body string) ([]Mention, error) {
	names := mentionedNames(body)
	if len(names) > MaxMentions {
		return nil, errMentions.With("got", len(names))
	}
	var all []Mention
	for _, called := range names {
		name, building, _ := strings.Cut(called, "·")
		people, err := s.speakers(ctx, t, name, building)
		if err != nil {
			return nil, err
		}
		if len(people) > namesakes {
			continue
		}
		for _, a := range people {
			all = append(all, Mention{Name: name, Account: a})
		}
	}
	return all, nil
}

// speakers returns the accounts in the thread that are shown by the name, and live in the building if one is given.
func (s *Service) speakers(ctx context.Context, t Topic, name, building string) ([]identity.AccountID, error) {
	var people []identity.AccountID
	add := func(a identity.AccountID, n, b string) {
		if a != "" && n == name && (building == "" || building == b) && !slices.Contains(people, a) {
			people = append(people, a)
		}
	}
	add(t.Author.Account, t.Author.Name, t.Author.Building)
	for _, r := range t.Responses {
		add(r.By, r.Name, "")
	}
	found, _, err := s.comments.Find(ctx, docstore.Query{
		Index: bySpeaker, Equal: []any{speaker(t.ID, name)}, Desc: true, Limit: 20,
	})
	for _, c := range found {
		if c.Shown() {
			add(c.Author.Account, c.Author.Name, c.Author.Building)
		}
	}
	return people, err
}

// speaker is the index's value for a name in a thread.
func speaker(t TopicID, name string) string { return string(t) + "/" + name }

// editWindow is how long the author of a comment on the topic may change it.
func (s *Service) editWindow(ctx context.Context, t Topic) (time.Duration, error) {
	node, err := s.directory.Node(ctx, t.Community)
	return EditWindowOf(node.Settings), err
}
