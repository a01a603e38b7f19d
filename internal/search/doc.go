// Package search finds documents of one community by their words. Each replica keeps an index of its own and follows the
// event feed from its own place, so the index can be deleted at any time and is built again by reading the feed.
//
// # What is found
//
// Text is folded before anything else: wide letters become narrow, capitals small, traditional characters simplified. A
// stretch of Chinese is looked up by its pairs of characters (a long one by every other pair), letters and digits by whole words, and where both touch by
// the joint (栋 after 12), so that 3号楼 is not 13号楼. A match is one of four tiers, and the newer document comes first within a tier:
//
//	Title    every word is in the title
//	Text     every word is in the title or the text
//	Sound    every word is there, or characters that sound the same: 亭车 finds 停车, and so does tingche
//	Close    all but one character, or of several words all but one; of a long text, four characters in a row, tried at every third
//
// Close is looked at only where the others have nothing, and so is Sound for a query longer than twelve characters.
//
// # What is not
//
// Numbers of seven digits and more, however they are spaced, are neither kept nor looked for: they are people's telephones.
// The index holds no text, only which pair of characters occurs where. What a Source no longer returns is taken out
// when the event that hid it is read. The answer is a list of ids: whoever shows them loads the documents and asks what the
// reader may see.
//
// # How it is kept
//
// An SQLite file with an FTS5 table, fed with tokens made here. A row's number is the community's number and the document's
// place in it, so that one community is one stretch of rows and FTS5 never looks at another's; the newest come
// first by walking backwards. The place in the feed is saved in the transaction that saves what followed from it.
package search
