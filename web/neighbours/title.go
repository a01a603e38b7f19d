package neighbours

import (
	"context"

	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/web/view"
)

func offerTitle(ctx context.Context, o offerView) string {
	if o.Masked {
		return view.T(ctx, "neighbours.title")
	}
	return o.Title
}

// reasonWords says a reason that the platform gave in words; others are people's own.
func reasonWords(ctx context.Context, reason string) string {
	if reason == deliberation.ReasonWordList {
		return view.T(ctx, "reason."+deliberation.ReasonWordList)
	}
	return reason
}

// wisherWords names who wishes, as far as they chose.
func wisherWords(ctx context.Context, w neighbourhood.WishView) string {
	switch who := w.Wisher; {
	case who.Name != "":
		return who.Name + " " + who.Building
	case who.Building != "":
		return view.T(ctx, "wishes.of_building", "building", who.Building)
	}
	return view.T(ctx, "wishes.of_nobody")
}
