package story

import (
	"strings"

	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/view"
)

// offered is how many topics a form offers.
const offered = 12

// Offer lists topics that something may be tied to: those that were chosen, then the latest of the community.
func Offer(v *page.Visit, topics *deliberation.Service, in community.ID, chosen []string) ([]view.Ticked, error) {
	var ticks []view.Ticked
	for _, id := range chosen {
		t, err := topics.Topic(v.Context(), v.Actor, deliberation.TopicID(id))
		if err == nil && t.Community == in {
			ticks = append(ticks, view.Ticked{Value: id, Text: t.Title, On: true})
		}
	}
	feed, err := topics.Feed(v.Context(), v.Actor, in, "", "")
	if err != nil {
		return nil, err
	}
	for _, t := range feed.Items {
		if t.Kind != deliberation.KindNotice && t.Status.Shown() && !slices.Contains(chosen, string(t.ID)) && len(ticks) < offered {
			ticks = append(ticks, view.Ticked{Value: string(t.ID), Text: t.Title})
		}
	}
	return ticks, nil
}

// TopicIDs reads topics that were typed or carried along: ids or addresses of topics, between blanks or commas.
func TopicIDs(typed string) []deliberation.TopicID {
	var all []deliberation.TopicID
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ' ' || r == '，' || r == '\n' }) {
		all = append(all, deliberation.TopicID(word[strings.LastIndex(word, "/")+1:]))
	}
	return all
}
