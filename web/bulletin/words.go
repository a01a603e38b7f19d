package bulletin

import (
	"context"
	"strconv"
	"strings"

	"jushou/deliberation/bulletin"
	"jushou/web/view"
)

// addressed says whom a bulletin is for.
func addressed(ctx context.Context, b bulletin.Bulletin) string {
	if b.Town {
		return view.T(ctx, "bulletin.to_communities", "n", strconv.Itoa(len(b.Communities)))
	}
	return addressedTo(ctx, b.Audience)
}

// forWhom says whom a notice is for that is being written.
func forWhom(ctx context.Context, f writeForm) string {
	if f.Town {
		return view.T(ctx, "bulletin.to_communities", "n", strconv.Itoa(f.Communities))
	}
	return addressedTo(ctx, f.For)
}

// addressedTo names the places of an audience, the first few of many.
func addressedTo(ctx context.Context, a bulletin.Audience) string {
	const most = 6
	switch n := len(a.Names); {
	case a.Everybody():
		return view.T(ctx, "bulletin.to_all")
	case n > most:
		return view.T(ctx, "bulletin.to_many", "places", strings.Join(a.Names[:most], view.T(ctx, "list.and")), "n", strconv.Itoa(n))
	default:
		return strings.Join(a.Names, view.T(ctx, "list.and"))
	}
}

// grouped writes a count as 12,800.
func grouped(n int) string { return view.Grouped(uint64(max(n, 0))) }

// readers says how many have opened a notice, never a number so small that it names people.
func readers(ctx context.Context, p bulletin.Progress) string {
	if p.Few {
		return view.T(ctx, "bulletin.few")
	}
	return grouped(p.Readers)
}

// moments tells a bulletin's history.
func moments(all []bulletin.Step) []view.Moment {
	told := make([]view.Moment, len(all))
	for i, s := range all {
		told[i] = view.Moment{Who: s.Name, Role: s.Title, What: "bulletin.step." + strings.TrimPrefix(s.What, "bulletin."), At: s.At, Text: s.Reason}
	}
	return told
}

// everybodyKey says what happens if no place is ticked.
func everybodyKey(f writeForm) string {
	if f.Town {
		return "bulletin.none_is_town"
	}
	return "bulletin.none_is_all"
}
