package resident

import "strconv"

// unread says how many notices wait, nothing for none.
func unread(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// oneOrZero is what a switch sends.
func oneOrZero(on bool) string {
	if on {
		return "1"
	}
	return "0"
}
