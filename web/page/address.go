package page

import (
	"strconv"

	"jushou/internal/community"
)

// Community returns the community that the address names; ErrNotFound for a tenant of another level. Who may do what there is for
// the use case to ask.
func (v *Visit) Community(d *community.Directory) (community.Node, error) {
	n, err := d.Node(v.Context(), community.ID(v.Param("community")))
	if err == nil && n.Level != community.LevelCommunity {
		return n, ErrNotFound
	}
	return n, err
}

// Number reads a whole number; 0 if it is none.
func Number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
