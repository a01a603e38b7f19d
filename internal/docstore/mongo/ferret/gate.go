package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
)

// gate stands before FerretDB and lets one writing command through at a time.
//
// MongoDB changes a document that matches a filter in one atomic step. FerretDB v1 on SQLite reads,
// compares, and writes by _id in separate transactions, so of two updates that name one version both
// can succeed. What is tested here is an adapter for MongoDB, so the gate gives back the atomicity that
// MongoDB promises, and nothing more: reads pass freely.
type gate struct {
	back    string
	writing sync.Mutex
}

func newGate(back string) *gate { return &gate{back: back} }

func (g *gate) serve(front net.Listener) {
	for {
		client, err := front.Accept()
		if err != nil {
			return
		}
		go g.pass(client)
	}
}

// pass carries requests and replies in turn until either side hangs up.
func (g *gate) pass(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", g.back)
	if err != nil {
		return
	}
	defer server.Close()
	for {
		request, err := readMessage(client)
		if err != nil {
			return
		}
		reply, err := g.ask(server, request)
		if err != nil {
			return
		}
		if _, err := client.Write(reply); err != nil {
			return
		}
	}
}

func (g *gate) ask(server net.Conn, request []byte) ([]byte, error) {
	if writes(request) {
		g.writing.Lock()
		defer g.writing.Unlock()
	}
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	return readMessage(server)
}

// The wire protocol: a message begins with its length; OP_MSG has flags and then sections, of
// which the one of kind 0 is the command, whose first key is its name.
const (
	headerSize = 16
	maxMessage = 48 << 20
	opMsg      = 2013
)

func readMessage(r io.Reader) ([]byte, error) {
	header := make([]byte, headerSize)
	if _, err := io.ReadFull(r, header); err != nil {
		return nil, err
	}
	size := binary.LittleEndian.Uint32(header)
	if size < headerSize || size > maxMessage {
		return nil, fmt.Errorf("a message of %d bytes", size)
	}
	message := make([]byte, size)
	copy(message, header)
	_, err := io.ReadFull(r, message[headerSize:])
	return message, err
}

func writes(message []byte) bool {
	if binary.LittleEndian.Uint32(message[12:]) != opMsg || len(message) < headerSize+4 {
		return false
	}
	switch command(message[headerSize+4:]) {
	case "insert", "update", "delete", "findAndModify", "createIndexes", "dropIndexes", "dropDatabase":
		return true
	}
	return false
}

// command returns the name of the command among sections, "" if there is none.
func command(sections []byte) string {
	for len(sections) > 5 {
		kind, size := sections[0], int(binary.LittleEndian.Uint32(sections[1:]))
		if kind != 0 {
			if size <= 0 || size+1 > len(sections) {
				return ""
			}
			sections = sections[1+size:]
			continue
		}
		name := sections[6:] // after kind, size and the type of the first element
		for i, b := range name {
			if b == 0 {
				return string(name[:i])
			}
		}
		return ""
	}
	return ""
}
