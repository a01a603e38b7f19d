package identity_test

import (
	"testing"

	"jushou/internal/identity"
)

func BenchmarkCan(b *testing.B) {
	actor := at(identity.AsStaff, "ld-01")
	place := identity.Place{Path: path("bs", "ld", "ld-01"), Board: "property"}
	b.ReportAllocs()
	for b.Loop() {
		if identity.Can(actor, identity.AnswerTopic, place) != nil {
			b.Fatal("refused")
		}
	}
}

func BenchmarkOpenSession(b *testing.B) {
	w := newTown(b)
	token, _, err := w.Sessions().Issue(b.Context(), w.staff.ID)
	w.must(err)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := w.Sessions().Open(b.Context(), token); err != nil {
			b.Fatal(err)
		}
	}
}
