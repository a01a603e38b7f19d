package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/projects/activity"
)

// Activity is an activity of a 达人. Who has signed up is for its host and the desk.
type Activity struct {
	ID        activity.ID     `json:"id"`
	Community community.ID    `json:"community"`
	Host      activity.HostID `json:"host"`
	By        Author          `json:"by" doc:"The host."`
	Field     activity.Field  `json:"field"`
	Title     string          `json:"title"`
	What      string          `json:"what"`
	Where     string          `json:"where"`
	StartsAt  Instant         `json:"starts_at"`
	EndsAt    Instant         `json:"ends_at"`
	Until     Instant         `json:"sign_up_until"`
	Phase     activity.Phase  `json:"phase"`
	Capacity  int             `json:"capacity" doc:"Persons; 0 without a bound."`
	Seated    int             `json:"seated" doc:"Persons who have a seat."`
	Waiting   int             `json:"waiting" doc:"Persons who wait for one."`
	For       string          `json:"for,omitempty" doc:"Who may come, in words."`
	Buildings []string        `json:"buildings" doc:"Who may come, by name; empty for the whole community."`
	Project   string          `json:"project,omitempty" doc:"It belongs to that project."`
	Reason    string          `json:"reason,omitempty" doc:"Why it was called off or given back."`
	Mine      bool            `json:"mine" doc:"The caller holds it."`
	MayCome   bool            `json:"may_come" doc:"The caller can sign up now."`
	Seat      *ActivitySeat   `json:"seat,omitempty" doc:"The caller's own."`
	Sayings   []ActivityWord  `json:"messages" doc:"Of the host, to those who signed up."`
	Turned    int             `json:"came" doc:"How many came, 0 where nothing was written down."`
	Recap     *ActivityRecap  `json:"recap,omitempty"`
}

// ActivitySeat is a seat, or a place on the waiting list.
type ActivitySeat struct {
	Persons int                 `json:"persons"`
	Status  activity.SeatStatus `json:"status"`
	Ahead   int                 `json:"ahead" doc:"Persons who wait before."`
}

// ActivityWord is what the host tells those who signed up.
type ActivityWord struct {
	Text string  `json:"text"`
	At   Instant `json:"at"`
}

// ActivityRecap is what the host tells everybody afterwards.
type ActivityRecap struct {
	Text   string  `json:"text"`
	Photos []Photo `json:"photos"`
	At     Instant `json:"at"`
}

func showActivity(v activity.View) Activity {
	x := Activity{
		ID: v.ID, Community: v.Community, Host: v.Host, By: showAuthor(v.By), Field: v.Field, Title: v.Title, What: v.What, Where: v.Where, StartsAt: Instant{v.StartsAt},
		EndsAt: Instant{v.EndsAt}, Until: Instant{v.Until}, Phase: v.Phase, Capacity: v.Capacity, Seated: v.Seated, Waiting: v.Waits, For: v.For.Words,
		Buildings: append([]string{}, v.For.Names...), Project: v.Project, Reason: v.Reason, Mine: v.Mine, MayCome: v.MayCome, Turned: v.Turned,
		Sayings: each(v.Sayings, func(s activity.Saying) ActivityWord { return ActivityWord{s.Text, Instant{s.At}} }),
	}
	if v.Seat != nil {
		x.Seat = &ActivitySeat{v.Seat.Persons, v.Seat.Status, v.Ahead}
	}
	if v.Recap != nil {
		x.Recap = &ActivityRecap{v.Recap.Text, activityPhotos(v.ID, v.Recap.Photos), Instant{v.Recap.At}}
	}
	return x
}

func activityPhotos(id activity.ID, all []deliberation.PhotoID) []Photo {
	return each(all, func(p deliberation.PhotoID) Photo {
		base := Prefix + "/activities/" + string(id) + "/photos/" + string(p)
		return Photo{ID: string(p), Thumb: base + "/thumb", Full: base + "/full"}
	})
}

// OpenActivity is an activity as everybody may know of it.
type OpenActivity struct {
	Title    string         `json:"title"`
	Where    string         `json:"where"`
	Field    activity.Field `json:"field"`
	StartsAt Instant        `json:"starts_at"`
	EndsAt   Instant        `json:"ends_at"`
	Phase    activity.Phase `json:"phase"`
	Capacity int            `json:"capacity" doc:"Persons; 0 without a bound."`
	Came     int            `json:"came"`
	Recap    string         `json:"recap,omitempty"`
}

func showOpenActivity(e activity.Entry) OpenActivity {
	return OpenActivity{e.Title, e.Where, e.Field, Instant{e.StartsAt}, Instant{e.EndsAt}, e.Phase, e.Capacity, e.Came, e.Words}
}

// ActivityQuestion is a question to the host, read by the two and the desk.
type ActivityQuestion struct {
	ID       string  `json:"id"`
	By       Author  `json:"by"`
	Text     string  `json:"text"`
	At       Instant `json:"at"`
	Answer   string  `json:"answer,omitempty"`
	Answered Instant `json:"answered_at,omitzero"`
}

// ActivityGuest is one line of who signed up.
type ActivityGuest struct {
	Seat     int                 `json:"seat" doc:"Its place in the list, which writing down who came names."`
	Name     string              `json:"name" doc:"Masked."`
	Building string              `json:"building,omitempty"`
	Persons  int                 `json:"persons"`
	Status   activity.SeatStatus `json:"status"`
	Came     int                 `json:"came"`
}
