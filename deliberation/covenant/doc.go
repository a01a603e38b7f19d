// Package covenant is 公约: what residents agree to hold to, in numbered clauses and numbered versions.
//
// The shape of it:
//
//   - A Covenant is one document with all its editions. An Edition is drafted, opened for comments on its clauses until
//     an instant, revised into a further edition or recorded as adopted, and confirmed by a second person; the version in
//     force stays until the next one is. Old versions stay readable. docs/hall.md draws the states.
//   - A clause keeps its id through the editions, so that comments and comparisons find it whatever number it has.
//   - A Comment on a clause is a document of its own. Each is answered, taken up or not and why, before the edition
//     that it was about is replaced or adopted.
//   - Penalties are words. Nothing here sanctions anybody.
//
// Residents' covenants are made by the residents' meeting and filed with the street office (城市居民委员会组织法 article 15),
// village rules by the villagers' meeting and filed with the town (村民委员会组织法 article 27). The adoption record says which
// meeting or vote it was and by what rule; this package counts nothing.
package covenant
