package photo

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// shrink returns img on white, its longer edge at most edge pixels, its proportions kept.
//
// It goes in two steps. Whole blocks of pixels are averaged first, a strip at a time, which keeps fine
// lines and needs memory for one strip only; the kernels of x/image/draw would ask for 32 bytes a pixel
// of an intermediate picture. The rest is less than a halving, where ApproxBiLinear is as good.
func shrink(img image.Image, edge int) *image.RGBA {
	size := img.Bounds().Size()
	longer := max(size.X, size.Y)
	reduced := blocks(img, max(longer/edge, 1))
	if longer <= edge {
		return reduced
	}
	fit := func(n int) int { return max((n*edge+longer/2)/longer, 1) }
	small := image.NewRGBA(image.Rect(0, 0, fit(size.X), fit(size.Y)))
	draw.ApproxBiLinear.Scale(small, small.Rect, reduced, reduced.Rect, draw.Src, nil)
	return small
}

// blocks averages squares of n by n pixels over white. Squares at the right and lower edge may be
// smaller.
func blocks(img image.Image, n int) *image.RGBA {
	from := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, (from.Dx()+n-1)/n, (from.Dy()+n-1)/n))
	strip := image.NewRGBA(image.Rect(0, 0, from.Dx(), n))
	white := image.NewUniform(color.White)
	for y := range out.Rect.Dy() {
		rows := min(n, from.Dy()-y*n)
		band := image.Rect(0, 0, from.Dx(), rows)
		draw.Draw(strip, band, white, image.Point{}, draw.Src)
		draw.Draw(strip, band, img, from.Min.Add(image.Pt(0, y*n)), draw.Over)
		average(out.Pix[y*out.Stride:], strip, n, rows)
	}
	return out
}

// average writes one row of block means.
func average(row []byte, strip *image.RGBA, n, rows int) {
	width := strip.Rect.Dx()
	for x := 0; x*n < width; x++ {
		cols := min(n, width-x*n)
		var r, g, b int
		for j := range rows {
			line := strip.Pix[j*strip.Stride+x*n*4:][:cols*4]
			for i := 0; i < len(line); i += 4 {
				r += int(line[i])
				g += int(line[i+1])
				b += int(line[i+2])
			}
		}
		all := rows * cols
		row[x*4], row[x*4+1], row[x*4+2], row[x*4+3] = byte(r/all), byte(g/all), byte(b/all), 0xFF
	}
}

// turn returns the picture as its orientation (1 to 8) means it to hang.
func turn(img *image.RGBA, orientation int) *image.RGBA {
	if orientation == upright {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := place(orientation, x, y, w, h)
			copy(out.Pix[ty*out.Stride+tx*4:][:4], img.Pix[y*img.Stride+x*4:][:4])
		}
	}
	return out
}

// place returns where the stored pixel (x, y) of a w by h picture hangs.
func place(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
