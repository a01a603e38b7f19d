package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Author is who wrote something, as others see them.
type Author struct {
	Name     string `json:"name" doc:"Masked for residents."`
	Building string `json:"building,omitempty"`
	Title    string `json:"title,omitempty" doc:"Of people in a role."`
}

// Photo is where a photo's two sizes are read.
type Photo struct {
	ID    string `json:"id"`
	Thumb string `json:"thumb"`
	Full  string `json:"full"`
}

// Clock is the promise of an answer.
type Clock struct {
	Phase       deliberation.Phase `json:"phase"`
	StartedAt   Instant            `json:"started_at,omitzero"`
	DueAt       Instant            `json:"due_at,omitzero" doc:"The Round by which an answer is promised; left out while the calendar knows none."`
	NextAt      Instant            `json:"next_at,omitzero" doc:"The next Round that has not passed."`
	MetAt       Instant            `json:"met_at,omitzero" doc:"The first official answer."`
	Missed      int                `json:"missed" doc:"Rounds that found the topic on the list already."`
	LateSeconds int64              `json:"late_seconds" doc:"How long past due_at the answer came or, without one, it is now."`
}

// May says which steps make sense to offer. The actions ask again.
type May struct {
	Comment  bool `json:"comment"`
	Answer   bool `json:"answer"`
	Edit     bool `json:"edit"`
	Withdraw bool `json:"withdraw"`
	Hold     bool `json:"hold"`
	Release  bool `json:"release"`
	Hide     bool `json:"hide"`

	Accept          bool `json:"accept"`
	Refuse          bool `json:"refuse"`
	Ask             bool `json:"ask"`
	Dispatch        bool `json:"dispatch"`
	Contest         bool `json:"contest"`
	Review          bool `json:"review"`
	Take            bool `json:"take"`
	Report          bool `json:"report"`
	Verify          bool `json:"verify" doc:"Or send back."`
	Uphold          bool `json:"uphold"`
	Confirm         bool `json:"confirm"`
	Dispute         bool `json:"dispute"`
	Reopen          bool `json:"reopen"`
	Merge           bool `json:"merge"`
	Move            bool `json:"move"`
	AskExtension    bool `json:"ask_extension"`
	DecideExtension bool `json:"decide_extension"`
}

// TopicCard is a topic as lists show it.
type TopicCard struct {
	ID           deliberation.TopicID  `json:"id"`
	Community    community.ID          `json:"community"`
	Board        deliberation.BoardKey `json:"board"`
	Kind         deliberation.Kind     `json:"kind"`
	Via          deliberation.Via      `json:"via"`
	Status       deliberation.Status   `json:"status"`
	Reason       string                `json:"reason,omitempty" doc:"Why it is held, hidden or withdrawn; word_list means by the word list."`
	Masked       bool                  `json:"masked" doc:"Title, body and photos are left out."`
	Title        string                `json:"title"`
	Body         string                `json:"body"`
	Photos       []Photo               `json:"photos"`
	Author       Author                `json:"author"`
	Mine         bool                  `json:"mine"`
	CreatedAt    Instant               `json:"created_at"`
	EditedAt     Instant               `json:"edited_at,omitzero"`
	LastActivity Instant               `json:"last_activity"`
	Revision     int                   `json:"revision" doc:"Counts edits; an edit names the revision it saw."`
	Comments     int                   `json:"comments" doc:"May lag a moment."`
	Clock        *Clock                `json:"clock,omitempty" doc:"Left out where no answer is promised."`
	May          May                   `json:"may"`
}

// Answer is an official answer.
type Answer struct {
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Role   identity.Role `json:"role"`
	Title  string        `json:"title,omitempty"`
	Body   string        `json:"body"`
	Photos []Photo       `json:"photos"`
	At     Instant       `json:"at"`
	First  bool          `json:"first" doc:"It stopped the clock."`
	Auto   bool          `json:"auto" doc:"No person wrote it."`
}

