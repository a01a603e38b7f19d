package page

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"jushou/web/view"
)

// Shared returns a piece of a page that is the same for everybody who may see it, rendered at most once
// for a state of the scope (its Head), a minute (time words) and a key. Check the permission before: what
// differs between people's rights belongs into the key, and nothing else about a person can be rendered.
//
//	feed, err := v.Shared(community, "feed/"+board+"/"+cursor, func(ctx context.Context) (templ.Component, error) { … })
func (v *Visit) Shared(scope, key string, build func(ctx context.Context) (templ.Component, error)) (templ.Component, error) {
	head, err := v.Head(v.Context(), scope)
	if err != nil {
		return nil, err
	}
	f := v.frame().Shared()
	render := func(ctx context.Context, w io.Writer) error {
		part, err := build(ctx)
		if err != nil {
			return err
		}
		return view.Show(ctx, w, f, part)
	}
	full := strings.Join([]string{
		scope, strconv.FormatInt(head, 36), strconv.FormatInt(v.Now.Unix()/int64(time.Minute/time.Second), 36), f.Words.Tag(), key,
	}, "\x00")
	body, err := v.site.Cache.Bytes(v.Context(), full, !v.Fresh(), render)
	if err != nil {
		return nil, err
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write(body)
		return err
	}), nil
}

// Head returns a number that changes whenever something in the scope does. A visit asks the store once.
func (v *Visit) Head(ctx context.Context, scope string) (int64, error) {
	if v.head.known && v.head.scope == scope {
		return v.head.at, nil
	}
	at, err := v.site.Head(ctx, scope)
	if err != nil {
		return 0, fmt.Errorf("read the head of %s: %w", scope, err)
	}
	v.head.scope, v.head.at, v.head.known = scope, at, true
	return at, nil
}

// Kept is Shared for bytes that are not a page, made anew each second for the sake of instants in them.
func (v *Visit) Kept(scope, key string, build func(ctx context.Context, w io.Writer) error) ([]byte, error) {
	head, err := v.Head(v.Context(), scope)
	if err != nil {
		return nil, err
	}
	full := strings.Join([]string{scope, strconv.FormatInt(head, 36), strconv.FormatInt(v.Now.Unix(), 36), key}, "\x00")
	return v.site.Cache.Bytes(v.Context(), full, !v.Fresh(), build)
}
