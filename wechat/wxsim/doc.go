// Package wxsim is a WeChat that fits in a process: the platform's API, its pushes, its chat window and
// its clock, as far as a 服务号 of residents needs them.
//
//	          outbound calls                       pushes (XML, signed, encrypted)
//	the app ────────────────▶ api/open/mp/res     push engine ────────────────▶ the app's webhook
//	                                   │             ▲
//	                                   ▼             │
//	                                personas: chats, windows, codes, photos
//	                                   ▲             ▲
//	             chat window (/sandbox/), control API (/sandbox/__sim/), Go methods
//
// It exists so that the app can be played without an account, tested without a network, and broken on
// purpose: every refusal of the real platform that the app must survive can be asked for by name. It
// follows Tencent's documents where they speak and says in a comment where they do not.
//
// The signing and the AES envelope are written here a second time, independent of package wechat, so that
// the app and its simulator do not share one misunderstanding. Time is the app's own clock.Virtual;
// only network time-outs and the pause between retries run on the machine's clock.
//
// Everything lives in memory under one mutex; a snapshot file keeps chats across restarts. Nothing here
// may run in production: the app mounts it only when SANDBOX is set.
package wxsim
