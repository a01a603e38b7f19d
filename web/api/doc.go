// Package api answers every action of a page as JSON, under /api/v1.
//
// The tables (table*.go) are the only list of what there is: each row names method, path, handler, what is sent
// and answered, and with which codes it may be refused. The routes come from them, and the OpenAPI document
// does too (document.go), with its schemas made from the Go types of the handlers (schema.go); so the two cannot
// drift apart. Handlers are one file each: who, parse, one call to the use case the page calls, answer.
//
// What is the same for all stands in call.go (reading a body, unknown fields), key.go (Idempotency-Key) and
// problem.go (RFC 9457).
package api
