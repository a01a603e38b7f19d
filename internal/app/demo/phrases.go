package demo

import (
	"context"
	"crypto/sha256"
	"fmt"

	"jushou/deliberation"
	"jushou/deliberation/phrasebook"
	"jushou/internal/community"
	"jushou/internal/ids"
)

// sentences are what the people on duty in the demo have written down for their answers.
var sentences = [...]struct {
	name, text string
	board      deliberation.BoardKey
}{
	{"今天去看", "{居民}您好，收到了，我们今天就去{楼栋}看，看完在这里告诉您。", ""},
	{"下次巡查前", "{居民}您好，正在向有关方面了解情况，{下次巡查}前给您准信。", ""},
	{"师傅上门", "{居民}您好，已安排师傅上门，请留意电话，修好后我们拍照发在这里。", "property"},
}

// phrases fills the phrase books.
func (d *district) phrases(ctx context.Context) error {
	book := phrasebook.New(d.Store, d.Clock, d.Directory)
	return together(ctx, places[:], func(ctx context.Context, p place) error {
		in := community.ID(p.id)
		for i, s := range sentences {
			_, err := book.Save(ctx, d.staff[in].staff[0], in, phrasebook.Phrase{
				ID: phrasebook.PhraseID(ids.Derive(d.start(), sha256.Sum256(fmt.Appendf(nil, "phrase %s %d", p.id, i)))), Name: s.name, Text: s.text, Board: s.board,
			})
			if err != nil {
				return fmt.Errorf("a phrase of %s: %w", in, err)
			}
		}
		return nil
	})
}
