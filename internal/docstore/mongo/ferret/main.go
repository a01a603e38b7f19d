// Command ferret is a server that speaks MongoDB's wire protocol, for tests: FerretDB on its SQLite
// backend. It lives in a module of its own, so that the product depends on none of it.
//
// It keeps its data in the directory given as the only argument, listens on a free port of
// 127.0.0.1, prints its URI as the first line of standard output, and ends when standard input does:
// a test that dies takes its server along.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ferret:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: ferret DIRECTORY, got %q", args)
	}
	db, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError + 1})),
		Handler:   "sqlite",
		SQLiteURL: "file:" + args[0] + "/",
	})
	if err != nil {
		return err
	}
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		front.Close()
		stop()
	}()
	go func() {
		back, err := url.Parse(db.MongoDBURI())
		if err != nil {
			fmt.Fprintln(os.Stderr, "ferret:", err)
			os.Exit(1)
		}
		fmt.Printf("mongodb://%s/\n", front.Addr())
		newGate(back.Host).serve(front)
	}()
	return db.Run(ctx)
}
