// Package api answers every action of a page as JSON.
//
// One file per page action: its form, its GET and POST, and the mapping to the view beside it (.templ).
// Services lists what the actions need; web.Deps carries it.
package api
