// Package app is what the program consists of: which parts there are, how they are joined, in what order
// they start and stop. Nothing registers itself; a part that is not named in these files does not run.
package app
