package resident

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
)

// dataView is what we hold about somebody, in words.
type dataView struct {
	Name, Phone, OpenID string
	Created             time.Time
	Homes               []homeLine
}

// MyData shows somebody what we hold about them. WeChat's browser cannot download, so the page says it all and
// the machine-readable copy is a link.
func (p *Pages) MyData(v *page.Visit) error {
	data, err := p.People.ExportMyData(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	homes, err := p.homes(v)
	if err != nil {
		return err
	}
	return v.Show(DataPage(dataView{Name: data.Name, Phone: data.Phone, OpenID: data.OpenID, Created: data.Created, Homes: homes}))
}

// MyDataCopy answers with everything we hold about the visitor, and everything they posted, as JSON.
func (p *Pages) MyDataCopy(v *page.Visit) error {
	data, err := p.People.ExportMyData(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	topics, err := p.allMyTopics(v)
	if err != nil {
		return err
	}
	return v.JSON(200, struct {
		Account identity.MyData          `json:"account"`
		Topics  []deliberation.TopicView `json:"topics"`
	}{data, topics})
}

func (p *Pages) allMyTopics(v *page.Visit) ([]deliberation.TopicView, error) {
	all := []deliberation.TopicView{}
	for after := docstore.Cursor(""); ; {
		found, err := p.Topics.MyTopics(v.Context(), v.Actor, after)
		if err != nil {
			return nil, err
		}
		all = append(all, found.Items...)
		if after = found.Next; after == "" {
			return all, nil
		}
	}
}
