// Package web answers HTTP: pages for residents and staff, public pages, the JSON API.
//
// The way of a request: a limit for its body by address (limits.go), an id and a guard against panics
// (visit.go), headers (headers.go), who asks (visit.go), whether the post is genuine (genuine.go), then one
// handler. Handlers live in packages by area (resident, desk, open, auth, api), one file per page action; each
// area's addresses are listed in its routes_*.go here. Errors come back to errors.go, the one place that logs,
// counts and renders them.
package web
