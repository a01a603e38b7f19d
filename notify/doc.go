// Package notify tells people what concerns them, once.
//
// It reads the event feed. For each event a pure plan says whom it concerns and in which words; each
// person's share becomes a Notice, a document whose key is made of the event and the person, so that
// an event delivered twice, to two replicas or again after a crash is still one notice. The notice is the
// inbox entry; what goes out by WeChat is recorded in it, tried again with back-off, and given up with the reason.
//
// Nothing here is called by the packages below: posting works while WeChat is down.
package notify
