package photo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"jushou/internal/fault"
)

// Four colours that survive JPEG, one for each quarter of a picture.
var (
	red    = color.RGBA{220, 30, 30, 255}
	green  = color.RGBA{30, 200, 30, 255}
	blue   = color.RGBA{30, 30, 220, 255}
	yellow = color.RGBA{230, 220, 20, 255}
)

func process(t *testing.T, data []byte) (Photo, error) {
	t.Helper()
	return NewProcessor(1).Process(t.Context(), bytes.NewReader(data))
}

func mustProcess(t *testing.T, data []byte) Photo {
	t.Helper()
	p, err := process(t, data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// open decodes a result and checks that it is a JPEG of the stated size.
func open(t *testing.T, p Picture) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(p.JPEG))
	if err != nil {
		t.Fatalf("the result is no JPEG: %v", err)
	}
	if got := img.Bounds().Size(); got != image.Pt(p.Width, p.Height) {
		t.Fatalf("size is %v, stated %dx%d", got, p.Width, p.Height)
	}
	return img
}

func near(a color.Color, b color.RGBA) bool {
	r, g, bl, _ := a.RGBA()
	diff := func(x uint32, y uint8) int { return max(int(x>>8)-int(y), int(y)-int(x>>8)) }
	return diff(r, b.R) < 30 && diff(g, b.G) < 30 && diff(bl, b.B) < 30
}

// corners are the colours at the four corners, clockwise from the upper left.
func corners(img image.Image) [4]color.Color {
	b := img.Bounds()
	l, u, r, d := b.Min.X+b.Dx()/8, b.Min.Y+b.Dy()/8, b.Max.X-1-b.Dx()/8, b.Max.Y-1-b.Dy()/8
	return [4]color.Color{img.At(l, u), img.At(r, u), img.At(r, d), img.At(l, d)}
}

func TestEveryFormatIsTaken(t *testing.T) {
	t.Parallel()
	pic := quarters(64, 48)
	files := map[string][]byte{
		"jpeg": asJPEG(t, pic), "png": asPNG(t, pic), "gif": asGIF(t, pic),
		"webp lossy": lossyWebP(t), "webp lossless": losslessWebP(t),
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			p := mustProcess(t, data)
			open(t, p.Full)
			open(t, p.Thumb)
			if strings.HasPrefix(name, "webp") {
				return // one pixel has no quarters
			}
			for i, want := range []color.RGBA{red, green, yellow, blue} {
				if got := corners(open(t, p.Full))[i]; !near(got, want) {
					t.Errorf("corner %d is %v, want %v", i, got, want)
				}
			}
		})
	}
}

func TestOrientationIsApplied(t *testing.T) {
	t.Parallel()
	// What hangs on the wall, clockwise from the upper left, for stored red green / blue yellow.
	want := map[uint16][4]color.RGBA{
		1: {red, green, yellow, blue}, 2: {green, red, blue, yellow},
		3: {yellow, blue, red, green}, 4: {blue, yellow, green, red},
		5: {red, blue, yellow, green}, 6: {blue, red, green, yellow},
		7: {yellow, green, red, blue}, 8: {green, yellow, blue, red},
	}
	for o := uint16(1); o <= 8; o++ {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			for kind, file := range map[string][]byte{
				"jpeg": withJPEGExif(asJPEG(t, quarters(80, 40)), tiff(order, o)),
				"png":  withPNGExif(asPNG(t, quarters(80, 40)), tiff(order, o)),
			} {
				p := mustProcess(t, file)
				if tall := p.Full.Height > p.Full.Width; tall != (o >= 5) {
					t.Errorf("%s %v orientation %d: %dx%d", kind, order, o, p.Full.Width, p.Full.Height)
				}
				for i, c := range corners(open(t, p.Full)) {
					if !near(c, want[o][i]) {
						t.Errorf("%s %v orientation %d: corner %d is %v, want %v", kind, order, o, i, c, want[o][i])
					}
				}
			}
		}
	}
}

func TestNonsenseOrientationIsUpright(t *testing.T) {
	t.Parallel()
	good := tiff(binary.BigEndian, 6)
	far := bytes.Clone(good)
	binary.BigEndian.PutUint32(far[4:], 0xFFFFFFFF)
	for name, block := range map[string][]byte{
		"nine": tiff(binary.BigEndian, 9), "zero": tiff(binary.BigEndian, 0), "far": far,
		"cut": good[:20], "empty": nil, "no order": []byte("XX*\x00........"),
	} {
		p := mustProcess(t, withJPEGExif(asJPEG(t, quarters(80, 40)), block))
		if p.Full.Width != 80 {
			t.Errorf("%s: turned to %dx%d", name, p.Full.Width, p.Full.Height)
		}
	}
}

