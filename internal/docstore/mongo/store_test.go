package mongo_test

import (
	"context"
	"os"
	"testing"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/docstore/docstoretest"
	"jushou/internal/docstore/mongo"
	"jushou/internal/docstore/mongo/mongotest"
)

func TestStore(t *testing.T) {
	uri := mongotest.Start(t)
	docstoretest.Exercise(t, func(t *testing.T, schema docstore.Schema) docstore.Store {
		return open(t, mongotest.Database(t, uri), schema)
	})
}

func open(t *testing.T, uri string, schema docstore.Schema) *mongo.Store {
	t.Helper()
	s, err := mongo.Open(t.Context(), uri, schema, mongo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// crashURI hands the database on to the child of the crash test.
const crashURI = "JUSHOU_TEST_CRASH_URI"

func TestCrash(t *testing.T) {
	uri := os.Getenv(crashURI)
	if uri == "" {
		uri = mongotest.Database(t, mongotest.Start(t))
		t.Setenv(crashURI, uri)
	}
	docstoretest.Crash(t, 40, func(ctx context.Context, _ string) (docstore.Store, error) {
		return mongo.Open(ctx, uri, docstoretest.Schema(), mongo.Options{Lease: 200 * time.Millisecond})
	})
}
