package app

import (
	"context"
	"strings"

	"jushou/deliberation"
	"jushou/internal/eventlog"
	"jushou/internal/eventlog/publiclog"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
	"jushou/internal/patrol"
	webpubliclog "jushou/web/publiclog"
)

// LogPath is where the public log lies on the site.
const LogPath = "/open/log"

// openLog builds the public log; it reads nothing yet.
func (a *App) openLog() (err error) {
	_, host, _ := strings.Cut(a.cfg.BaseURL, "://")
	a.PublicLog, err = publiclog.New(publiclog.Config{
		Store: a.Store, Clock: a.Clock, Vault: vault{a.box}, Origin: host + LogPath, Acts: publicActs(), PushURL: a.cfg.LogPushURL, Log: a.log,
	})
	return err
}

// vault is the box of personal fields, for what the log keeps secret.
type vault struct{ box *seal.Box }

func (v vault) Seal(place, plain string) string { return string(v.box.Seal(place, plain)) }

func (v vault) Open(place, sealed string) (string, error) {
	return v.box.Open(place, seal.Sealed(sealed))
}

// logServices are what the log's pages stand on.
func (a *App) logServices() webpubliclog.Services {
	return webpubliclog.Services{Log: a.PublicLog, Directory: a.Directory, BaseURL: a.cfg.BaseURL, Sees: a.seesWords}
}

// seesWords reports whether somebody may read what an entry of the log has the hash of: the text of a topic or an answer, by the rules
// of topics. Of other acts the words stay where they were written.
func (a *App) seesWords(ctx context.Context, actor identity.Actor, e publiclog.Entry) (bool, error) {
	switch e.Act {
	case deliberation.TopicPosted, deliberation.NoticePublished, deliberation.TopicReleased, deliberation.TopicEdited, deliberation.TopicAnswered:
	default:
		return false, nil
	}
	_, id, _ := strings.Cut(e.Of, "/")
	t, err := a.Topics.Topic(ctx, actor, deliberation.TopicID(id))
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Denied, fault.Unauthenticated:
		return false, nil
	}
	return err == nil && t.Status.Shown(), err
}

// logRelays enter public acts, and send checkpoints to a second place.
func (a *App) logRelays() []eventlog.Relay {
	return []eventlog.Relay{
		{Name: "public_log", Types: a.PublicLog.Types(), Handle: a.PublicLog.Follow},
		{Name: "public_log_push", Types: []string{publiclog.EventCheckpoint}, Handle: a.PublicLog.Push, FromHead: true},
	}
}

// logSweep signs what was entered.
func (a *App) logSweep() patrol.Sweep {
	return patrol.Sweep{Name: "public_log", Spec: "*/5 * * * * *", Run: func(ctx context.Context, _ patrol.Window) (int, error) {
		return a.PublicLog.Publish(ctx)
	}}
}
