package moderation

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation/moderation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// queueView is what waits for a moderator.
type queueView struct {
	To       string
	Items    []itemView
	Pager    view.Pager
	Else     []elseView
	Bulk     bulkForm
	Problems view.Problems
}

// elseView leads to a room with reports of its own.
type elseView struct{ Key, Href, Count string }

// itemView is one case on the page.
type itemView struct {
	Pick                string // kind, id, revision and seen, as the form carries them
	Kind, Who, Role     string
	Title, Text, Link   string
	At, Since           time.Time
	Held, Shown, Raised bool
	Reason, ReasonKey   string
	Findings            []finding
	Reports             []reportLine
	Appeal              *moderation.Appeal
	Barred              string
	What, Written       string // a refused decision about this item, as it was typed
	Problems            view.Problems
}

type finding struct{ Category, Word, Passage string }

type reportLine struct {
	Why, Words string
	At         time.Time
}

// bulkForm is one decision about many on its way.
type bulkForm struct {
	What, Reason string
	Picks        []string
}

// Queue shows what waits: raised cases first, then the rest, each the oldest first.
func (p *Pages) Queue(v *page.Visit) error {
	return p.queue(v, queueView{Problems: view.Problems{Status: 200}}, "", view.Problems{})
}

// queue shows the queue with a form as it was typed: the bulk's in q, or that of the item named by pick.
func (p *Pages) queue(v *page.Visit, q queueView, pick string, refused view.Problems) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	found, err := p.Moderation.Queue(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	q.To = r.Path("/moderation")
	q.Pager = view.Pager{Total: found.Total, Order: "order.moderation", Step: moderation.QueuePage, Later: v.Query("after") != "", First: q.To}
	if found.Next != "" {
		q.Pager.Next = q.To + "?after=" + url.QueryEscape(string(found.Next))
	}
	for _, i := range found.Items {
		item := shownItem(v, i)
		if ref, _, _ := strings.Cut(item.Pick, "|"); pick != "" && ref == pick {
			item.What, item.Written, item.Problems = v.Field("what"), v.Field("reason"), refused
		}
		q.Items = append(q.Items, item)
	}
	if q.Else, err = p.elsewhere(v, r); err != nil {
		return err
	}
	d, err := p.Desk(v, r, "moderation")
	if err != nil {
		return err
	}
	return v.ShowAs(max(q.Problems.Status, refused.Status), QueuePage(d, q))
}

// room is the community or the town that the address names.
func (p *Pages) room(v *page.Visit) (console.Room, error) {
	if town := v.Param("town"); town != "" {
		return p.Room(v, community.ID(town), community.LevelTown)
	}
	return p.Community(v)
}

func (p *Pages) elsewhere(v *page.Visit, r console.Room) ([]elseView, error) {
	var all []elseView
	for _, e := range p.Elsewhere {
		if r.Node.Level != community.LevelCommunity {
			continue
		}
		n, err := e.Count(v.Context(), v.Actor, r.Node.ID)
		if errors.Is(err, identity.ErrDenied) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, elseView{Key: "moderation.else." + e.Key, Href: r.Path(e.Path), Count: strconv.Itoa(n)})
		}
	}
	return all, nil
}

func shownItem(v *page.Visit, i moderation.Item) itemView {
	c, t := i.Case, i.Thing
	x := itemView{
		Pick: encodePick(t.Ref, c.Revision, t.Seen), Kind: string(t.Kind), Who: t.Author.Name, Role: t.Author.Title,
		Title: t.Title, Text: t.Text, Link: t.Link, At: t.At, Since: c.OpenedAt,
		Held: t.State == moderation.StateHeld, Shown: t.State == moderation.StateShown, Raised: c.Raised(),
	}
	if t.ModeratedBy != "" {
		x.Reason = t.Reason
	}
	for _, f := range t.Findings {
		x.Findings = append(x.Findings, finding{v.T("found." + string(f.Category)), f.Word, f.Passage})
	}
	for _, r := range c.Waiting() {
		x.Reports = append(x.Reports, reportLine{v.T("report.why." + string(r.Why)), r.Words, r.At})
	}
	if a, open := c.OpenAppeal(); open {
		x.Appeal = &a
	}
	if i.Barred != nil {
		x.Barred = v.Sentence(i.Barred)
	}
	return x
}

// encodePick writes what a page saw of a thing.
func encodePick(r moderation.Ref, revision int, seen string) string {
	return string(r.Kind) + "." + r.ID + "|" + strconv.Itoa(revision) + "|" + seen
}

// decodePick reads it; a forged one names nothing.
func decodePick(s string) moderation.Pick {
	parts := strings.SplitN(s, "|", 3)
	if len(parts) != 3 {
		return moderation.Pick{}
	}
	kind, id, _ := strings.Cut(parts[0], ".")
	revision, err := strconv.Atoi(parts[1])
	if err != nil {
		revision = -1
	}
	return moderation.Pick{Ref: moderation.Ref{Kind: moderation.Kind(kind), ID: id}, Revision: revision, Seen: parts[2]}
}
