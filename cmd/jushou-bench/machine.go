package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// machine is what the numbers were measured on.
type machine struct {
	Cores     int     `json:"cores"`
	Processor string  `json:"processor"`
	Memory    string  `json:"memory"`
	Go        string  `json:"go"`
	System    string  `json:"system"`
	Fsyncs    float64 `json:"fsyncs_per_second"`
	// Load is the load average over a minute before the run began: what others were doing.
	Load string `json:"load"`
}

func lookAt(dir string) (machine, error) {
	m := machine{Cores: runtime.NumCPU(), Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH}
	m.Processor, m.Memory = fact("/proc/cpuinfo", "model name"), fact("/proc/meminfo", "MemTotal")
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _, _ = strings.Cut(string(text), " ")
	}
	rate, err := fsyncRate(dir, time.Second)
	m.Fsyncs = rate
	return m, err
}

// fact reads one line of a file under /proc; "" where there is none.
func fact(path, name string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// fsyncRate appends 4 KiB and flushes, one after the other, for the time.
func fsyncRate(dir string, d time.Duration) (float64, error) {
	f, err := os.Create(filepath.Join(dir, "fsync"))
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	block := make([]byte, 4096)
	began, n := time.Now(), 0
	for time.Since(began) < d {
		if _, err := f.Write(block); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, fmt.Errorf("flush: %w", err)
		}
		n++
	}
	return float64(n) / time.Since(began).Seconds(), nil
}
