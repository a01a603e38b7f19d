// Package open holds the pages that anybody may read without an account.
//
// One file per page action: its form, its GET and POST, and the mapping to the view beside it (.templ).
// Services lists what the actions need; web.Deps carries it.
package open
