// Package neighbours holds the pages of 左邻右舍 and 希望树, for residents and for the desk: what hangs, the private talk about it,
// the tree of wishes, and the little that staff have to look after.
package neighbours
