package wechat

import (
	"crypto/sha1"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// PushKind separates what a person sent from what happened.
type PushKind string

// The kinds of push.
const (
	Message PushKind = "message"
	Event   PushKind = "event"
)

// Message types (Push.Type) that have typed fields. Others arrive too and are to be answered with success.
const (
	TypeText       = "text"
	TypeImage      = "image"
	TypeVoice      = "voice"
	TypeVideo      = "video"
	TypeShortVideo = "shortvideo"
	TypeLocation   = "location"
	TypeLink       = "link"
)

// Events (Push.Event) that have typed fields. Others arrive too and are to be answered with success.
const (
	EventSubscribe     = "subscribe"
	EventUnsubscribe   = "unsubscribe"
	EventScan          = "SCAN"
	EventClick         = "CLICK"
	EventView          = "VIEW"
	EventLocation      = "LOCATION"
	EventTemplateSent  = "TEMPLATESENDJOBFINISH"
	EventGrantAsked    = "subscribe_msg_popup_event"
	EventGrantChanged  = "subscribe_msg_change_event"
	EventSubscribeSent = "subscribe_msg_sent_event"
)

// Push is one verified push. A number that could not be read is zero; the rest of the message stands.
type Push struct {
	AppID   string   `json:"app_id"` // ours, from the Receiver
	Kind    PushKind `json:"kind"`
	Type    string   `json:"type"`             // text, image, …, or event
	Event   string   `json:"event,omitempty"`  // for Kind Event, as the platform spells it
	To      string   `json:"to"`               // gh_… of the account
	From    string   `json:"from"`             // openid of the person
	Created int64    `json:"created"`          // Unix seconds by the platform's clock, not ours
	MsgID   string   `json:"msg_id,omitempty"` // of a message, as text: 64 bits, and sometimes more

	Content      string   `json:"content,omitempty"`  // text
	MenuID       string   `json:"menu_id,omitempty"`  // text: our id of the msgmenu item that was tapped
	MediaID      string   `json:"media_id,omitempty"` // image, voice, video: fetch within 3 days
	ThumbMediaID string   `json:"thumb_media_id,omitempty"`
	PicURL       string   `json:"pic_url,omitempty"` // image
	Format       string   `json:"format,omitempty"`  // voice: amr or speex
	Location     Location `json:"location,omitzero"`
	Link         Link     `json:"link,omitzero"`

	EventKey string   `json:"event_key,omitempty"` // menu key, URL or scene as it came
	Ticket   string   `json:"ticket,omitempty"`    // of the QR code
	MenuItem string   `json:"menu_item,omitempty"` // VIEW: the menu the URL was opened from
	Scene    string   `json:"scene,omitempty"`     // subscribe, SCAN: the QR scene without the platform's prefix
	Delivery Delivery `json:"delivery,omitzero"`
	Grants   []Grant  `json:"grants,omitempty"`

	// XML is the inner document as it came. It holds personal text: do not log it or keep it.
	XML []byte `json:"-"`

	encrypted bool
}

// Location is where a person said they are, or where the client reported them, in GCJ-02 degrees.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Precision float64 `json:"precision,omitempty"` // metres; LOCATION events only
	Scale     int64   `json:"scale,omitempty"`     // of the map; location messages only
	Label     string  `json:"label,omitempty"`
}

// Link is a shared article.
type Link struct {
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url"`
}

// Delivery is the receipt of a template message.
type Delivery struct {
	MsgID  string `json:"msg_id"` // what SendTemplate returned
	Status string `json:"status"` // success, "failed:user block", "failed: system failed" (the space is theirs)
}

// OK reports that the message reached the person's WeChat.
func (d Delivery) OK() bool { return d.Status == "success" }

// Blocked reports that the person refuses messages from us.
func (d Delivery) Blocked() bool { return strings.ReplaceAll(d.Status, " ", "") == "failed:userblock" }

// Grant is one entry of the subscription events: what the person chose for one template, or how one
// notice fared.
type Grant struct {
	TemplateID  string `json:"template_id"`
	Status      string `json:"status,omitempty"`      // accept or reject
	PopupScene  string `json:"popup_scene,omitempty"` // 1 = H5, 2 = article
	MsgID       string `json:"msg_id,omitempty"`      // sent events
	ErrorCode   int64  `json:"error_code,omitempty"`  // sent events; 0 = delivered
	ErrorStatus string `json:"error_status,omitempty"`
}

