// Command look draws every golden page below web/ as pictures: a phone and a desktop, light, dark and elder.
//
//	go run ./web/viewtest/look -out /tmp/shots [-only topic] [-browser /usr/bin/chromium]
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"jushou/web/static"
)

// shot is one way to look at a page.
type shot struct {
	name          string
	width, height int64
	dark, elder   bool
}

func shots() []shot {
	return []shot{
		{"phone", 375, 812, false, false},
		{"phone-dark", 375, 812, true, false},
		{"phone-elder", 375, 812, false, true},
		{"wide", 1280, 800, false, false},
	}
}

func main() {
	out := flag.String("out", "shots", "folder for the pictures")
	only := flag.String("only", "", "draw only pages whose name contains this")
	browser := flag.String("browser", "/usr/bin/chromium", "the browser's program")
	mode := flag.String("mode", "", "draw only this way: phone, phone-dark, phone-elder, wide")
	flag.Parse()
	if err := run(*out, *only, *mode, *browser); err != nil {
		log.Fatal(err)
	}
}

func run(out, only, mode, browser string) error {
	pages, err := filepath.Glob("web/*/testdata/*.html")
	if err != nil || len(pages) == 0 {
		return fmt.Errorf("no golden pages below web/: run from the module's root (%v)", err)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	site, err := serve()
	if err != nil {
		return err
	}
	ctx, stop := open(browser)
	defer stop()
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".html")
		if !strings.Contains(name, only) {
			continue
		}
		for _, s := range shots() {
			if mode != "" && mode != s.name {
				continue
			}
			if err := draw(ctx, site+"/"+page, filepath.Join(out, name+"."+s.name+".png"), s); err != nil {
				return fmt.Errorf("draw %s: %w", page, err)
			}
		}
	}
	return nil
}

// serve answers with the golden pages, the styles by their plain names, and a grey square for every photo.
func serve() (string, error) {
	assets, err := static.Load()
	if err != nil {
		return "", err
	}
	mux := http.NewServeMux()
	mux.Handle("/web/", http.FileServer(http.Dir(".")))
	mux.HandleFunc("/static/", func(w http.ResponseWriter, r *http.Request) {
		hashed := strings.TrimPrefix(assets.URL(strings.TrimPrefix(r.URL.Path, static.Prefix)), static.Prefix)
		file, ok := assets.Get(hashed)
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", file.Type)
		_, _ = w.Write(file.Plain)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360"><rect width="480" height="360" fill="#8fa3ad"/><path d="M0 360 170 170l90 100 80-70 140 160z" fill="#5d7480"/><circle cx="370" cy="90" r="40" fill="#f3d9a4"/></svg>`)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go func() { _ = http.Serve(l, mux) }()
	return "http://" + l.Addr().String(), nil
}

func open(browser string) (context.Context, context.CancelFunc) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("hide-scrollbars", true))
	allocator, stopBrowser := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopTab := chromedp.NewContext(allocator)
	return ctx, func() { stopTab(); stopBrowser() }
}

func draw(ctx context.Context, address, file string, s shot) error {
	scheme := "light"
	if s.dark {
		scheme = "dark"
	}
	script := `document.documentElement.classList.toggle('elder', ` + strconv.FormatBool(s.elder) + ` || document.documentElement.classList.contains('elder'))`
	err := chromedp.Do(ctx,
		chromedp.EmulateViewport(s.width, s.height),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}),
		chromedp.Navigate(address),
	)
	if err != nil {
		return err
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script)); err != nil {
		return err
	}
	// A picture of the whole page shows the bars where the page ends.
	unstick := `document.querySelectorAll('.tabs, .float').forEach((e) => { e.style.position = 'static' }); true`
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](unstick)); err != nil {
		return err
	}
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o644)
}
