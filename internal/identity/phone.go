package identity

import (
	"regexp"
	"strings"

	"jushou/internal/fault"
)

// purposePhone and purposeOpenID name the look-ups of seal.Box.
const (
	purposePhone  = "phone"
	purposeOpenID = "openid"
)

// ErrBadPhone means that a text is no mobile number of mainland China.
var ErrBadPhone = fault.New(fault.Invalid, "identity.bad_phone").On("phone")

var (
	phoneSigns = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "—", "", "–", "", "‐", "", "_", "", ".", "", "'", "")
	phoneFront = regexp.MustCompile(`^(?:\+|00)?86(1[3-9][0-9]{9})$`)
	mobile     = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
)

// ParsePhone returns the eleven digits of a mobile number of mainland China, whatever people put around
// them: full-width digits, spaces, dashes, brackets, +86, 0086, 86.
func ParsePhone(s string) (string, error) {
	phone := phoneSigns.Replace(clean(s))
	if m := phoneFront.FindStringSubmatch(phone); m != nil {
		phone = m[1]
	}
	if !mobile.MatchString(phone) {
		return "", ErrBadPhone
	}
	return phone, nil
}

// MaskPhone returns 138****8000.
func MaskPhone(phone string) string {
	if len(phone) != 11 {
		return ""
	}
	return phone[:3] + "****" + phone[7:]
}
