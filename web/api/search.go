package api

import (
	"strconv"

	"jushou/internal/community"
	"jushou/web/search"
)

// Result is something a search found.
type Result struct {
	ID    string `json:"id"`
	Kind  string `json:"kind" doc:"Of a topic its kind; of anything else what it is: hall, poll, covenant, affair, meeting, whistle."`
	Title string `json:"title"`
	Href  string `json:"href" doc:"The page that shows it."`
	// Match names the tier.
	Match     string  `json:"match" doc:"How well it matches: title, text, sound (it is read the same), close (it nearly matches)."`
	Status    string  `json:"status,omitempty" doc:"Of a topic."`
	Board     string  `json:"board,omitempty" doc:"Of a topic."`
	CreatedAt Instant `json:"created_at"`
	Comments  int     `json:"comments"`
}

// Results is one page of results.
type Results struct {
	Page[Result]
	PublicOnly bool `json:"public_only" doc:"Only public notices are found, because the reader is no member here."`
}

// findTopics searches one community.
func (a *Actions) findTopics(c *Call) (Results, error) {
	limit, err := number(c, "limit")
	if err != nil {
		return Results{}, err
	}
	found, err := a.Search.Find(c.Context(), c.Actor, search.Ask{
		Community: community.ID(c.Param("community")), Text: c.Query("q"), Board: c.Query("board"), State: c.Query("state"),
		Period: c.Query("period"), After: c.Query("after"), Limit: limit,
	}, c.Now)
	if err != nil {
		return Results{}, err
	}
	return Results{Page: Page[Result]{Items: each(found.Cards, showResult), Next: found.Next}, PublicOnly: found.PublicOnly}, nil
}

func number(c *Call, name string) (int, error) {
	text := c.Query(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, errNumber.On(name)
	}
	return n, nil
}

var tiers = []string{"title", "text", "sound", "close"}

func showResult(c search.Card) Result {
	r := Result{ID: c.ID, Kind: c.Kind, Title: c.Title, Href: c.Topic.Href, Match: tiers[c.Tier], CreatedAt: instant(c.Topic.At), Comments: c.Topic.Comments}
	if c.View != nil {
		r.Status, r.Board = string(c.View.Status), string(c.View.Board)
	}
	return r
}

// Similar is a topic that says much the same as a text.
type Similar struct {
	Result
	Share  int  `json:"share" doc:"How much of what the text says the topic says too, 1 to 100."`
	Strong bool `json:"strong" doc:"So much that somebody about to post should look at it first."`
}

// similarTopics lists what is there already like a text.
func (a *Actions) similarTopics(c *Call) (Page[Similar], error) {
	likes, err := a.Search.Similar(c.Context(), c.Actor, community.ID(c.Param("community")), c.Query("text"), c.Now)
	if err != nil {
		return Page[Similar]{}, err
	}
	return Page[Similar]{Items: each(likes, func(l search.Like) Similar {
		return Similar{showResult(l.Card), l.Share, l.Strong}
	})}, nil
}

// searchTable are the rows of searching.
func searchTable() []Action {
	return []Action{
		asks("findTopics", "GET /communities/{community}/search", "Find topics, notices, guides and what the other rooms hold by their words, the best match first", (*Actions).findTopics).
			with(
				Argument{Name: "q", Doc: "Words; of more than 200 characters the first 200. Traditional characters, pinyin and a wrong character are understood."},
				Argument{Name: "board", Doc: "Only this board."},
				Argument{Name: "state", Doc: "Only topics in this state.", Values: search.States()},
				Argument{Name: "period", Doc: "Only of the last month or year.", Values: search.Periods()},
				Argument{Name: "limit", Doc: "How many on a page, at most 50; 20 if left out.", Number: true},
				Argument{Name: "after", Doc: "The next of the page before; left out for the first page."},
			).refuses(noPlace, joined, "board.not_found api.bad_number search.no_words search.bad_cursor search.bad_filter search.unavailable"),
		asks("similarTopics", "GET /communities/{community}/similar", "What is there already like a text that is about to be posted", (*Actions).similarTopics).
			with(Argument{Name: "text", Doc: "The first 80 characters are compared."}).refuses(noPlace, joined, "search.unavailable"),
	}
}
