// Package pabulib reads and writes .pb files, the public format of participatory budgeting elections: three
// sections META, PROJECTS and VOTES, each with a header line, fields parted by semicolons, lists inside a
// field by commas.
//
// Read is strict about what a count depends on (costs, ids, ballots, points, the announced numbers of
// projects and votes) and says the line and what is wrong there, as *Malformed. It is lenient about what only
// people read: unknown keys and columns are kept, empty lines passed over, a decimal comma taken as a point.
//
// Two conventions of published files matter to a count. A cost of 999999999 marks a project that was
// withdrawn after the ballots were printed. An ordinal ballot gives max_length points to its first project,
// one less to the next, and so on; where the file states no max_length, the longest ballot stands for it.
package pabulib
