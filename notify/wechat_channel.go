package notify

import (
	"context"
	"fmt"
	"sync"
	"time"

	"jushou/internal/clock"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/wechat"
)

// ChannelWeChat is the name of the template message channel.
const ChannelWeChat = "wechat"

// Sender is what the channel needs of the platform's client.
type Sender interface {
	SendTemplate(ctx context.Context, m wechat.TemplateMessage) (msgID string, err error)
	Templates(ctx context.Context) ([]wechat.Template, error)
}

// Contact is how a person is reached by WeChat.
type Contact struct {
	// OpenID is "" if the person does not follow, has switched WeChat notices off, or was erased.
	OpenID string
	Quiet  identity.Quiet
}

// Contacts tells how people are reached by WeChat.
type Contacts interface {
	// Contacts returns how people are reached; who is not in the answer is not.
	Contacts(ctx context.Context, people []identity.AccountID) (map[identity.AccountID]Contact, error)
	// Unfollowed records what a send has found out: the person no longer follows.
	Unfollowed(ctx context.Context, person identity.AccountID) error
}

var (
	errUnreachable = fault.New(fault.Invalid, "notify.unreachable")
	errQuiet       = fault.New(fault.Unavailable, "notify.quiet_hours")
	errNoTemplate  = fault.New(fault.Invalid, "notify.no_template")
)

// WeChat sends notices as template messages.
type WeChat struct {
	sender   Sender
	contacts Contacts
	words    Words
	clock    clock.Clock
	zone     *time.Location

	mu      sync.Mutex
	byTitle map[string]string // template ids
	read    time.Time         // when byTitle was read
}

// NewWeChat returns the channel. Quiet hours are times of day in the zone.
func NewWeChat(sender Sender, contacts Contacts, words Words, c clock.Clock, zone *time.Location) *WeChat {
	return &WeChat{sender: sender, contacts: contacts, words: words, clock: c, zone: zone}
}

// Name implements Channel.
func (*WeChat) Name() string { return ChannelWeChat }

// Send implements Channel. The notice's id is the message's client_msg_id, so that a second send within
// ten minutes is the platform's to recognise.
func (w *WeChat) Send(ctx context.Context, m Message) (string, error) {
	found, err := w.contacts.Contacts(ctx, []identity.AccountID{m.Person})
	if err != nil {
		return "", fmt.Errorf("find openid: %w", err)
	}
	return w.sendTo(ctx, m, found[m.Person])
}

// Gather implements Crowd.
func (w *WeChat) Gather(ctx context.Context, people []identity.AccountID) (Channel, error) {
	found, err := w.contacts.Contacts(ctx, people)
	if err != nil {
		return nil, fmt.Errorf("find %d openids: %w", len(people), err)
	}
	return gathered{w, found}, nil
}

// gathered is the channel with the people of a stretch looked up.
type gathered struct {
	*WeChat
	known map[identity.AccountID]Contact
}

// Send implements Channel.
func (g gathered) Send(ctx context.Context, m Message) (string, error) {
	return g.sendTo(ctx, m, g.known[m.Person])
}

// rests returns when the quiet hours end in which the message has to wait.
func (w *WeChat) rests(m Message, q identity.Quiet) (time.Time, bool) {
	if m.Pace == PaceMany || m.Pace == PaceOwn && q.Chosen() {
		return q.Until(w.clock.Now(), w.zone)
	}
	return time.Time{}, false
}

func (w *WeChat) sendTo(ctx context.Context, m Message, to Contact) (string, error) {
	template, ok := forNotice(m.Key)
	if !ok {
		return "", fmt.Errorf("%w: %w", ErrSkip, errNoTemplate.With("key", m.Key))
	}
	if to.OpenID == "" {
		return "", fmt.Errorf("%w: %w", ErrSkip, errUnreachable)
	}
	if until, ok := w.rests(m, to.Quiet); ok {
		return "", &Wait{Until: until, Err: errQuiet}
	}
	id, err := w.template(ctx, template.Title)
	if err != nil {
		return "", err
	}
	data := make(map[string]string, len(template.Fields))
	for _, f := range template.Fields {
		data[f.Key] = f.Value(m, w.words)
	}
	receipt, err := w.sender.SendTemplate(ctx, wechat.TemplateMessage{
		To: to.OpenID, TemplateID: id, URL: m.Link, Data: data, ClientMsgID: string(m.Notice),
	})
	if err != nil {
		return "", w.verdict(ctx, m.Person, err)
	}
	return receipt, nil
}

// templatesFor is how long the list of templates is believed. An operator who adds one need not restart us.
const templatesFor = 10 * time.Minute

// template returns the account's id of the template with the title.
func (w *WeChat) template(ctx context.Context, title string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	age := w.clock.Now().Sub(w.read)
	if id, ok := w.byTitle[title]; ok && age >= 0 && age < templatesFor {
		return id, nil
	}
	list, err := w.sender.Templates(ctx)
	if err != nil {
		return "", fmt.Errorf("list templates: %w", err)
	}
	w.byTitle, w.read = make(map[string]string, len(list)), w.clock.Now()
	for _, t := range list {
		w.byTitle[t.Title] = t.ID
	}
	if id, ok := w.byTitle[title]; ok {
		return id, nil
	}
	return "", fmt.Errorf("%w: %w", ErrSkip, errNoTemplate.With("title", title))
}

// verdict translates the platform's error policy (docs/wechat.md) into an outcome of ours.
func (w *WeChat) verdict(ctx context.Context, person identity.AccountID, err error) error {
	policy := wechat.PolicyOf(err)
	switch policy.Action {
	case wechat.Unfollowed:
		if recordErr := w.contacts.Unfollowed(ctx, person); recordErr != nil {
			return recordErr
		}
		return fmt.Errorf("%w: %w", ErrSkip, err)
	case wechat.ChannelOff, wechat.NoGrant, wechat.NextChannel, wechat.FeatureOff, wechat.TemplateOff:
		return fmt.Errorf("%w: %w", ErrSkip, err)
	case wechat.Permanent:
		return fmt.Errorf("%w: %w", ErrNever, err)
	}
	if next, ok := policy.NextTry(w.clock.Now()); ok {
		return &Retry{After: max(next.Sub(w.clock.Now()), backoff(1)), Err: err}
	}
	return err
}
