package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"jushou/internal/app"
	"jushou/internal/app/demo"
	"jushou/internal/config"
)

func runServe(ctx context.Context, p *program, args []string) error {
	set, file := p.flags("serve")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	cfg, err := config.Load(p.environ, *file)
	if err != nil {
		return err
	}
	return p.serve(ctx, cfg, func(*app.App) {
		fmt.Fprintf(p.out, "jushou serves %s on %s\n", cfg.BaseURL, cfg.Addr)
	})
}

func runDemo(ctx context.Context, p *program, args []string) error {
	set, file := p.flags("demo")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	environ := p.environ
	if !p.given("JUSHOU_SANDBOX") {
		environ = append(slices.Clone(environ), "JUSHOU_SANDBOX=1")
	}
	cfg, err := config.Load(environ, *file)
	if err != nil {
		return err
	}
	began := time.Now()
	return p.serve(ctx, cfg, func(*app.App) { p.greet(cfg, time.Since(began)) })
}

// serve runs an installation until ctx ends.
func (p *program) serve(ctx context.Context, cfg config.Config, started func(*app.App)) error {
	p.tune()
	log := slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: cfg.LogLevel}))
	log.Info("settings", slog.String("dump", cfg.Dump()))
	a, err := app.New(ctx, cfg, app.Options{Log: log, Progress: p.progress})
	if err != nil {
		return err
	}
	if err := a.Start(ctx); err != nil {
		return fmt.Errorf("%w; %v", err, a.Stop(ctx))
	}
	started(a)
	select {
	case <-ctx.Done():
		fmt.Fprintln(p.out, "jushou stops: requests in progress finish first")
	case err = <-a.Served():
	}
	if stopErr := a.Stop(ctx); err == nil {
		err = stopErr
	}
	return err
}

// progress draws one line that grows.
func (p *program) progress(done, total int, what string) {
	const width = 24
	full := width * done / total
	fmt.Fprintf(p.err, "\r  demo district [%s%s] %d/%d %s\033[K", strings.Repeat("█", full), strings.Repeat("·", width-full), done, total, what)
	if done == total {
		fmt.Fprintln(p.err)
	}
}

// greet tells where to click.
func (p *program) greet(cfg config.Config, took time.Duration) {
	fmt.Fprintf(p.out, `
举手 Jushou 演示环境已就绪（用时 %.1f 秒）

  从这里开始   %s/sandbox/        微信模拟器：几部手机并排，可快进时钟
  社区首页     %s/c/%s
  工作台       %s/desk             先在模拟器里扫码登录，或点手机里的“工作台”

  人物：林阿姨（居民）、社工小陈（今天值班）、张书记、民警老赵、镇里小方 …
  数据在 %s，按 Ctrl+C 结束；下次启动数据还在（make fresh 重新来过）

`, took.Seconds(), cfg.BaseURL, cfg.BaseURL, demo.HomeCommunity, cfg.BaseURL, cfg.DataDir)
}
