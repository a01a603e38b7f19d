// Package ids makes document identifiers: short, unguessable, and sorted by the time they were made.
//
// An id is 20 characters of Crockford's base 32 in lower case: 10 for the Unix millisecond and 10
// (50 random bits) for chance. It can be read over a telephone, fits a URL, and two ids made in the
// same millisecond collide once in 10^15; the store's "must be absent" refuses even that.
package ids

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// Length is the number of characters of an id.
const Length = 20

const (
	alphabet  = "0123456789abcdefghjkmnpqrstvwxyz"
	timeChars = 10
)

// New returns an id for something made at now.
func New(now time.Time) string {
	var random [8]byte
	rand.Read(random[:]) // never fails: crypto/rand aborts the program instead
	return encode(uint64(now.UnixMilli()), binary.BigEndian.Uint64(random[:]))
}

func encode(millis, chance uint64) string {
	var id [Length]byte
	for i := timeChars - 1; i >= 0; i-- {
		id[i] = alphabet[millis&31]
		millis >>= 5
	}
	for i := Length - 1; i >= timeChars; i-- {
		id[i] = alphabet[chance&31]
		chance >>= 5
	}
	return string(id[:])
}

// Valid reports whether s could have come from New. Forms carry ids as tokens, so a handler
// checks them before they become document keys.
func Valid(s string) bool {
	if len(s) != Length {
		return false
	}
	for i := range len(s) {
		if value(s[i]) < 0 {
			return false
		}
	}
	return true
}

// Time returns the millisecond in which the id was made, or the zero time if it is not an id.
func Time(id string) time.Time {
	if !Valid(id) {
		return time.Time{}
	}
	var millis int64
	for i := range timeChars {
		millis = millis<<5 | int64(value(id[i]))
	}
	return time.UnixMilli(millis)
}

func value(c byte) int {
	for i := range len(alphabet) {
		if alphabet[i] == c {
			return i
		}
	}
	return -1
}

// Derive returns the id of something that follows from something else: made at the given time, with a
// hash in place of chance. The same cause gives the same id, which is how an effect happens once.
func Derive(made time.Time, hash [32]byte) string {
	return encode(uint64(made.UnixMilli()), binary.BigEndian.Uint64(hash[:8]))
}
