// Package wechat speaks with the WeChat platform for one verified Service Account (服务号).
//
// It knows the platform and nothing of residents or topics: plain values go in and come out. Two halves
// share it and hardly meet:
//
//	platform → us   Receiver (verify, decrypt, parse) → Inbox (store once) → the event feed
//	us → platform   Client (template, 客服, QR, menu, JS-SDK, media, OAuth) → Tokens → transport
//
// The inbound half is ours from the first byte, because the SDK loses repeated elements, lets the client
// choose the security mode and answers silence with an encrypted empty message. The outbound half goes
// through github.com/silenceper/wechat where its calls are sound, always over our transport, which
// owns the context, the time limit, the base address, the secrets and the reading of error codes.
//
// Everything that asks "when" asks clock.Clock, so the simulator's virtual clock moves this package too.
// docs/wechat.md tells an operator how to set it up and what happens when WeChat is down.
package wechat
