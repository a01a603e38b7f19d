package publiclog

import (
	"errors"
	"strconv"
	"time"

	"jushou/internal/community"
	"jushou/internal/eventlog/publiclog"
	"jushou/web/page"
)

// pageLines is how many entries a page shows.
const pageLines = 30

// logView is the log for anybody.
type logView struct {
	Stamp stampView
	Lines []lineView
	// First and Last number the newest and the oldest entry shown, from 1.
	First, Last string
	Older       string // address of the entries before, "" at the beginning
	Step        string // how many it shows
	Later       bool   // this is not the newest page
}

// stampView is a checkpoint; the zero view is none.
type stampView struct {
	Size uint64
	Root string
	At   time.Time
	Note string
}

// lineView is one entry in words.
type lineView struct {
	Number, Text, Href string
	At                 time.Time
}

func stamp(c publiclog.Checkpoint) stampView {
	return stampView{Size: uint64(max(c.Size, 0)), Root: c.Root, At: c.At, Note: c.Note}
}

// Home shows what the log is, how large it is, and what was entered, the newest first.
func (p *Pages) Home(v *page.Visit) error {
	c, err := p.Log.Latest(v.Context())
	if errors.Is(err, publiclog.ErrEmpty) {
		return v.Show(HomePage(logView{}))
	}
	if err != nil {
		return err
	}
	end := c.Size
	if text := v.Query("before"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return publiclog.ErrNotFound
		}
		end = min(n, end)
	}
	list, err := p.Log.Before(v.Context(), end, pageLines)
	if err != nil {
		return err
	}
	last := list[len(list)-1].Index // a checkpoint covers at least one entry, and end is not before it
	l := logView{Stamp: stamp(c), Later: end < c.Size, First: number(list[0].Index), Last: number(last)}
	for _, line := range list {
		words, err := p.words(v, line)
		if err != nil {
			return err
		}
		l.Lines = append(l.Lines, words)
	}
	if last > 0 {
		l.Older, l.Step = "/open/log?before="+strconv.FormatInt(last, 10), strconv.FormatInt(min(last, pageLines), 10)
	}
	return v.Show(HomePage(l))
}

// number is an entry's number as people count: from 1.
func number(index int64) string { return strconv.FormatInt(index+1, 10) }

// words says an entry.
func (p *Pages) words(v *page.Visit, line publiclog.Line) (lineView, error) {
	at, err := line.Entry.Time()
	if err != nil {
		return lineView{}, err
	}
	place, err := p.placeName(v, line.Entry.Place)
	if err != nil {
		return lineView{}, err
	}
	return lineView{
		Number: number(line.Index), At: at, Href: "/open/log/entry/" + strconv.FormatInt(line.Index, 10),
		Text: v.T("log.line", "place", place, "act", act(v, line.Entry.Act)),
	}, nil
}

// act says what was done. An act that has no words yet keeps its name: the log is older than its words.
func act(v *page.Visit, name string) string {
	key := "log.act." + name
	if !v.Has(key) {
		return name
	}
	return v.T(key)
}

func (p *Pages) placeName(v *page.Visit, id string) (string, error) {
	node, err := p.Directory.Node(v.Context(), community.ID(id))
	if errors.Is(err, community.ErrNoNode) || id == "" {
		return v.T("log.everywhere"), nil
	}
	return node.Name, err
}