func TestPlaceAndDeviceAreGone(t *testing.T) {
	t.Parallel()
	comment := append([]byte{0xFF, 0xFE, 0, byte(2 + len(where))}, where...) // COM segment
	plain := asJPEG(t, quarters(80, 40))
	commented := append(append(append([]byte{}, plain[:2]...), comment...), plain[2:]...)
	files := map[string][]byte{
		"jpeg exif":    withJPEGExif(plain, tiff(binary.LittleEndian, 1)),
		"jpeg comment": commented,
		"jpeg tail":    append(bytes.Clone(plain), where...),
		"png exif":     withPNGExif(asPNG(t, quarters(80, 40)), tiff(binary.LittleEndian, 1)),
	}
	for name, file := range files {
		if !bytes.Contains(file, []byte(where)) {
			t.Fatalf("%s: the upload does not tell the place, the test proves nothing", name)
		}
		p := mustProcess(t, file)
		for _, out := range [][]byte{p.Full.JPEG, p.Thumb.JPEG} {
			if bytes.Contains(out, []byte(where)) || bytes.Contains(out, []byte("Exif")) {
				t.Errorf("%s: the result still tells the place", name)
			}
			segments(out, func(marker byte, _ []byte) bool {
				if marker >= 0xE0 && marker <= 0xEF || marker == 0xFE {
					t.Errorf("%s: segment %X in the result", name, marker)
				}
				return true
			})
		}
	}
}

func TestLargePhotosAreScaled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, fullW, fullH, thumbW, thumbH int }{
		{4100, 410, 2048, 205, 480, 48},
		{3000, 200, 2048, 137, 480, 32},
		{120, 3000, 82, 2048, 19, 480},
		{2049, 10, 2048, 10, 480, 2},
		{9000, 2, 2048, 1, 480, 1},
		{300, 200, 300, 200, 300, 200},
		{1, 1, 1, 1, 1, 1},
	} {
		p := mustProcess(t, asPNG(t, image.NewGray(image.Rect(0, 0, c.w, c.h))))
		got := [4]int{p.Full.Width, p.Full.Height, p.Thumb.Width, p.Thumb.Height}
		if got != [4]int{c.fullW, c.fullH, c.thumbW, c.thumbH} {
			t.Errorf("%dx%d became %v", c.w, c.h, got)
		}
		open(t, p.Full)
		open(t, p.Thumb)
	}
}

func TestShrinkingAveragesFineLines(t *testing.T) {
	t.Parallel()
	stripes := image.NewGray(image.Rect(0, 0, 4096, 64))
	for i := range stripes.Pix {
		stripes.Pix[i] = uint8(i % 2 * 255)
	}
	small := shrink(stripes, 1024)
	if c := small.RGBAAt(500, 8); c.R < 110 || c.R > 145 {
		t.Errorf("black and white lines became %v, want grey", c)
	}
}

func TestTransparentBecomesWhite(t *testing.T) {
	t.Parallel()
	clear := image.NewNRGBA(image.Rect(0, 0, 40, 40))
	p := mustProcess(t, asPNG(t, clear))
	if c := open(t, p.Full).At(20, 20); !near(c, color.RGBA{255, 255, 255, 255}) {
		t.Errorf("transparent became %v", c)
	}
}

func TestOfAGIFTheFirstFrameIsTaken(t *testing.T) {
	t.Parallel()
	first, second := image.NewRGBA(image.Rect(0, 0, 16, 16)), image.NewRGBA(image.Rect(0, 0, 16, 16))
	for y := range 16 {
		for x := range 16 {
			first.SetRGBA(x, y, blue)
			second.SetRGBA(x, y, red)
		}
	}
	p := mustProcess(t, asGIF(t, first, second))
	if c := open(t, p.Full).At(8, 8); !near(c, blue) {
		t.Errorf("the picture is %v, want blue", c)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	whole := asJPEG(t, quarters(200, 200))
	animated := append([]byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00"), make([]byte, 16)...)
	for _, c := range []struct {
		name string
		data []byte
		want *fault.Error
		kind fault.Kind
	}{
		{"a text renamed .jpg", bytes.Repeat([]byte("楼道堆物，请处理。\n"), 40_000), ErrNotAnImage, fault.Invalid},
		{"nothing", nil, ErrNotAnImage, fault.Invalid},
		{"a page", []byte("<!doctype html><script>alert(1)</script>"), ErrNotAnImage, fault.Invalid},
		{"a vector picture", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrNotAnImage, fault.Invalid},
		{"a film", []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), ErrNotAnImage, fault.Invalid},
		{"an iPhone photo", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), ErrHEIC, fault.Invalid},
		{"an AVIF", []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1"), ErrFormat, fault.Invalid},
		{"a TIFF", []byte("II*\x00\x08\x00\x00\x00"), ErrFormat, fault.Invalid},
		{"a BMP", []byte("BM\x00\x00\x00\x00\x00\x00\x00\x00"), ErrFormat, fault.Invalid},
		{"an animated WebP", animated, ErrFormat, fault.Invalid},
		{"20 MB", bytes.Repeat([]byte{0xFF, 0xD8, 0xFF, 0xE0}, 5<<20), ErrTooLarge, fault.TooLarge},
		{"one byte too many", make([]byte, MaxBytes+1), ErrTooLarge, fault.TooLarge},
		{"a bomb", claiming(t, 50_000, 50_000, 8, 2), ErrTooManyPixels, fault.TooLarge},
		{"a bomb in 16 bit", claiming(t, 7000, 7000, 16, 6), ErrTooManyPixels, fault.TooLarge},
		{"a bomb in JPEG", claimingJPEG(t, 65_000, 65_000, 0xC0), ErrTooManyPixels, fault.TooLarge},
		{"a progressive bomb", claimingJPEG(t, 6000, 6000, 0xC2), ErrTooManyPixels, fault.TooLarge},
		{"half a JPEG", whole[:len(whole)/2], ErrDamaged, fault.Invalid},
		{"the head of a JPEG", whole[:4], ErrDamaged, fault.Invalid},
		{"the head of a PNG", asPNG(t, quarters(9, 9))[:20], ErrDamaged, fault.Invalid},
		{"a PNG without pixels", claiming(t, 0, 5, 8, 2), ErrDamaged, fault.Invalid},
		{"half a GIF", asGIF(t, quarters(99, 99))[:60], ErrDamaged, fault.Invalid},
		{"half a WebP", lossyWebP(t)[:24], ErrDamaged, fault.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := process(t, c.data)
			if !errors.Is(err, c.want) || fault.KindOf(err) != c.kind {
				t.Fatalf("err = %v, want %v", err, c.want)
			}
			if p.Full.JPEG != nil || p.Thumb.JPEG != nil {
				t.Error("a refused upload left a picture")
			}
		})
	}
}

