package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"jushou/deliberation"
	"jushou/internal/config"
	"jushou/internal/coord"
	"jushou/internal/coord/mem"
	"jushou/internal/coord/redis"
	"jushou/internal/docstore"
	"jushou/internal/docstore/mongo"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/photo"
)

// database is the embedded store's file in the data directory.
const database = "jushou.db"

// openStore opens the store the configuration names. room bounds the embedded store in bytes, 0 does not.
func openStore(ctx context.Context, cfg config.Config, room int64) (docstore.Store, error) {
	if cfg.MongoURI != "" {
		store, err := mongo.Open(ctx, cfg.MongoURI, Schema(), mongo.Options{})
		if err != nil {
			return nil, fmt.Errorf("open MongoDB: %w", err)
		}
		return store, nil
	}
	if err := os.MkdirAll(cfg.DataDir, 0o750); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	store, err := sqlite.Open(ctx, filepath.Join(cfg.DataDir, database), Schema(), sqlite.Options{MaxBytes: room})
	if err != nil {
		return nil, fmt.Errorf("open the embedded store: %w", err)
	}
	return store, nil
}

// openCoord opens what replicas share; without Redis one process works alone.
func openCoord(cfg config.Config) (coord.Coord, error) {
	if cfg.RedisURL == "" {
		return mem.New(), nil
	}
	c, err := redis.Open(cfg.RedisURL, redis.Options{})
	if err != nil {
		return nil, fmt.Errorf("open Redis: %w", err)
	}
	return c, nil
}

// openPhotos opens the photo folder in the data directory.
func (a *App) openPhotos() (*photo.Dir, error) {
	dir := filepath.Join(a.cfg.DataDir, "photos")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make the photo folder: %w", err)
	}
	return photo.OpenDir(dir, a.Clock.Now())
}

// wordsFile is the operator's word list in the data directory, one word a line.
const wordsFile = "words.txt"

// wordList reads the operator's word list, or takes the sample that ships where there is none. A list that cannot
// be read keeps the program from starting: nobody should believe that it screens.
func wordList(dir string) (*deliberation.WordList, error) {
	words, err := deliberation.LoadWordList(filepath.Join(dir, wordsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return deliberation.SampleWords(), nil
	}
	return words, err
}

// verification matches the names of the files by which WeChat makes sure that a domain is ours.
var verification = regexp.MustCompile(`^MP_verify_[A-Za-z0-9]{16}\.txt$`)

// maxVerification bounds such a file; the platform's has 16 characters.
const maxVerification = 256

// verifications reads WeChat's domain verification files from the data directory. They are put there by
// hand, once per domain of the console, and served at the root.
func verifications(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("look for domain verification files: %w", err)
	}
	found := map[string]string{}
	for _, e := range entries {
		if !verification.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read a domain verification file: %w", err)
		}
		if len(text) <= maxVerification {
			found[e.Name()] = string(text)
		}
	}
	return found, nil
}

// closers end parts in the reverse order of their beginning.
type closers []func() error

func (c *closers) add(f func() error) { *c = append(*c, f) }

func (c closers) close() error {
	var errs []error
	for i := len(c) - 1; i >= 0; i-- {
		errs = append(errs, c[i]())
	}
	return errors.Join(errs...)
}
