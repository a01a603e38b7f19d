package wechat

import (
	"context"
	"strconv"

	sdkcontext "github.com/silenceper/wechat/v2/officialaccount/context"
	"github.com/silenceper/wechat/v2/officialaccount/customerservice"
	"github.com/silenceper/wechat/v2/officialaccount/message"

	"jushou/internal/fault"
)

var errMessage = fault.New(fault.Invalid, "wechat.bad_message")

// TemplateMessage is one 模板消息 to one follower.
type TemplateMessage struct {
	To         string // openid
	TemplateID string
	URL        string // opened by a tap; "" makes a card that cannot be tapped
	// Data holds the value of each key of the template, for example "thing1". SendTemplate fits each
	// to the rule of its key, and refuses a date, number or amount that holds none.
	Data map[string]string
	// ClientMsgID is the caller's id of this message, for example the delivery record's. The platform sends one
	// message per openid and ClientMsgID within ten minutes, which is what makes repeating safe. Required.
	ClientMsgID string
}

// SendTemplate sends a template message and returns the platform's id of it, which the receipt
// (EventTemplateSent, Push.Delivery.MsgID) will carry. A busy platform is asked again. A nil error means
// that the platform took the message; whether the person got it is told by the receipt.
func (c *Client) SendTemplate(ctx context.Context, m TemplateMessage) (msgID string, err error) {
	if m.To == "" || m.TemplateID == "" || m.ClientMsgID == "" || len(m.Data) == 0 {
		return "", errMessage.With("missing", "receiver, template, client message id or data")
	}
	request := &message.TemplateMessage{
		ToUser: m.To, TemplateID: m.TemplateID, URL: m.URL, ClientMsgID: m.ClientMsgID,
		Data: make(map[string]*message.TemplateDataItem, len(m.Data)),
	}
	for key, value := range m.Data {
		fitted := Fit(key, value)
		if !Fits(key, fitted) {
			return "", errMessage.With("key", key).With("rule", ruleOf(key).Rule)
		}
		request.Data[key] = &message.TemplateDataItem{Value: fitted}
	}
	var id int64
	err = c.withToken(ctx, true, func(token string) error {
		return c.viaSDK(ctx, token, func(_ context.Context, sdk *sdkcontext.Context) (err error) {
			id, err = message.NewTemplate(sdk).Send(request)
			return err
		})
	})
	if err != nil {
		return "", err
	}
	return strconv.FormatInt(id, 10), nil
}

// SendText sends a 客服 text message, which the platform allows for a while after the person wrote or tapped
// (48 hours, or one minute). It is not repeated when its outcome is unknown: the person would read it twice.
// A text beyond 2048 bytes is shortened.
func (c *Client) SendText(ctx context.Context, openid, text string) error {
	if openid == "" || text == "" {
		return errMessage.With("missing", "receiver or text")
	}
	request := message.NewCustomerTextMessage(openid, clip(text, maxReplyBytes))
	return c.withToken(ctx, false, func(token string) error {
		return c.viaSDK(ctx, token, func(_ context.Context, sdk *sdkcontext.Context) error {
			return message.NewMessageManager(sdk).Send(request)
		})
	})
}

// codeAlreadyTyping is the platform's answer when the person sees "typing" already.
const codeAlreadyTyping = 45081

// Typing shows or hides "对方正在输入" in the person's chat for some 15 seconds. It is decoration: callers
// may ignore the error.
func (c *Client) Typing(ctx context.Context, openid string, on bool) error {
	command := customerservice.CancelTyping
	if on {
		command = customerservice.Typing
	}
	err := c.withToken(ctx, true, func(token string) error {
		return c.viaSDK(ctx, token, func(_ context.Context, sdk *sdkcontext.Context) error {
			return customerservice.NewCustomerServiceManager(sdk).SendTypingStatus(openid, command)
		})
	})
	if e := asAPIError(err); e != nil && e.Code == codeAlreadyTyping {
		return nil
	}
	return err
}
