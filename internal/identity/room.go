package identity

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jushou/internal/fault"
)

// Room is what somebody wrote as their door, taken apart: "3号楼2单元501室" is building 3, entrance 2,
// number 501. Building and Entrance are empty when they were not written.
type Room struct {
	Building string
	Entrance string
	Number   string
}

// maxRoom is the longest room number, in runes.
const maxRoom = 12

var (
	// ErrBadRoom means that the text names no room.
	ErrBadRoom = fault.New(fault.Invalid, "identity.bad_room").On("room").With("max", maxRoom)
	// ErrOtherBuilding means that the text names another building than the one chosen.
	ErrOtherBuilding = fault.New(fault.Invalid, "identity.other_building").On("room")
)

var (
	lane     = regexp.MustCompile(`^.*(?:弄|小区|花园|新村|苑)`)
	worded   = regexp.MustCompile(`^(?:([0-9A-Z]+)(?:号楼|号|幢|栋|楼|座|#)-?)?(?:([0-9A-Z]+)(?:单元|门|梯)-?)?(?:[0-9]+(?:层|楼)-?)?([0-9A-Z]+(?:-[0-9A-Z]+)?|\p{Han}{1,4}[0-9A-Z]{0,6})(?:室|房|户|号房)?$`)
	dashed   = regexp.MustCompile(`^(?:([0-9A-Z]+)-)?(?:([0-9A-Z]+)-)?([0-9A-Z]+)室?$`)
	dashes   = strings.NewReplacer(" ", "", "—", "-", "–", "-", "−", "-", "‐", "-", "－", "-", "_", "-", "/", "-", "\\", "-", "、", "-", ".", "-", "。", "", ",", "", "，", "")
	leading0 = regexp.MustCompile(`^0+([0-9])`)
)

// ParseRoom takes apart a room as people write it. Full-width digits, spaces, dashes of every kind, a lane
// in front ("1234弄3号501") and leading zeros do not matter; letters are upper case.
func ParseRoom(s string) (Room, error) {
	text := dashes.Replace(strings.ToUpper(clean(digits(s))))
	text = strings.Trim(lane.ReplaceAllString(text, ""), "-")
	if text == "" || utf8.RuneCountInString(text) > 3*maxRoom {
		return Room{}, ErrBadRoom
	}
	m := dashed.FindStringSubmatch(text)
	if m == nil {
		m = worded.FindStringSubmatch(text)
	}
	if m == nil {
		return Room{}, ErrBadRoom
	}
	r := Room{Building: trimZeros(m[1]), Entrance: trimZeros(m[2]), Number: trimZeros(m[3])}
	// "3号楼2-501" and "2单元1-501": a dash left in the number parts the entrance from it.
	if front, back, ok := strings.Cut(r.Number, "-"); ok {
		if r.Entrance != "" {
			return Room{}, ErrBadRoom
		}
		r.Entrance, r.Number = trimZeros(front), trimZeros(back)
	}
	if strings.Trim(r.Number, "号楼室房户幢栋座层单元门梯") == "" {
		return Room{}, ErrBadRoom
	}
	if utf8.RuneCountInString(r.Number) > maxRoom || utf8.RuneCountInString(r.Entrance) > maxRoom {
		return Room{}, ErrBadRoom
	}
	return r, nil
}

// RoomIn returns the canonical room ("501", "2-501") that the text names inside a building, given the
// building's name and how many entrances (单元) it has. A text that names another building is refused,
// because the person either scanned the wrong code or typed the wrong door.
func RoomIn(building string, entrances int, text string) (string, error) {
	r, err := ParseRoom(text)
	if err != nil {
		return "", err
	}
	own := buildingNumber(building)
	if r.Building != "" && r.Building != own {
		// "2-501" inside a building with entrances names the entrance.
		if entrances == 0 || r.Entrance != "" || !dashed.MatchString(dashes.Replace(strings.ToUpper(clean(text)))) {
			return "", ErrOtherBuilding.With("building", building).With("typed", r.Building)
		}
		r.Entrance = r.Building
	}
	if r.Entrance == "" || entrances == 0 && r.Entrance == own {
		return r.Number, nil
	}
	return r.Entrance + "-" + r.Number, nil
}

// buildingNumber is the number by which people call a building: "3" of "03号楼", "A" of "A座".
func buildingNumber(name string) string {
	text := lane.ReplaceAllString(dashes.Replace(strings.ToUpper(clean(digits(name)))), "")
	return trimZeros(buildingSuffix.ReplaceAllString(text, ""))
}

var buildingSuffix = regexp.MustCompile(`(?:号楼|号|幢|栋|楼|座|#)$`)

func trimZeros(s string) string { return leading0.ReplaceAllString(s, "$1") }

var counted = regexp.MustCompile(`[〇零一二三四五六七八九十]+(?:号楼|号|幢|栋|楼|座|单元|门|梯|层|室)`)

// digits writes Chinese numerals as figures where they count something: 十二号楼 becomes 12号楼.
func digits(s string) string {
	return counted.ReplaceAllStringFunc(s, func(m string) string {
		i := strings.IndexFunc(m, func(r rune) bool { return !strings.ContainsRune("〇零一二三四五六七八九十", r) })
		return figures(m[:i]) + m[i:]
	})
}

// figures turns 十二 into 12, 二十 into 20, and 五〇一 into 501.
func figures(s string) string {
	const numerals = "零一二三四五六七八九"
	s = strings.ReplaceAll(s, "〇", "零")
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		if r != '十' {
			b.WriteByte('0' + byte(strings.IndexRune(numerals, r)/len("零")))
			continue
		}
		if i == 0 {
			b.WriteByte('1')
		}
		if i == len(runes)-1 {
			b.WriteByte('0')
		}
	}
	return b.String()
}
