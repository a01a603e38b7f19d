// Package redistest starts a real redis-server for tests, on a free port of 127.0.0.1 and without persistence.
package redistest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Server is a redis-server that a test stops and starts again. It ends with the test.
type Server struct {
	tb   testing.TB
	port string
	dir  string
	cmd  *exec.Cmd
}

// patience bounds the wait for the server to answer.
const patience = 20 * time.Second

// Start starts a server, or skips the test, loudly, where redis-server is not installed; with
// JUSHOU_TEST_NO_SKIP=1 that is a failure.
func Start(tb testing.TB) *Server {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("JUSHOU_TEST_NO_SKIP") == "1" {
			tb.Fatalf("redis-server is not installed (Debian: apt-get install redis-server): %v", err)
		}
		tb.Skipf("SKIPPED, NOT TESTED: redis-server is not installed (Debian: apt-get install redis-server): %v", err)
	}
	s := &Server{tb: tb, port: freePort(tb), dir: tb.TempDir()}
	tb.Cleanup(s.Stop)
	s.Restart()
	return s
}

// URL is the server's address.
func (s *Server) URL() string { return "redis://" + s.Addr() + "/0" }

// Addr is host and port.
func (s *Server) Addr() string { return "127.0.0.1:" + s.port }

// Restart stops the server if it runs and starts it, empty, on the same port.
func (s *Server) Restart() {
	s.tb.Helper()
	s.Stop()
	var output strings.Builder
	s.cmd = exec.Command("redis-server", "--port", s.port, "--bind", "127.0.0.1", "--dir", s.dir, "--save", "", "--appendonly", "no")
	s.cmd.Stdout, s.cmd.Stderr = &output, &output
	if err := s.cmd.Start(); err != nil {
		s.tb.Fatalf("start redis-server: %v", err)
	}
	if err := s.answers(); err != nil {
		s.Stop()
		s.tb.Fatalf("redis-server on port %s does not answer: %v\n%s", s.port, err, output.String())
	}
}

// Stop kills the server, as a power cut would, and waits for its end.
func (s *Server) Stop() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill() // it may have ended by itself; Wait tells nothing more that matters
	_ = s.cmd.Wait()
	s.cmd = nil
}

// answers waits until the server says PONG.
func (s *Server) answers() error {
	deadline := time.Now().Add(patience)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := s.ping()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		<-tick.C
	}
}

func (s *Server) ping() error {
	conn, err := net.DialTimeout("tcp", s.Addr(), time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return err
	}
	if _, err := io.WriteString(conn, "PING\r\n"); err != nil {
		return err
	}
	answer, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && answer != "+PONG\r\n" {
		err = fmt.Errorf("it says %q", answer)
	}
	return err
}

func freePort(tb testing.TB) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	return port
}
