package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"jushou/internal/fault"
)

var errTitle = fault.New(fault.Invalid, "topic.title_too_long").On("title")

func TestUnclassifiedErrorsAreInternal(t *testing.T) {
	err := errors.New("disk on fire")
	if got := fault.KindOf(err); got != fault.Internal {
		t.Errorf("KindOf = %v, want internal", got)
	}
	if got := fault.CodeOf(err); got != "internal" {
		t.Errorf("CodeOf = %q, want internal", got)
	}
}

func TestWrappingKeepsKindAndCode(t *testing.T) {
	err := fmt.Errorf("post topic: %w", errTitle.With("max", 60))
	if fault.KindOf(err) != fault.Invalid || fault.CodeOf(err) != "topic.title_too_long" {
		t.Errorf("got %v %q", fault.KindOf(err), fault.CodeOf(err))
	}
	if !errors.Is(err, errTitle) {
		t.Error("errors.Is does not find the prototype by its code")
	}
}

func TestWithDoesNotChangeThePrototype(t *testing.T) {
	a := errTitle.With("max", 60)
	b := a.With("got", 61)
	if len(errTitle.Args) != 0 || len(a.Args) != 1 || len(b.Args) != 2 {
		t.Errorf("args leaked: %v %v %v", errTitle.Args, a.Args, b.Args)
	}
}

func TestAllFindsEveryFaultOfAForm(t *testing.T) {
	body := fault.New(fault.Invalid, "topic.body_missing").On("body")
	err := fmt.Errorf("form: %w", errors.Join(errTitle, errors.New("noise"), fmt.Errorf("deep: %w", body)))
	all := fault.All(err)
	if len(all) != 2 || all[0].Field != "title" || all[1].Field != "body" {
		t.Fatalf("All = %v", all)
	}
}

func TestCauseStaysReachable(t *testing.T) {
	cause := errors.New("driver text")
	err := fault.New(fault.Unavailable, "store.unavailable").Because(cause)
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}
