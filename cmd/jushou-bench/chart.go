package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Measures of the chart, in pixels.
const (
	rowHeight  = 22
	labelWidth = 330
	barWidth   = 360
)

// chart draws how far each claim is from its target: the line is the target, left of it misses. The scale is
// logarithmic, from a quarter of the target to sixteen times as good.
func chart(found []finding) string {
	var rows []finding
	for _, f := range found {
		if !f.Told && f.Value > 0 {
			rows = append(rows, f)
		}
	}
	height := rowHeight*len(rows) + 40
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12">`+"\n",
		labelWidth+barWidth+110, height)
	b.WriteString(`<rect width="100%" height="100%" fill="#fff"/>` + "\n")
	for i, f := range rows {
		good := f.Value / f.Target
		if !f.More {
			good = f.Target / f.Value
		}
		colour := "#2f7d4f"
		if good < 1 {
			colour = "#c0392b"
		}
		y := 10 + i*rowHeight
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#333">%s</text>`+"\n", labelWidth-8, y+14, html.EscapeString(f.Item+"  "+f.What))
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%.1f" height="14" rx="2" fill="%s"/>`+"\n", labelWidth, y+3, along(good), colour)
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" fill="#333">%.3g×</text>`+"\n", labelWidth+along(good)+6, y+14, good)
	}
	line := labelWidth + along(1)
	fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="6" y2="%d" stroke="#333" stroke-dasharray="3 3"/>`+"\n", line, line, height-24)
	fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle" fill="#333">target</text>`+"\n</svg>\n", line, height-8)
	return b.String()
}

// along returns how far right a value lies that is so many times as good as its target.
func along(good float64) float64 {
	const least, most = -2, 4 // powers of two
	return barWidth * (min(max(math.Log2(good), least+0.1), most) - least) / (most - least)
}
