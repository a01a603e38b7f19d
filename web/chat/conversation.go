package chat

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// KindConversation is the document kind of conversations, one per account.
const KindConversation docstore.Kind = "conversation"

const (
	// JoinWithin is how long after a text a photo still belongs to it, and how long a photo waits for
	// its text.
	JoinWithin = 10 * time.Minute
	// maxPhotos is how many photos wait for their text; deliberation has its own bound for a topic.
	maxPhotos = 9
	// maxReplied is how many answered pushes are remembered. Pushes are worked in order, so a
	// repetition comes soon or never.
	maxReplied = 20
)

// Conversation is what the chat must remember between two messages of a person.
type Conversation struct {
	Account identity.AccountID `json:"account"`
	// Topic was filed last, at At.
	Topic deliberation.TopicID `json:"topic,omitempty"`
	At    time.Time            `json:"at,omitzero"`
	// Photos came before any text and wait for it.
	Photos []WaitingPhoto `json:"photos,omitempty"`
	// Drafted is when a text was kept for a form instead of being filed.
	Drafted time.Time `json:"drafted,omitzero"`
	// Form is where that form is.
	Form string `json:"form,omitempty"`
	// Replied are the pushes that were answered, so that none is answered twice.
	Replied []string `json:"replied,omitempty"`
}

// WaitingPhoto is a photo without a text.
type WaitingPhoto struct {
	ID deliberation.PhotoID `json:"id"`
	At time.Time            `json:"at"`
}

// open returns the topic a photo that comes at now belongs to, "" if none.
func (c Conversation) open(now time.Time) deliberation.TopicID {
	if c.Topic == "" || now.Sub(c.At).Abs() > JoinWithin {
		return ""
	}
	return c.Topic
}

// answered reports whether a push was answered before.
func (c Conversation) answered(push string) bool { return slices.Contains(c.Replied, push) }

// filed records that a text became a topic, which took the waiting photos with it.
func (c *Conversation) filed(topic deliberation.TopicID, now time.Time) {
	c.Topic, c.At, c.Photos = topic, now, nil
	c.Drafted, c.Form = time.Time{}, ""
}

// drafted records that a text waits at a form, which took the waiting photos with it. What comes next belongs to it.
func (c *Conversation) drafted(form string, now time.Time) {
	c.Drafted, c.Form = now, form
	c.Topic, c.At, c.Photos = "", time.Time{}, nil
}

// form returns where a photo that comes at now belongs, "" if at no form.
func (c Conversation) form(now time.Time) string {
	if c.Form == "" || now.Sub(c.Drafted).Abs() > JoinWithin {
		return ""
	}
	return c.Form
}

// wait keeps a photo for the text to come. The same photo is kept once.
func (c *Conversation) wait(id deliberation.PhotoID, now time.Time) {
	fresh := c.waiting(now)
	if slices.ContainsFunc(fresh, func(p WaitingPhoto) bool { return p.ID == id }) || len(fresh) >= maxPhotos {
		return
	}
	c.Photos = append(fresh, WaitingPhoto{id, now})
}

// waiting returns the photos that are not too old to belong to a text at now.
func (c Conversation) waiting(now time.Time) []WaitingPhoto {
	return slices.DeleteFunc(slices.Clone(c.Photos), func(p WaitingPhoto) bool { return now.Sub(p.At).Abs() > JoinWithin })
}

// replied records that a push was answered and reports whether this is the first time.
func (c *Conversation) replied(push string) bool {
	if slices.Contains(c.Replied, push) {
		return false
	}
	c.Replied = append(slices.Clone(c.Replied), push)
	if len(c.Replied) > maxReplied {
		c.Replied = c.Replied[len(c.Replied)-maxReplied:]
	}
	return true
}

// Collections declares what the package stores.
func Collections() docstore.Schema { return docstore.Schema{{Kind: KindConversation}} }

func conversations(s docstore.Store) docstore.Table[Conversation] {
	return docstore.Table[Conversation]{Store: s, Kind: KindConversation}
}
