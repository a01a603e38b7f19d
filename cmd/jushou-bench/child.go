package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"
)

// child is a server in a process of its own: the baseline, or the real binary.
type child struct {
	cmd     *exec.Cmd
	addr    string
	started time.Time
	ended   chan error
}

// start runs a program and returns at once.
func start(ctx context.Context, addr string, environ []string, program string, args ...string) (*child, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env, cmd.Stderr = environ, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	c := &child{cmd: cmd, addr: addr, started: time.Now(), ended: make(chan error, 1)}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	go func() { c.ended <- cmd.Wait() }()
	return c, nil
}

// errEnded means that a server stopped before it was told to.
var errEnded = errors.New("the server ended")

// answered waits until a request gets the expected status and returns how long that was after the start.
func (c *child) answered(req *fasthttp.Request, status int) (time.Duration, error) {
	var res fasthttp.Response
	for time.Since(c.started) < time.Minute {
		err := fasthttp.DoTimeout(req, &res, 5*time.Second)
		if err == nil && res.StatusCode() == status {
			return time.Since(c.started), nil
		}
		select {
		case err := <-c.ended:
			c.ended <- err
			return 0, fmt.Errorf("%w: %v", errEnded, err)
		case <-time.After(2 * time.Millisecond):
		}
	}
	return 0, fmt.Errorf("%s did not answer %d within a minute (last: %d)", c.addr, status, res.StatusCode())
}

// stop ends the server and waits for its end.
func (c *child) stop() error {
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return <-c.ended
}

// memory returns the resident bytes of the process: now, and at most so far.
func (c *child) memory() (now, most int64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kib, _ := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "VmRSS:":
			now = kib << 10
		case "VmHWM:":
			most = kib << 10
		}
	}
	return now, most, nil
}

// work returns the processor time the process has used.
func (c *child) work() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond // USER_HZ is 100
}

// settle waits until the server has worked off what it was given and is idle, and returns how long that took.
func (c *child) settle(most time.Duration) time.Duration {
	const look = 300 * time.Millisecond
	began := time.Now()
	for before := c.work(); time.Since(began) < most; {
		time.Sleep(look)
		now := c.work()
		if now-before < look/10 {
			break
		}
		before = now
	}
	return time.Since(began)
}

// freeAddr returns an address of this machine that nobody listens on.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