func TestABrokenConnectionIsNotTheVisitorsMistake(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset")
	_, err := NewProcessor(1).Process(t.Context(), io.MultiReader(strings.NewReader("\xff\xd8\xff"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || fault.KindOf(err) != fault.Internal {
		t.Errorf("err = %v", err)
	}
}

func TestADecoderThatPanicsIsARefusal(t *testing.T) {
	t.Parallel()
	f := format{name: "odd", decode: func(io.Reader) (image.Image, error) { panic("index out of range") }}
	if _, err := decode(f, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("err = %v", err)
	}
}

func TestSlotsBoundTheWork(t *testing.T) {
	t.Parallel()
	file := asJPEG(t, quarters(32, 32))
	synctest.Test(t, func(t *testing.T) {
		p := NewProcessor(2)
		p.slots <- struct{}{}
		p.slots <- struct{}{} // both taken
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 2)
		go func() {
			_, err := p.Process(ctx, bytes.NewReader(file))
			done <- err
		}()
		go func() {
			_, err := p.Process(context.WithoutCancel(ctx), bytes.NewReader(file))
			done <- err
		}()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatalf("worked without a slot: %v", err)
		default:
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Fatalf("the one that gave up got %v", err)
		}
		<-p.slots
		if err := <-done; err != nil {
			t.Fatalf("the one that waited got %v", err)
		}
		<-p.slots
		if len(p.slots) != 0 {
			t.Error("a slot was kept")
		}
	})
}

func TestAVisitorWhoLeftCostsNoWork(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewProcessor(1).Process(ctx, bytes.NewReader(asJPEG(t, quarters(8, 8)))); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

func FuzzProcess(f *testing.F) {
	pic := quarters(24, 16)
	seeds := [][]byte{
		asJPEG(f, pic), asPNG(f, pic), asGIF(f, pic, pic), lossyWebP(f), losslessWebP(f),
		withJPEGExif(asJPEG(f, pic), tiff(binary.BigEndian, 6)), withPNGExif(asPNG(f, pic), tiff(binary.LittleEndian, 8)),
		claiming(f, 50_000, 50_000, 8, 2), claimingJPEG(f, 400, 400, 0xC2),
		[]byte("\xff\xd8\xff\xe1\xff\xffExif\x00\x00"), []byte("RIFF\xff\xff\xff\xffWEBPEXIF\xff\xff\xff\xff"),
		[]byte("\x00\x00\x00\x18ftypheic"), []byte("楼道"),
	}
	for _, s := range seeds {
		f.Add(s)
		f.Add(s[:len(s)*2/3])
		flipped := bytes.Clone(s)
		flipped[len(flipped)/2] ^= 0x55
		f.Add(flipped)
	}
	p := NewProcessor(1)
	f.Fuzz(func(t *testing.T, data []byte) {
		photo, err := p.Process(t.Context(), bytes.NewReader(data))
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatalf("a stranger's bytes made an internal error: %v", err)
			}
			return
		}
		for _, pic := range []Picture{photo.Full, photo.Thumb} {
			c, err := jpeg.DecodeConfig(bytes.NewReader(pic.JPEG))
			if err != nil || c.Width != pic.Width || c.Height != pic.Height || max(c.Width, c.Height) > FullEdge {
				t.Fatalf("%dx%d: %v", pic.Width, pic.Height, err)
			}
		}
	})
}

func BenchmarkProcess12MP(b *testing.B) {
	file := asJPEG(b, quarters(4000, 3000))
	p := NewProcessor(1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Process(b.Context(), bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
	}
}
