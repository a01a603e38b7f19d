package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// BoardSetting is what a community has decided about one board.
type BoardSetting struct {
	Key        deliberation.BoardKey   `json:"key"`
	On         bool                    `json:"on"`
	Name       string                  `json:"name,omitempty" doc:"At most 8 characters; left out for the catalogue's."`
	Posters    []deliberation.Poster   `json:"posters"`
	Owner      identity.Role           `json:"owner" doc:"Who answers first."`
	Partner    string                  `json:"partner,omitempty" doc:"Which partner, where owner is one."`
	Clock      bool                    `json:"clock" doc:"An answer is promised by the next Round."`
	Patrolled  bool                    `json:"patrolled" doc:"Rounds list what has no answer."`
	Moderation deliberation.Moderation `json:"moderation"`
}

// BoardSettings are all boards of a community in their order, those that are off too.
type BoardSettings struct {
	Version     int            `json:"version" doc:"The version that was read. If it has changed since, nothing is."`
	Rural       bool           `json:"rural"`
	EditMinutes int            `json:"edit_minutes" doc:"How long authors may change a comment; 0 for the product's time."`
	Boards      []BoardSetting `json:"boards" doc:"One that is left out is as the product ships it."`
}

func showBoards(n community.Node) BoardSettings {
	s := n.Settings
	return BoardSettings{
		Version: s.BoardsVersion, Rural: s.Rural, EditMinutes: int(deliberation.EditWindowOf(s).Minutes()),
		Boards: each(deliberation.PlannedBoards(s), func(b deliberation.Board) BoardSetting {
			x := BoardSetting{
				Key: b.Key, On: b.On, Posters: b.Posters, Owner: b.Owner, Partner: b.Partner,
				Clock: b.Clock, Patrolled: b.Patrolled, Moderation: b.Moderation,
			}
			if b.Renamed {
				x.Name = b.Name
			}
			return x
		}),
	}
}

// readBoards shows how a community has set its boards, to those who set them.
func (a *Actions) readBoards(c *Call) (BoardSettings, error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return BoardSettings{}, err
	}
	if err := identity.Can(c.Actor, identity.SetBoards, identity.At(node)); err != nil {
		return BoardSettings{}, err
	}
	return showBoards(node), nil
}

// changeBoards replaces them. What runs already keeps what it was promised.
func (a *Actions) changeBoards(c *Call, in BoardSettings) (BoardSettings, error) {
	node, err := a.Topics.ChangeBoards(c.Context(), c.Actor, deliberation.ChangeBoards{
		Community: nodeOf(c), Version: in.Version, Rural: in.Rural, EditMinutes: in.EditMinutes,
		Boards: each(in.Boards, func(b BoardSetting) deliberation.BoardChange { return deliberation.BoardChange(b) }),
	})
	if err != nil {
		return BoardSettings{}, err
	}
	return showBoards(node), nil
}
