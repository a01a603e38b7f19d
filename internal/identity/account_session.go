package identity

import (
	"slices"
	"time"
)

// EndedSession is a session that was signed out before it expired.
type EndedSession struct {
	ID      string    `json:"id"`
	Expires time.Time `json:"expires"` // after this the token refuses itself
}

// maxEnded bounds the list of single sign-outs; past it every session is ended, which is safe and rare.
const maxEnded = 20

// EndSession ends one session.
func (a Account) EndSession(id string, expires, now time.Time) Account {
	if a.hasEnded(id) || !expires.After(now) {
		return a
	}
	a.Ended = slices.DeleteFunc(slices.Clone(a.Ended), func(e EndedSession) bool { return !e.Expires.After(now) })
	if len(a.Ended) >= maxEnded {
		return a.EndAllSessions()
	}
	a.Ended = append(a.Ended, EndedSession{ID: id, Expires: expires})
	return a
}

// EndAllSessions ends every session that was ever issued.
func (a Account) EndAllSessions() Account {
	a.Epoch++
	a.Ended = nil
	return a
}

func (a Account) hasEnded(id string) bool {
	return slices.ContainsFunc(a.Ended, func(e EndedSession) bool { return e.ID == id })
}
