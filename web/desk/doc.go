// Package desk holds the staff console: the queue of what needs an answer, and what staff keep in order.
//
// One file per page action: its form, its GET and POST, and the mapping to the view beside it (.templ).
// Services lists what the actions need; web.Deps carries it.
package desk
