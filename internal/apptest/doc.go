// Package apptest starts the whole program for tests: real store, real HTTP, the WeChat simulator and a clock that
// the test moves. Phones and desks in it are HTTP clients with their own cookies; the browser tests drive
// Debian's chromium instead.
package apptest
