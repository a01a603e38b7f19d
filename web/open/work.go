package open

import (
	"context"
	"strconv"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/web/view"
)

// clockLine is one clock over the latest period, and how many of its promises were kept.
type clockLine struct {
	Name string // a key of the catalogue
	period
}

// boardLine is a board with its three clocks, in the order of clockNames.
type boardLine struct {
	Board, BoardName string
	Clocks           []period
}

// clocksView is what comes after the first answer too, for the community and for each of its boards.
type clocksView struct {
	Clocks []clockLine
	Boards []boardLine
}

// clocksOf returns the latest period by clock and by board. Boards that the community does not show are left out.
func clocksOf(f figure, node community.Node) clocksView {
	if len(f.periods) == 0 {
		return clocksView{}
	}
	var c clocksView
	latest := f.periods[0]
	for _, one := range latest.Clocks {
		line := clockLine{Name: "open.clock_" + one.Clock}
		line.fill(one)
		c.Clocks = append(c.Clocks, line)
	}
	shown := map[deliberation.BoardKey]deliberation.Board{}
	for _, b := range deliberation.BoardsIn(node.Settings) {
		shown[b.Key] = b
	}
	for _, b := range latest.Boards {
		board, on := shown[b.Board]
		if !on {
			continue
		}
		line := boardLine{Board: "board." + string(b.Board)}
		if board.Renamed {
			line.BoardName = board.Name
		}
		for _, one := range b.Clocks {
			var p period
			p.fill(one)
			line.Clocks = append(line.Clocks, p)
		}
		c.Boards = append(c.Boards, line)
	}
	return c
}

// half is the time within which half were done, or that it is not told.
func half(ctx context.Context, p period) string {
	if !p.Shown || !p.Times {
		return view.T(ctx, "open.untold")
	}
	return took(ctx, p.Median)
}

func number(ctx context.Context, p period, n int) string {
	if !p.Shown {
		return view.T(ctx, "open.untold")
	}
	return strconv.Itoa(n)
}