// CreatedAt returns the platform's instant of the push, or the zero time if it named none.
func (p Push) CreatedAt() time.Time {
	if p.Created == 0 {
		return time.Time{}
	}
	return time.Unix(p.Created, 0)
}

// DedupeKey is equal for the retries of one push and differs between pushes. For messages the platform's
// advice is enough: appid and MsgId. Its advice for events, sender and second, confuses two events of one
// second (a menu click and a grant; several receipts), so the rest of the event is in the key too.
// A message without a MsgId is told apart like an event.
func (p Push) DedupeKey() string {
	if p.Kind == Message && p.MsgID != "" {
		return p.AppID + "|" + p.MsgID
	}
	sum := sha1.Sum(p.XML)
	return strings.Join([]string{
		p.AppID, p.From, strconv.FormatInt(p.Created, 10), p.Type + p.Event, p.EventKey, p.Delivery.MsgID, p.Ticket,
		hex.EncodeToString(sum[:]),
	}, "|")
}

// qrPrefix is what the platform puts before the scene when scanning made the person follow.
const qrPrefix = "qrscene_"

// parsePush reads the inner document of a push.
func parsePush(appID string, inner []byte) (Push, error) {
	root, err := parseXML(inner)
	if err != nil {
		return Push{}, err
	}
	p := Push{
		AppID: appID, Kind: Message, Type: root.field("MsgType"), To: root.field("ToUserName"),
		From: root.field("FromUserName"), Created: integer(root.field("CreateTime")), XML: inner,
	}
	if p.Type == "" {
		return Push{}, ErrXML.With("missing", "MsgType")
	}
	if p.Type == "event" {
		p.Kind = Event
		p.readEvent(root)
		return p, nil
	}
	p.readMessage(root)
	return p, nil
}

func (p *Push) readMessage(root *element) {
	p.MsgID = root.field("MsgId")
	p.Content = root.field("Content")
	p.MenuID = root.field("bizmsgmenuid")
	p.MediaID = root.field("MediaId")
	p.ThumbMediaID = root.field("ThumbMediaId")
	p.PicURL = root.field("PicUrl")
	p.Format = root.field("Format")
	p.Link = Link{Title: root.field("Title"), Description: root.field("Description"), URL: root.field("Url")}
	if p.Type == TypeLocation {
		p.Location = Location{
			Latitude: decimal(root.field("Location_X")), Longitude: decimal(root.field("Location_Y")),
			Scale: integer(root.field("Scale")), Label: root.field("Label"),
		}
	}
}

func (p *Push) readEvent(root *element) {
	p.Event = root.field("Event")
	p.EventKey = root.field("EventKey")
	p.Ticket = root.field("Ticket")
	switch p.Event {
	case EventSubscribe:
		// Following without a code leaves EventKey empty, and after a payment it says something else.
		if scene, ok := strings.CutPrefix(p.EventKey, qrPrefix); ok {
			p.Scene = scene
		}
	case EventScan:
		p.Scene = p.EventKey
	case EventView:
		p.MenuItem = root.field("MenuId")
	case EventLocation:
		p.Location = Location{
			Latitude: decimal(root.field("Latitude")), Longitude: decimal(root.field("Longitude")),
			Precision: decimal(root.field("Precision")),
		}
	case EventTemplateSent:
		p.Delivery = Delivery{MsgID: root.field("MsgID"), Status: root.field("Status")}
	case EventGrantAsked:
		p.Grants = readGrants(root.child("SubscribeMsgPopupEvent"))
	case EventGrantChanged:
		p.Grants = readGrants(root.child("SubscribeMsgChangeEvent"))
	case EventSubscribeSent:
		p.Grants = readGrants(root.child("SubscribeMsgSentEvent"))
	}
}

// readGrants keeps every List element: there is one per template.
func readGrants(parent *element) []Grant {
	var grants []Grant
	for _, list := range parent.all("List") {
		grants = append(grants, Grant{
			TemplateID: list.field("TemplateId"), Status: list.field("SubscribeStatusString"),
			PopupScene: list.field("PopupScene"), MsgID: list.field("MsgID"),
			ErrorCode: integer(list.field("ErrorCode")), ErrorStatus: list.field("ErrorStatus"),
		})
	}
	return grants
}

func integer(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func decimal(text string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || f != f || f > 1e9 || f < -1e9 {
		return 0
	}
	return f
}
