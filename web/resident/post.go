package resident

import (
	"errors"
	"net/url"
	"strings"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/search"
	"jushou/web/story"
	"jushou/web/upload"
	"jushou/web/view"
)

// postForm is a topic on its way.
type postForm struct {
	Token, Board, Kind, Title, Body string
	Photos                          []deliberation.PhotoID
	// To is the address it is posted to; Revision is set when a topic is edited.
	To, Revision string
	// Anyway says that somebody has seen what is similar and posts all the same.
	Anyway bool
}

// postView is the form with what it offers.
type postView struct {
	Form     postForm
	Back     string
	Boards   []view.Option
	Problems view.Problems
	// Similar is what stands in the way once; SimilarFrom is where scripts ask for it while somebody types.
	Similar     []search.Like
	SimilarFrom string
}

// NewTopic shows the form: text, photos, send.
func (p *Pages) NewTopic(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.PostTopic, identity.At(node)); err != nil {
		return err
	}
	if v.Query("board") == string(deliberation.BoardNeighbours) {
		return v.Ctx.Redirect(base(node.ID)+"/neighbours/post?text="+url.QueryEscape(v.Query("text")), 302) // what neighbours have and need has a form of its own
	}
	form := postForm{Token: ids.New(v.Now), Board: v.Query("board"), Body: v.Query("text")}
	if v.Query("draft") != "" {
		d := p.Shelf.DraftOf(v.Context(), v.Actor.ID)
		form.Body, form.Photos = d.Text, d.Photos
	}
	return p.showPost(v, form, view.Problems{Status: 200})
}

// PostTopic publishes what the form holds. Whatever is refused, the form comes back as it was sent.
func (p *Pages) PostTopic(v *page.Visit) error {
	form := postForm{
		Token: v.Field("token"), Board: v.Field("board"), Kind: v.Field("kind"), Title: v.Field("title"), Body: v.Field("body"),
		Photos: upload.IDs(v), Anyway: v.Field("anyway") != "",
	}
	if form.Board == "" {
		form.Board = string(deliberation.BoardNearby)
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		return p.showPost(v, form, v.Refuse(upload.OnPhotos(err)))
	}
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if similar := p.likely(v, node, form); len(similar) > 0 {
		return p.showPostWith(v, form, similar, view.Problems{Status: 200})
	}
	t, err := p.Topics.PostTopic(v.Context(), v.Actor, deliberation.PostTopic{
		ID: deliberation.TopicID(form.Token), Community: node.ID, Board: deliberation.BoardKey(form.Board),
		Kind: deliberation.Kind(form.Kind), Title: form.Title, Body: form.Body, Photos: form.Photos, Via: deliberation.ViaH5,
	})
	if errors.Is(err, deliberation.ErrOwnRoom) {
		return p.toNeighbours(v, node, form)
	}
	if err != nil {
		return p.showPost(v, form, v.Refuse(err))
	}
	said := "post.sent"
	if t.Status == deliberation.Held {
		said = "post.held"
	}
	return v.GoSaying("/t/"+string(t.ID)+"?posted="+base(node.ID)+"/post", said)
}

// toNeighbours leads to the form that takes what was meant for 左邻右舍, with everything that was typed.
func (p *Pages) toNeighbours(v *page.Visit, node community.Node, form postForm) error {
	d := upload.Draft{Text: strings.TrimSpace(form.Title + "\n" + form.Body), Photos: form.Photos}
	if err := p.Shelf.KeepDraft(v.Context(), v.Actor.ID, d); err != nil {
		return p.showPost(v, form, v.Refuse(err))
	}
	return v.GoSaying(base(node.ID)+"/neighbours/post?"+upload.FromDraft, "post.to_neighbours")
}

func (p *Pages) showPost(v *page.Visit, form postForm, problems view.Problems) error {
	return p.showPostWith(v, form, nil, problems)
}

func (p *Pages) showPostWith(v *page.Visit, form postForm, similar []search.Like, problems view.Problems) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	form.To = base(node.ID) + "/post"
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	shown := postView{Form: form, Back: base(node.ID), Problems: problems, Similar: similar, SimilarFrom: base(node.ID) + "/similar"}
	for _, b := range deliberation.BoardsIn(node.Settings) {
		if b.TakesTopics() {
			shown.Boards = append(shown.Boards, view.Option{Value: string(b.Key), Text: story.BoardName(b, v)})
		}
	}
	if form.Board == "" || !offers(shown.Boards, form.Board) {
		shown.Form.Board = string(deliberation.BoardNearby)
	}
	return v.ShowAs(problems.Status, PostPage(shown))
}

func offers(all []view.Option, value string) bool {
	for _, o := range all {
		if o.Value == value {
			return true
		}
	}
	return false
}
