// Package archtest holds the house's plan against the code: imports run strictly downward, each library
// lives in one room, and rules take the time as an argument. It has no code of its own, only tests.
package archtest
