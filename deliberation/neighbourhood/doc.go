// Package neighbourhood holds what neighbours do for each other: 左邻右舍, offers and wants, and 希望树, the tree of
// wishes (domain.md F04, F89, F101).
//
// The shape of it:
//
//   - An Offer is something a neighbour has or needs until an instant. It is public to a building, an estate or the
//     community. No money: a price in the text is refused in words, lost property excepted.
//   - An Exchange is the private talk of two people about one offer. Its id follows from offer and answerer, so two taps are
//     one talk. Nobody else reads it; staff do only when one of the two has reported it, and that look is recorded where
//     both can see it. A telephone number is handed over by its owner's own act, is read from the account each time it is shown,
//     and is gone when it is taken back.
//   - A Wish hangs on the tree, is adopted with a promise and an end, and is fulfilled when the wisher says so. Who wished is
//     shown as far as the wisher chose.
//   - A Neighbour is one person's own document: whom they have blocked, and what they have begun in the last day.
//
// Ends are stored instants, half open: what ends at an instant is over at it. A sweep only records them and asks once, before
// an offer ends, whether it still stands. Nobody is counted, scored or ranked for helping (domain.md 4.9).
//
//	offer:  held ─release→ open ─promise→ promised ─done→ done ─thank→ thanked
//	                        ↑──────back──────┘
//	        open ─until→ expired ─renew→ open;  open, held, promised ─withdraw→ withdrawn;  any shown ─hide→ hidden
//
//	wish:   clearing ─clear→ hung ─adopt→ adopted ─fulfil→ fulfilled ─thank→ thanked
//	                          ↑──back, pledge over──┘
//	        hung ─until→ ended;  clearing, hung, adopted ─withdraw→ withdrawn;  clearing ─refuse→ refused
package neighbourhood
