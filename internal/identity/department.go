package identity

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// departmentBoard begins the board of a department's grant.
const departmentBoard = "dept:"

// departmentKey is how a department may be called in addresses and grants.
var departmentKey = regexp.MustCompile(`^[a-z][a-z0-9-]{1,31}$`)

// ValidDepartment reports whether key can name a department: lower-case letters, digits and hyphens, 2 to 32 of
// them, a letter first. Which departments a town has is the catalogue's business.
func ValidDepartment(key string) bool { return departmentKey.MatchString(key) }

// DepartmentBoard returns the board that narrows grants and places to a department of a town.
func DepartmentBoard(key string) string { return departmentBoard + key }

// Department returns the key of the department that a board is the desk of.
func Department(board string) (key string, ok bool) {
	key, ok = strings.CutPrefix(board, departmentBoard)
	return key, ok && ValidDepartment(key)
}

// narrowed reports whether a grant of the role may have the board: partners own one of the boards that residents
// post on, a department has the desk of its own, and the other roles are not narrowed.
func (r Role) narrowed(board string) bool {
	_, department := Department(board)
	switch r {
	case RolePartner:
		return board != "" && !strings.HasPrefix(board, departmentBoard)
	case RoleDepartment:
		return department
	}
	return board == ""
}

// Departments returns the keys of the departments that the actor works for at the place.
func (a Actor) Departments(p Place) []string {
	var keys []string
	for _, g := range a.Grants {
		if key, ok := Department(g.Board); ok && g.Role == RoleDepartment && p.within(g.Node) && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// DepartmentPeople returns who works for a department of exactly this town, in the order of account ids.
func (s *Service) DepartmentPeople(ctx context.Context, town community.ID, key string) ([]AccountID, error) {
	board := DepartmentBoard(key)
	q := docstore.Query{Index: "by_role", Equal: []any{string(town), string(RoleDepartment), board}}
	return s.holders(ctx, q, func(a Actor) bool {
		return slices.ContainsFunc(a.Grants, func(g Grant) bool {
			return g.Role == RoleDepartment && g.Node == town && g.Board == board
		})
	})
}
