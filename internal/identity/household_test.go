package identity_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func newBox(t testing.TB) *seal.Box {
	t.Helper()
	b, err := seal.New(seal.International{}, seal.Key{1})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRoomsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, building, entrance, number string }{
		{"501", "", "", "501"}, {"501室", "", "", "501"}, {"５０１室", "", "", "501"}, {" 5 0 1 ", "", "", "501"},
		{"0501", "", "", "501"}, {"501a", "", "", "501A"}, {"501房", "", "", "501"},
		{"3号楼501室", "3", "", "501"}, {"3号楼501", "3", "", "501"}, {"３号５０１室", "3", "", "501"}, {"03号0501", "3", "", "501"},
		{"3-501", "3", "", "501"}, {"3－501", "3", "", "501"}, {"3—501室", "3", "", "501"}, {"3/501", "3", "", "501"}, {"3#501", "3", "", "501"},
		{"3幢501", "3", "", "501"}, {"3栋-501", "3", "", "501"}, {"A座1201", "A", "", "1201"}, {"三号楼501室", "3", "", "501"}, {"十二号501", "12", "", "501"},
		{"二十号楼五〇一室", "20", "", "501"},
		{"3号楼2单元501室", "3", "2", "501"}, {"3-2-501", "3", "2", "501"}, {"3号楼2-501", "3", "2", "501"}, {"2单元501", "", "2", "501"},
		{"1234弄3号501室", "3", "", "501"}, {"罗和路1234弄3号501", "3", "", "501"}, {"3号楼5层501", "3", "", "501"},
		{"3号底商2", "3", "", "底商2"}, {"B1", "", "", "B1"}, {"3\u200b号\u202e楼501", "3", "", "501"}, {"3号楼，501室。", "3", "", "501"},
	} {
		got, err := identity.ParseRoom(c.text)
		if err != nil || got != (identity.Room{Building: c.building, Entrance: c.entrance, Number: c.number}) {
			t.Errorf("ParseRoom(%q) = %+v, %v", c.text, got, err)
		}
	}
}

func TestTextsThatAreNoRoom(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", "室", "3号楼", "----", "1-2-3-4-501", strings.Repeat("9", 13), "501'; drop", "1234弄", "😀", strings.Repeat("号", 5000)} {
		if got, err := identity.ParseRoom(text); !errors.Is(err, identity.ErrBadRoom) {
			t.Errorf("ParseRoom(%.20q) = %+v, %v", text, got, err)
		}
	}
}

func TestRoomInsideABuilding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		building  string
		entrances int
		text      string
		want      string
		err       error
	}{
		{"3号楼", 0, "501", "501", nil}, {"3号楼", 0, "3-501", "501", nil}, {"03号", 0, "3号501室", "501", nil},
		{"A座", 0, "a座1201", "1201", nil}, {"1234弄3号", 0, "1234弄3号501", "501", nil},
		{"3号楼", 0, "5号501", "", identity.ErrOtherBuilding}, {"3号楼", 0, "5-501", "", identity.ErrOtherBuilding},
		{"3号楼", 4, "2-501", "2-501", nil}, {"3号楼", 4, "3-2-501", "2-501", nil}, {"3号楼", 4, "2单元501室", "2-501", nil},
		{"3号楼", 4, "5号楼501", "", identity.ErrOtherBuilding}, {"3号楼", 0, "", "", identity.ErrBadRoom},
	} {
		got, err := identity.RoomIn(c.building, c.entrances, c.text)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("RoomIn(%q, %d, %q) = %q, %v; want %q, %v", c.building, c.entrances, c.text, got, err, c.want, c.err)
		}
	}
}

func TestNamesAndTheirMasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ typed, name, mask string }{
		{"王芳", "王芳", "王*"}, {"王小芳", "王小芳", "王**"}, {" 王 小 芳 ", "王小芳", "王**"}, {"王\u200b小\u202e芳", "王小芳", "王**"},
		{"欧阳锋", "欧阳锋", "欧阳*"}, {"欧阳小小", "欧阳小小", "欧阳**"}, {"欧阳", "欧阳", "欧*"}, {"司马相如", "司马相如", "司马**"},
		{"买买提•艾力", "买买提·艾力", "买**"}, {"阿卜杜拉.买买提", "阿卜杜拉·买买提", "阿**"},
		{"John  Smith", "John Smith", "J**"}, {"Ｊｏｈｎ", "John", "J**"}, {"𠮷野家", "𠮷野家", "𠮷**"}, {"O'Neill", "O'Neill", "O**"},
	} {
		name, err := identity.ParseName(c.typed)
		if err != nil || name != c.name || identity.Mask(name) != c.mask {
			t.Errorf("ParseName(%q) = %q, %v, mask %q; want %q, %q", c.typed, name, err, identity.Mask(name), c.name, c.mask)
		}
	}
	for _, bad := range []string{"", "王", "王1", "<b>王芳</b>", "13800138000", "··", "王😀", strings.Repeat("王", 41), "\u202e\u200b"} {
		if got, err := identity.ParseName(bad); !errors.Is(err, identity.ErrBadName) {
			t.Errorf("ParseName(%q) = %q, %v", bad, got, err)
		}
	}
}

