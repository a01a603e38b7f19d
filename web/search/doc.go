// Package search holds the pages by which somebody finds what was said in a community: the search itself, and what is
// already there like the thing somebody is about to post.
//
// The index (internal/search) answers with ids. Every result is loaded here through the room that owns it, which asks what
// the reader may see; what the index has not yet heard to be hidden is therefore left out all the same.
package search
