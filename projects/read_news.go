package projects

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// NewsPage is how many news stand on a page.
const NewsPage = 10

// NewsView is news as one person may see it.
type NewsView struct {
	News
	// Mine is set for who wrote it, Desk for who may hide it.
	Mine, Desk bool
	// Veiled says that its words and photos are not for this reader.
	Veiled bool
}

// News lists what was told of a project, the latest first.
func (s *Service) News(ctx context.Context, actor identity.Actor, id ID, after docstore.Cursor) ([]NewsView, docstore.Cursor, error) {
	p, err := s.projects.Read(ctx, actor, string(id))
	if err != nil {
		return nil, "", err
	}
	found, next, err := s.news.Find(ctx, docstore.Query{Index: byProject, Equal: []any{string(id)}, Desc: true, Limit: NewsPage, After: after})
	views := make([]NewsView, len(found))
	for i, x := range found {
		views[i] = x.seenBy(actor, p)
	}
	return views, next, err
}

// OneNews returns one of them as the actor may see it.
func (s *Service) OneNews(ctx context.Context, actor identity.Actor, id NewsID) (NewsView, error) {
	x, _, err := s.oneNews(ctx, id)
	if err != nil {
		return NewsView{}, err
	}
	p, err := s.projects.Read(ctx, actor, string(x.Project))
	if err != nil {
		return NewsView{}, err
	}
	return x.seenBy(actor, p), nil
}

// seenBy leaves the words of what is hidden to who wrote them and the desk, and accounts to the desk.
func (x News) seenBy(actor identity.Actor, p Project) NewsView {
	v := NewsView{News: x, Mine: actor.ID != "" && x.By.Account == actor.ID, Desk: identity.Can(actor, identity.CheckProject, p.Place()) == nil}
	if x.Hidden && !v.Mine && !v.Desk {
		v.Veiled, v.Text, v.Shots = true, "", nil
	}
	if !v.Desk {
		v.Hits, v.By.Account, v.ModeratedBy = nil, "", deliberation.Author{}
	}
	return v
}
