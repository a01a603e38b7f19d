package mem

import "time"

// expiring is a map whose entries end. Expired entries are dropped when they are met, and now and then all
// at once, so that keys nobody asks for again do not pile up.
type expiring[V any] map[string]entry[V]

type entry[V any] struct {
	value V
	ends  time.Time
}

func (m expiring[V]) get(key string) (V, bool) {
	e, ok := m[key]
	if ok && !time.Now().Before(e.ends) {
		delete(m, key)
		ok = false
	}
	if !ok {
		var none V
		return none, false
	}
	return e.value, true
}

func (m expiring[V]) set(key string, value V, ttl time.Duration) {
	now := time.Now()
	m[key] = entry[V]{value, now.Add(ttl)}
	m.prune(now)
}

// pruned is how many entries a write looks at. Go walks a map from a random place, so a few at each
// write keep the dead share of the map small without ever walking all of it under the lock.
const pruned = 4

func (m expiring[V]) prune(now time.Time) {
	looked := 0
	for key, e := range m {
		if looked++; looked > pruned {
			return
		}
		if !now.Before(e.ends) {
			delete(m, key)
		}
	}
}
