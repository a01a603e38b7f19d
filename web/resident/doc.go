// Package resident holds the pages of residents: their community, topics, their own affairs.
//
// One file per page action: its form, its GET and POST, and the mapping to the view beside it (.templ).
// Services lists what the actions need; web.Deps carries it.
package resident
