// Package open holds the pages that anybody may read in any browser, without an account: the district and its
// communities, how fast each answers, how due times are computed, what is kept about people.
//
// One page, one file, with its view (.templ) beside it. Nothing here depends on who looks: figures are the published
// ones of package deliberation, never of a person, and topics are the public notices.
package open
