package phrases

import (
	"context"

	"jushou/deliberation"
	"jushou/web/view"
)

// boardName says where a phrase is offered.
func boardName(ctx context.Context, b deliberation.BoardKey) string {
	if b == "" {
		return view.T(ctx, "phrases.every_board")
	}
	return view.T(ctx, "board."+string(b))
}
