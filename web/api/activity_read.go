package api

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/photo"
	"jushou/projects/activity"
)

func activityOf(c *Call) activity.ID { return activity.ID(c.Param("activity")) }

// held shows an activity after a step.
func (a *Actions) held(c *Call, _ activity.Activity, err error) (Activity, error) {
	if err != nil {
		return Activity{}, err
	}
	return a.readActivity(c)
}

// listActivities lists a community's activities that are not over, the next to end first; or those that are, the latest first.
func (a *Actions) listActivities(c *Call) (Page[Activity], error) {
	list := a.Activities.Coming
	if c.Query("when") == "past" {
		list = a.Activities.Past
	}
	found, err := list(c.Context(), c.Actor, placeOf(c), c.after())
	return pageOf(found.Items, found.Next, showActivity), err
}

// readActivity returns an activity.
func (a *Actions) readActivity(c *Call) (Activity, error) {
	v, err := a.Activities.Activity(c.Context(), c.Actor, activityOf(c))
	return showActivity(v), err
}

// activityPhoto returns a picture of a recap to whom the activity is shown.
func (a *Actions) activityPhoto(c *Call) ([]byte, error) {
	v, err := a.Activities.Activity(c.Context(), c.Actor, activityOf(c))
	if err != nil {
		return nil, err
	}
	id := c.Param("photo")
	if v.Recap == nil || !slices.Contains(v.Recap.Photos, deliberation.PhotoID(id)) {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, id)
}

// openActivities lists a community's activities for everybody: what comes, and then what was lately.
func (a *Actions) openActivities(c *Call) (Page[OpenActivity], error) {
	coming, past, err := a.Activities.Open(c.Context(), placeOf(c))
	return pageOf(slices.Concat(coming, past), "", showOpenActivity), err
}

// MyActivities is what the caller holds and goes to.
type MyActivities struct {
	Goes  []Activity `json:"goes"`
	Holds []Activity `json:"holds"`
}

// myActivities returns it.
func (a *Actions) myActivities(c *Call) (MyActivities, error) {
	m, err := a.Activities.Mine(c.Context(), c.Actor)
	return MyActivities{each(m.Goes, showActivity), each(m.Holds, showActivity)}, err
}

// activityQuestions lists the questions to the host that the caller may read: their own; the host and the desk all.
func (a *Actions) activityQuestions(c *Call) (Page[ActivityQuestion], error) {
	found, err := a.Activities.Questions(c.Context(), c.Actor, activityOf(c))
	return pageOf(found, "", func(q activity.Asking) ActivityQuestion {
		return ActivityQuestion{q.ID, showAuthor(q.By), q.Text, Instant{q.At}, q.Answer, Instant{q.AnsweredAt}}
	}), err
}

// activityRoster lists who signed up, in their order.
func (a *Actions) activityRoster(c *Call) (Page[ActivityGuest], error) {
	found, err := a.Activities.Roster(c.Context(), c.Actor, activityOf(c))
	return pageOf(found, "", func(g activity.Guest) ActivityGuest { return ActivityGuest(g) }), err
}
