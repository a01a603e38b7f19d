package bulletin

import (
	"log/slog"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/web/page"
)

// Below returns the record that stands below a notice for everybody who reads it, and counts the reader. Nil where the
// topic is no such notice. A reader who cannot be counted reads all the same. A notice from before notices were reviewed
// says so.
func (s Services) Below(v *page.Visit, t deliberation.TopicView) (templ.Component, error) {
	if t.Kind != deliberation.KindNotice || s.Bulletins == nil {
		return nil, nil
	}
	r, ok, err := s.Bulletins.Record(v.Context(), t.ID)
	if err != nil {
		return nil, err
	}
	if !ok {
		if t.Board == deliberation.BoardNotice {
			return Unreviewed(), nil
		}
		return nil, nil
	}
	if err := s.Bulletins.Opened(v.Context(), v.Actor, t.ID); err != nil {
		slog.WarnContext(v.Context(), "reader of a notice not counted", slog.Any("err", err))
	}
	return Record(r), nil
}
