package identity_test

import (
	"errors"
	"slices"
	"testing"

	"jushou/internal/identity"
)

func TestADepartmentsGrantNamesItsDesk(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	whom := w.person("o-greening")
	for _, c := range []struct {
		name  string
		grant identity.Grant
		want  error
	}{
		{"its desk", identity.Grant{Role: identity.RoleDepartment, Node: "ld", Board: "dept:greening", Title: "绿化市容所"}, nil},
		{"no desk", identity.Grant{Role: identity.RoleDepartment, Node: "ld"}, identity.ErrBadGrant},
		{"a board of the residents", identity.Grant{Role: identity.RoleDepartment, Node: "ld", Board: "property"}, identity.ErrBadGrant},
		{"at a community", identity.Grant{Role: identity.RoleDepartment, Node: "ld-01", Board: "dept:greening"}, identity.ErrBadGrant},
		{"a key that is none", identity.Grant{Role: identity.RoleDepartment, Node: "ld", Board: "dept:绿化"}, identity.ErrBadGrant},
		{"no key", identity.Grant{Role: identity.RoleDepartment, Node: "ld", Board: "dept:"}, identity.ErrBadGrant},
		{"a partner at a department's desk", identity.Grant{Role: identity.RolePartner, Node: "ld-01", Board: "dept:greening"}, identity.ErrBadGrant},
		{"staff at a department's desk", identity.Grant{Role: identity.RoleStaff, Node: "ld-01", Board: "dept:greening"}, identity.ErrBadGrant},
	} {
		if err := w.GrantRole(t.Context(), w.admin, whom.ID, c.grant); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	people, err := w.DepartmentPeople(t.Context(), "ld", "greening")
	if err != nil || !slices.Equal(people, []identity.AccountID{whom.ID}) {
		t.Errorf("people of the department: %v, %v", people, err)
	}
	if people, err = w.DepartmentPeople(t.Context(), "ld", "police"); err != nil || len(people) != 0 {
		t.Errorf("people of another: %v, %v", people, err)
	}
	here, err := w.dir.Node(t.Context(), "ld-01")
	w.must(err)
	there, err := w.dir.Node(t.Context(), "gc-01")
	w.must(err)
	actor := w.actor(whom.ID)
	if got := actor.Departments(identity.At(here)); !slices.Equal(got, []string{"greening"}) {
		t.Errorf("works for %v", got)
	}
	if got := actor.Departments(identity.At(there)); len(got) != 0 {
		t.Errorf("works in another town for %v", got)
	}
}