func TestPhones(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"13800138000", "１３８００１３８０００", "+86 138 0013 8000", "0086-138-0013-8000", "8613800138000", "138-0013-8000", "\u202d13800138000\u202c"} {
		if got, err := identity.ParsePhone(typed); err != nil || got != "13800138000" {
			t.Errorf("ParsePhone(%q) = %q, %v", typed, got, err)
		}
	}
	for _, bad := range []string{"", "1380013800", "138001380001", "12800138000", "02156781234", "+8521380013800", "1380013800o"} {
		if got, err := identity.ParsePhone(bad); !errors.Is(err, identity.ErrBadPhone) {
			t.Errorf("ParsePhone(%q) = %q, %v", bad, got, err)
		}
	}
	if got := identity.MaskPhone("13800138000"); got != "138****8000" {
		t.Errorf("MaskPhone = %q", got)
	}
}

func newHousehold(t *testing.T) identity.Household {
	t.Helper()
	h, err := identity.NewHousehold(community.Building{ID: "b3", Community: "ld-01", Name: "3号楼"}, "501")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestRosterLinesMergeAndRepeatWithoutChange(t *testing.T) {
	t.Parallel()
	box := newBox(t)
	h := newHousehold(t)
	if h.ID != "ld-01.b3.501" || h.ID.Room() != "501" {
		t.Fatalf("id %q, room %q", h.ID, h.ID.Room())
	}
	for i, step := range []struct {
		entry   identity.Entry
		changed bool
		people  int
	}{
		{identity.Entry{Name: "王小芳"}, true, 1},
		{identity.Entry{Name: "王小芳", Phone: "138 0013 8000"}, true, 1},
		{identity.Entry{Name: "王 小芳", Phone: "+8613800138000"}, false, 1},
		{identity.Entry{Name: "王小芳"}, false, 1},
		{identity.Entry{Name: "王小芳", Phone: "13800138000", Relation: identity.RelationHead}, true, 1},
		{identity.Entry{Name: "王小芳", Phone: "13900139000"}, true, 2}, // a namesake
		{identity.Entry{Name: "李强", Phone: "13800138000"}, true, 3},  // shares a phone
	} {
		next, changed, err := h.List(box, step.entry, "import-1", noon)
		if err != nil || changed != step.changed || len(next.People) != step.people {
			t.Fatalf("step %d: changed %v, %d people, %v", i, changed, len(next.People), err)
		}
		h = next
	}
	if h.People[0].Relation != identity.RelationHead {
		t.Errorf("relation %q", h.People[0].Relation)
	}
	for _, c := range []struct {
		name, phone string
		want        bool
	}{{"王小芳", "13800138000", true}, {"李强", "13800138000", true}, {"李强", "13900139000", false}, {"王小", "13800138000", false}} {
		if got, err := h.Knows(box, c.name, c.phone); err != nil || got != c.want {
			t.Errorf("Knows(%s, %s) = %v, %v", c.name, c.phone, got, err)
		}
	}
}

func TestListLeavesTheOldValueAlone(t *testing.T) {
	t.Parallel()
	box := newBox(t)
	one, _, err := newHousehold(t).List(box, identity.Entry{Name: "王小芳"}, "a", noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := one.List(box, identity.Entry{Name: "王小芳", Phone: "13800138000"}, "b", noon); err != nil {
		t.Fatal(err)
	}
	if one.People[0].PhoneHash != "" {
		t.Error("List changed its receiver")
	}
}

func FuzzRoomIn(f *testing.F) {
	for _, seed := range []string{"501", "3号楼501室", "3-2-501", "十二号楼五〇一", "1234弄3号0501", "底商2", "--", "\u202e", "\xff"} {
		f.Add("3号楼", 4, seed)
	}
	f.Fuzz(func(t *testing.T, building string, entrances int, text string) {
		room, err := identity.RoomIn(building, entrances, text)
		if err != nil {
			return
		}
		id := identity.NewHouseholdID("ld-01", "b3", room)
		if room == "" || len(id) > 200 || id.Room() != room || id.Community() != "ld-01" {
			t.Errorf("RoomIn(%q, %d, %q) = %q, household %q", building, entrances, text, room, id)
		}
	})
}
