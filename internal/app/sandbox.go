package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"

	"jushou/internal/app/demo"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/config"
	"jushou/notify"
	"jushou/web/chat"
	"jushou/wechat/wxsim"
)

// sandboxBase is where the simulator lives.
const sandboxBase = "/sandbox"

// callbackPath is the webhook that WeChat pushes to.
const callbackPath = "/wechat/callback"

// openSim makes the simulator with the account of the configuration and the demo's people. Its clock is the
// whole program's.
func (a *App) openSim(virtual *clock.Virtual) error {
	cfg := a.cfg.WeChat
	var templates []wxsim.Template
	for i, t := range notify.Templates() {
		templates = append(templates, wxsim.Template{ID: fmt.Sprintf("TMPL%02d-jushou", i+1), Title: t.Title, Content: t.Content()})
	}
	var personas []wxsim.Persona
	for _, p := range demo.Personas() {
		personas = append(personas, wxsim.Persona{ID: p.ID, OpenID: p.OpenID, Nickname: p.Nickname, Note: p.Note, Home: p.Home, Follows: p.Follows})
	}
	callbacks := []string{a.origin() + callbackPath}
	for _, origin := range a.replicas {
		callbacks = append(callbacks, origin+callbackPath)
	}
	snapshot := ""
	if a.cfg.DataDir != "" {
		snapshot = filepath.Join(a.cfg.DataDir, "wxsim.json")
	}
	sim, err := wxsim.New(wxsim.Options{
		Account: wxsim.Account{
			AppID: cfg.AppID, Secret: cfg.AppSecret, Token: cfg.Token, AESKey: cfg.AESKey, Mode: wxsim.Mode(cfg.Mode), Name: "举手社区",
		},
		Callbacks: callbacks, Base: sandboxBase, AppURL: a.cfg.BaseURL, AppOrigin: a.origin(),
		Clock: virtual, Seed: 1, Personas: personas, Templates: templates, Snapshot: snapshot, Log: a.log,
	})
	if err != nil {
		return fmt.Errorf("start the simulator: %w", err)
	}
	a.Sim = sim
	return nil
}

// origin is where this process really listens, which in the sandbox is where the simulator calls it.
func (a *App) origin() string { return "http://" + a.cfg.Addr }

// mountSim gives the simulator its addresses: everything under its base, and the phones' host names.
func (a *App) mountSim(r fiber.Router) {
	handle := adaptor.HTTPHandler(a.Sim)
	r.Use(func(c *fiber.Ctx) error {
		if a.Sim.Owns(c.Hostname(), c.Path()) {
			return handle(c)
		}
		return c.Next()
	})
}

// seed makes the demo district where there is none, and then hangs its QR codes into the simulator.
func (a *App) seed(ctx context.Context, virtual *clock.Virtual) error {
	made, err := demo.Made(ctx, a.Store)
	if err != nil {
		return err
	}
	if !made {
		err := demo.Seed(ctx, demo.Ground{
			Store: a.Store, Clock: virtual, Box: a.box, Directory: a.Directory, People: a.People, Topics: a.Topics, TopicsBy: a.topicsBy, NeighboursBy: a.neighboursBy, AssistedBy: a.assistedBy, HallsBy: a.hallsBy, PollsBy: a.votesBy, ProjectsBy: a.projectsBy, ActivitiesBy: a.activitiesBy, CallsBy: a.callsBy, BulletinsBy: a.bulletinsToNobody, ModerationBy: a.moderationBy, Catalogue: a.Catalogue, Whistles: a.Whistles, Meetings: a.Meetings, Affairs: a.Affairs, Ledger: a.Ledger, Paper: a.keepPaper, Digests: a.Digests, Progress: a.progress,
		})
		if err != nil {
			return err
		}
	}
	return a.hangCodes(ctx)
}

// hangCodes labels the building codes that a persona may scan.
func (a *App) hangCodes(ctx context.Context) error {
	buildings, err := community.NewPlaces(a.Store).BuildingsIn(ctx, demo.HomeCommunity)
	if err != nil {
		return err
	}
	home, err := a.Directory.Node(ctx, demo.HomeCommunity)
	if err != nil {
		return err
	}
	for _, b := range buildings {
		scene, err := a.Scenes.SignScene(chat.SceneBuilding, string(b.ID))
		if err != nil {
			return err
		}
		a.Sim.LabelScene(scene, strings.TrimSuffix(home.Name, "居民区")+" "+b.Name+" 门口")
	}
	return nil
}

// phoneOrigins are the origins of the simulator's phones, which show our pages in frames.
func phoneOrigins(cfg config.Config) []string {
	_, port, _ := strings.Cut(cfg.Addr, ":")
	return []string{"http://*.phone.localhost:" + port, cfg.BaseURL}
}
