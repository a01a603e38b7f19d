package photo

import (
	"bytes"
	"encoding/binary"
)

// The orientation tag of Exif 2.3 (JEITA CP-3451C 4.6.4 A): where the first row and the first
// column of the stored picture belong on the wall. 1 is upright.
const (
	tagOrientation = 0x0112
	typeShort      = 3
	upright        = 1
)

// orientation returns 1 to 8; whatever is missing, contradictory or out of range is upright.
func orientation(f format, data []byte) int {
	tiff := bytes.TrimPrefix(f.exif(data), []byte("Exif\x00\x00"))
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	return firstDirectory(tiff, order)
}

// firstDirectory looks for the tag in IFD0. Offsets are a stranger's: each is compared with the length
// as a 64-bit number before it is used.
func firstDirectory(tiff []byte, order binary.ByteOrder) int {
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	entries := int(order.Uint16(tiff[at:]))
	rest := tiff[at+2:]
	for range entries {
		if len(rest) < 12 {
			break
		}
		if order.Uint16(rest) == tagOrientation {
			v := int(order.Uint16(rest[8:]))
			if order.Uint16(rest[2:]) == typeShort && v >= 1 && v <= 8 {
				return v
			}
			break
		}
		rest = rest[12:]
	}
	return upright
}

func noExif([]byte) []byte { return nil }

// JPEG markers, ITU-T T.81 table B.1.
const (
	markerSOF2 = 0xC2 // progressive
	markerEOI  = 0xD9
	markerSOS  = 0xDA
	markerAPP1 = 0xE1
)

func jpegExif(data []byte) []byte {
	var found []byte
	segments(data, func(marker byte, body []byte) bool {
		if marker == markerAPP1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")) {
			found = body
			return false
		}
		return true
	})
	return found
}

func progressive(data []byte) bool {
	found := false
	segments(data, func(marker byte, _ []byte) bool {
		found = found || marker == markerSOF2
		return !found
	})
	return found
}

// segments visits the segments of a JPEG before its first scan until visit returns false.
func segments(data []byte, visit func(marker byte, body []byte) bool) {
	at := 2
	for at+4 <= len(data) && data[at] == 0xFF {
		marker := data[at+1]
		if marker == 0xFF { // fill byte
			at++
			continue
		}
		if marker == 0x01 || marker >= 0xD0 && marker <= 0xD7 { // stands alone
			at += 2
			continue
		}
		if marker == markerSOS || marker == markerEOI {
			return
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end < at+4 || end > len(data) || !visit(marker, data[at+4:end]) {
			return
		}
		at = end
	}
}

// pngExif finds the eXIf chunk (PNG extensions 1.5.0).
func pngExif(data []byte) []byte {
	for at := int64(8); at+8 <= int64(len(data)); {
		n := int64(binary.BigEndian.Uint32(data[at:]))
		end := at + 8 + n
		if end > int64(len(data)) {
			return nil
		}
		if holds(data, int(at)+4, "eXIf") {
			return data[at+8 : end]
		}
		at = end + 4 // checksum
	}
	return nil
}

// webpExif finds the EXIF chunk of the RIFF container.
func webpExif(data []byte) []byte {
	for at := int64(12); at+8 <= int64(len(data)); {
		n := int64(binary.LittleEndian.Uint32(data[at+4:]))
		end := at + 8 + n
		if end > int64(len(data)) {
			return nil
		}
		if holds(data, int(at), "EXIF") {
			return data[at+8 : end]
		}
		at = end + n&1 // padded to even
	}
	return nil
}
