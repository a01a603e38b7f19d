package photo

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// quarters is red and green above, blue and yellow below.
func quarters(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := [2][2]color.RGBA{{red, green}, {blue, yellow}}[y*2/h][x*2/w]
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t testing.TB, frames ...image.Image) []byte {
	t.Helper()
	var g gif.GIF
	for _, f := range frames {
		p := image.NewPaletted(f.Bounds(), color.Palette{red, green, blue, yellow, color.White})
		for y := range f.Bounds().Dy() {
			for x := range f.Bounds().Dx() {
				p.Set(x, y, f.At(x, y))
			}
		}
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Two pictures of one pixel; the standard library cannot write WebP.
func lossyWebP(t testing.TB) []byte {
	return unbase64(t, "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
}

func losslessWebP(t testing.TB) []byte {
	return unbase64(t, "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
}

func unbase64(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// where is what a phone writes into a photo: the maker and the place, as text that a test can look for.
const where = "GPS 31.4153N 121.3437E Jushou-Phone 9"

// tiff is an Exif block with the orientation and a maker's note that tells the place.
func tiff(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("MM\x00*")
	if order.String() == "LittleEndian" {
		b = []byte("II*\x00")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x010F) // Make, ASCII
	b = order.AppendUint16(b, 2)
	b = order.AppendUint32(b, uint32(len(where)))
	b = order.AppendUint32(b, 38)
	b = order.AppendUint16(b, tagOrientation)
	b = order.AppendUint16(b, typeShort)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, orientation)
	b = order.AppendUint16(b, 0)
	b = order.AppendUint32(b, 0) // no further directory
	return append(b, where...)
}

func withJPEGExif(file, block []byte) []byte {
	out := append([]byte{}, file[:2]...)
	out = append(out, 0xFF, markerAPP1)
	out = binary.BigEndian.AppendUint16(out, uint16(2+6+len(block)))
	out = append(out, "Exif\x00\x00"...)
	out = append(out, block...)
	return append(out, file[2:]...)
}

func withPNGExif(file, block []byte) []byte {
	const afterHeader = 8 + 25
	out := append([]byte{}, file[:afterHeader]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(block)))
	chunk := append([]byte("eXIf"), block...)
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[afterHeader:]...)
}

// claiming returns a PNG of one pixel whose header claims another size.
func claiming(t testing.TB, w, h uint32, depth, kind byte) []byte {
	b := asPNG(t, quarters(2, 2))
	binary.BigEndian.PutUint32(b[16:], w)
	binary.BigEndian.PutUint32(b[20:], h)
	b[24], b[25] = depth, kind
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// claimingJPEG returns a small JPEG whose frame header claims another size.
func claimingJPEG(t testing.TB, w, h uint16, sof byte) []byte {
	b := asJPEG(t, quarters(16, 16))
	at := bytes.Index(b, []byte{0xFF, 0xC0})
	b[at+1] = sof
	binary.BigEndian.PutUint16(b[at+5:], h)
	binary.BigEndian.PutUint16(b[at+7:], w)
	return b
}
