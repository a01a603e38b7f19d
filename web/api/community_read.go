package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
)

// Board is a board of a community.
type Board struct {
	Key      deliberation.BoardKey `json:"key"`
	Name     string                `json:"name"`
	Kinds    []deliberation.Kind   `json:"kinds" doc:"What may be posted, the default first."`
	Promised bool                  `json:"promised" doc:"An answer is promised by the next Round."`
	MayPost  bool                  `json:"may_post"`
}

// Community is a community with its boards.
type Community struct {
	Node
	Boards         []Board  `json:"boards"`
	Rounds         []string `json:"rounds" doc:"Times of day of the Rounds, in Asia/Shanghai."`
	RoundsWorkdays bool     `json:"rounds_on_workdays"`
	Member         bool     `json:"member" doc:"The reader sees what members see."`
}

// readCommunity returns a community with its boards and Rounds.
func (a *Actions) readCommunity(c *Call) (Community, error) {
	node, err := a.community(c)
	if err != nil {
		return Community{}, err
	}
	return Community{
		Node: showNode(node), Rounds: node.Settings.RoundTimes(), RoundsWorkdays: node.Settings.RoundsOnWorkdays,
		Member: identity.Can(c.Actor, identity.ReadCommunity, identity.At(node)) == nil,
		Boards: each(deliberation.BoardsIn(node.Settings), func(b deliberation.Board) Board {
			return Board{
				Key: b.Key, Name: story.BoardName(b, c), Kinds: b.Kinds, Promised: b.Clock,
				MayPost: identity.Can(c.Actor, b.Post, identity.At(node).On(string(b.Key))) == nil,
			}
		}),
	}, nil
}

// community returns the community that the address names.
func (a *Actions) community(c *Call) (community.Node, error) {
	n, err := a.Directory.Node(c.Context(), community.ID(c.Param("community")))
	if err == nil && n.Level != community.LevelCommunity {
		return n, page.ErrNotFound
	}
	return n, err
}