// Moment is one step of a topic's history.
type Moment struct {
	What   string  `json:"what" doc:"For example topic.posted."`
	Name   string  `json:"name,omitempty"`
	Title  string  `json:"title,omitempty"`
	Reason string  `json:"reason,omitempty"`
	At     Instant `json:"at"`
}

// Topic is a topic with its answers and history.
type Topic struct {
	TopicCard
	Answers []Answer `json:"answers"`
	History []Moment `json:"history"`

	Acceptance *Promise                 `json:"acceptance,omitempty"`
	Resolution *Promise                 `json:"resolution,omitempty"`
	Work       *Work                    `json:"work,omitempty"`
	Refusal    deliberation.RefusalKind `json:"refusal,omitempty"`
	CloseAt    Instant                  `json:"close_at,omitzero" doc:"A resolved topic closes then by itself."`
	Into       deliberation.TopicID     `json:"into,omitempty" doc:"It goes on in that topic."`
	Voices     int                      `json:"voices" doc:"People it speaks for: its author and those of merged topics, each once."`
	Links      []TopicLink              `json:"links"`
}

func showAuthor(a deliberation.Author) Author {
	return Author{Name: a.Name, Building: a.Building, Title: a.Title}
}

// showPhotos returns the addresses of a topic's photos; they ask for the topic's permission.
func showPhotos(topic deliberation.TopicID, ids []deliberation.PhotoID) []Photo {
	return each(ids, func(id deliberation.PhotoID) Photo {
		base := Prefix + "/topics/" + string(topic) + "/photos/" + string(id)
		return Photo{ID: string(id), Thumb: base + "/thumb", Full: base + "/full"}
	})
}

func showClock(t deliberation.TopicView) *Clock {
	if t.Clock == nil {
		return nil
	}
	e := t.Explain
	return &Clock{
		Phase: e.Phase, StartedAt: instant(t.Clock.StartedAt), DueAt: instant(e.DueAt), NextAt: instant(e.NextAt), MetAt: instant(e.MetAt),
		Missed: e.Missed, LateSeconds: seconds(e.Late),
	}
}

func showCard(t deliberation.TopicView) TopicCard {
	return TopicCard{
		ID: t.ID, Community: t.Community, Board: t.Board, Kind: t.Kind, Via: t.Via, Status: t.Status, Reason: t.Reason, Masked: t.Masked,
		Title: t.Title, Body: t.Body, Photos: showPhotos(t.ID, t.Photos), Author: showAuthor(t.Author), Mine: t.Mine,
		CreatedAt: instant(t.CreatedAt), EditedAt: instant(t.EditedAt), LastActivity: instant(t.LastActivity),
		Revision: t.Revision, Comments: t.Comments, Clock: showClock(t), May: May(t.May),
	}
}

func showTopic(t deliberation.TopicView) Topic {
	return Topic{
		TopicCard: showCard(t), Acceptance: showPromise(t.Acceptance, t.Accept), Resolution: showPromise(t.Resolution, t.Resolve), Work: showWork(t),
		Refusal: t.Refusal, CloseAt: instant(t.CloseAt), Into: t.Into, Voices: t.Speaks, Links: showLinks(t.Links),
		Answers: each(t.Responses, func(r deliberation.Response) Answer {
			return Answer{
				ID: r.ID, Name: r.Name, Role: r.Role, Title: r.Title, Body: r.Body, Photos: showPhotos(t.ID, r.Photos),
				At: instant(r.At), First: r.First, Auto: r.Auto,
			}
		}),
		History: each(t.History, func(e deliberation.Entry) Moment {
			return Moment{What: e.What, Name: e.Name, Title: e.Title, Reason: e.Reason, At: instant(e.At)}
		}),
	}
}

// changed shows what a step on a topic left, to who took it.
func (a *Actions) changed(c *Call, t deliberation.Topic, err error) (Topic, error) {
	if err != nil {
		return Topic{}, err
	}
	return showTopic(a.Topics.View(c.Actor, t)), nil
}
