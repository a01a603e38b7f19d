package app

import (
	"jushou/internal/eventlog/publiclog"
	"jushou/projects/activity"
)

// activityActs are the steps of hosts and activities that the community could read. Nobody who signed up, or came, is in them.
func activityActs() []publiclog.Act {
	var acts []publiclog.Act
	for _, event := range []string{activity.HostConfirmed, activity.HostEnded} {
		acts = append(acts, publiclog.Act{Event: event, Of: "host", Ref: "host", Words: []string{"subject", "reason"}})
	}
	for _, event := range []string{activity.EventPublished, activity.EventMoved, activity.EventCancelled, activity.Attended, activity.Recapped} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "activity", Ref: "activity", Facts: []string{"starts_at", "project", "persons"}, Words: []string{"subject", "where", "reason"},
		})
	}
	return acts
}
