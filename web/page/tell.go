package page

import (
	"time"

	"jushou/web/view"
)

// Tell returns the sentence of a notice. Instants travel in arguments as RFC 3339, and are read here as people
// say them.
func (v *Visit) Tell(key string, args map[string]string) string {
	words := v.site.Frame.Words
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			value = view.WhenSaid(words, v.Now, at)
		}
		pairs = append(pairs, name, value)
	}
	return words.T(key, pairs...)
}

// When says an instant as pages do: 今天 14:00.
func (v *Visit) When(at time.Time) string { return view.WhenSaid(v.site.Frame.Words, v.Now, at) }
