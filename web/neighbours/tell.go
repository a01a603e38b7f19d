package neighbours

import (
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/web/view"
)

// rest returns what a body says beyond its title: without a title of its own, an offer is called by its first line.
func rest(o neighbourhood.Offer) string { return beyond(o.Title, o.Body) }

func beyond(title, body string) string {
	first, after, _ := strings.Cut(body, "\n")
	if first == title {
		return strings.TrimLeft(after, "\n")
	}
	return body
}

// photos returns the addresses of an offer's photos; they ask for its permission.
func photos(o neighbourhood.Offer) []view.Photo {
	all := make([]view.Photo, len(o.Photos))
	for i, id := range o.Photos {
		at := "/n/" + string(o.ID) + "/photos/" + string(id)
		all[i] = view.Photo{Thumb: at + "/thumb", Full: at + "/full"}
	}
	return all
}

// told returns a history as pages tell it; what leaves no news for a reader is left out.
func told(all []deliberation.Entry) []view.Moment {
	moments := make([]view.Moment, 0, len(all))
	for _, e := range all {
		moments = append(moments, view.Moment{Who: e.Name, Role: e.Title, What: "neighbours.story." + e.What, Text: e.Reason, At: e.At})
	}
	return moments
}
