// Package chat is the conversation with the 服务号: the one page of the product that is not HTML.
//
// The webhook only stores a push (wechat.Inbox) and answers success. This package is the relay behind it: it reads
// the stored push, does what the person asked through the same use cases as the pages, and answers with a
// 客服 message. A text of a verified resident becomes a topic; photos join it; everything else gets
// one sentence with one link.
//
// The topic's id is derived from the push, so a push delivered four times to two replicas is one topic.
package chat
