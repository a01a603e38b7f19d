package photo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jushou/internal/fault"
	"jushou/internal/ids"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func openDir(t *testing.T, path string) *Dir {
	t.Helper()
	d, err := OpenDir(path, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func read(t *testing.T, s Store, id string, v Variant) (string, error) {
	t.Helper()
	r, err := s.Open(t.Context(), id, v)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

// files lists every file below dir, for what a test must not find.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAPhotoIsKeptAndGone(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	d := openDir(t, path)
	id := ids.New(noon)
	p := Photo{Full: Picture{JPEG: []byte("large")}, Thumb: Picture{JPEG: []byte("small")}}
	if err := Save(t.Context(), d, id, p); err != nil {
		t.Fatal(err)
	}
	again := openDir(t, path)
	for v, want := range map[Variant]string{Full: "large", Thumb: "small"} {
		if got, err := read(t, again, id, v); err != nil || got != want {
			t.Errorf("%s = %q, %v", v, got, err)
		}
	}
	for range 2 { // the second time there is nothing left, which is what was asked for
		if err := d.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := read(t, d, id, Full); !errors.Is(err, ErrNotFound) {
		t.Errorf("after Delete: %v", err)
	}
	if left := files(t, path); len(left) != 0 {
		t.Errorf("files left: %v", left)
	}
}

func TestDeleteOfWhatNeverWas(t *testing.T) {
	t.Parallel()
	if err := openDir(t, t.TempDir()).Delete(t.Context(), ids.New(noon)); err != nil {
		t.Error(err)
	}
}

func TestPathsCannotLeaveTheFolder(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	secret := filepath.Join(parent, "secret.full.jpg")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := openDir(t, filepath.Join(parent, "photos"))
	good := ids.New(noon)
	for _, id := range []string{"", ".", "..", "../secret", "../../secret", "/etc/passwd", good[:19] + "/", good + "\x00", strings.ToUpper(good), "%2e%2e%2fsecret......"} {
		if id == good {
			continue // an id of digits only has no upper case
		}
		if err := d.Put(t.Context(), id, Full, []byte("x")); !errors.Is(err, ErrNotFound) {
			t.Errorf("Put %q: %v", id, err)
		}
		if _, err := d.Open(t.Context(), id, Full); !errors.Is(err, ErrNotFound) {
			t.Errorf("Open %q: %v", id, err)
		}
		if err := d.Delete(t.Context(), id); !errors.Is(err, ErrNotFound) {
			t.Errorf("Delete %q: %v", id, err)
		}
	}
	for _, v := range []Variant{"", "../full", "full.jpg/../../secret"} {
		if _, err := d.Open(t.Context(), good, v); !errors.Is(err, ErrNotFound) {
			t.Errorf("variant %q: %v", v, err)
		}
	}
	if got := files(t, parent); len(got) != 1 || got[0] != secret {
		t.Errorf("files: %v", got)
	}
}

func TestALinkCannotLeaveTheFolder(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	if err := os.WriteFile(filepath.Join(parent, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, id := openDir(t, filepath.Join(parent, "photos")), ids.New(noon)
	folder := filepath.Join(parent, "photos", shard(id))
	if err := errors.Join(os.Mkdir(folder, 0o750), os.Symlink("../../secret", filepath.Join(folder, id+".full.jpg"))); err != nil {
		t.Fatal(err)
	}
	if got, err := read(t, d, id, Full); err == nil {
		t.Errorf("read %q through a link", got)
	}
}

func TestRacingWritersLeaveOneWholePicture(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	d, id := openDir(t, path), ids.New(noon)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := d.Put(t.Context(), id, Full, []byte(strings.Repeat(fmt.Sprintf("%02d", i), 10_000))); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got, err := read(t, d, id, Full)
	if err != nil || len(got) != 20_000 || got != strings.Repeat(got[:2], 10_000) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if left := files(t, path); len(left) != 1 {
		t.Errorf("files: %v", left)
	}
}

func TestOpeningRemovesWhatACrashLeft(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	openDir(t, path)
	for name, age := range map[string]time.Duration{"old": 2 * time.Hour, "young": time.Minute} {
		file := filepath.Join(path, tmp, name)
		if err := errors.Join(os.WriteFile(file, []byte("half"), 0o600), os.Chtimes(file, noon.Add(-age), noon.Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	d, err := OpenDir(path, noon)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if left := files(t, path); len(left) != 1 || filepath.Base(left[0]) != "young" {
		t.Errorf("files: %v", left)
	}
}

func TestAFullDiskIsSaidSo(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0) // the kernel's own full disk
	if err != nil {
		t.Fatal(err)
	}
	err = refusal(fill(full, []byte("picture")))
	if !errors.Is(err, ErrStoreFull) || fault.KindOf(err) != fault.Unavailable || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("err = %v", err)
	}
	if err := refusal(syscall.EIO); !errors.Is(err, ErrStore) || errors.Is(err, ErrStoreFull) {
		t.Errorf("another fault of the disk is %v", err)
	}
}

func TestAFailedPutKeepsTheEarlierPicture(t *testing.T) {
	t.Parallel()
	path := t.TempDir()
	d, id := openDir(t, path), ids.New(noon)
	if err := d.Put(t.Context(), id, Full, []byte("first")); err != nil {
		t.Fatal(err)
	}
	// A file where the folder tmp should be refuses every new picture, also for root.
	aside := filepath.Join(path, tmp)
	if err := errors.Join(os.Remove(aside), os.WriteFile(aside, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), id, Full, []byte("second")); !errors.Is(err, ErrStore) {
		t.Errorf("err = %v", err)
	}
	if got, err := read(t, d, id, Full); err != nil || got != "first" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestTheStoreHearsItsContext(t *testing.T) {
	t.Parallel()
	d, id := openDir(t, t.TempDir()), ids.New(noon)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := d.Open(ctx, id, Full)
	for _, err := range []error{err, d.Put(ctx, id, Full, nil), d.Delete(ctx, id)} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v", err)
		}
	}
}
