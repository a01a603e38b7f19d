package wechat

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"

	"jushou/wechat/oracle"
)

// wechatCrypto is npm's wechat-crypto in a process of its own.
type wechatCrypto struct {
	in  io.Writer
	out *bufio.Reader
}

type cryptRequest struct {
	Op        string `json:"op"`
	Token     string `json:"token"`
	Key       string `json:"key"`
	AppID     string `json:"appid"`
	Text      string `json:"text,omitempty"`
	Encrypt   string `json:"encrypt,omitempty"`
	Timestamp string `json:"timestamp"`
	Nonce     string `json:"nonce"`
}

type cryptAnswer struct {
	Encrypt, Signature, Text, AppID, Error string
}

func startCrypto(t *testing.T) *wechatCrypto {
	t.Helper()
	// It ends when its input does: the test's context would kill it before the cleanup could look.
	node := exec.Command("node", "--no-deprecation", "crypt.js")
	node.Dir = oracle.Dir(t)
	var stderr strings.Builder
	node.Stderr = &stderr
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := node.Wait(); err != nil || stderr.Len() > 0 {
			t.Errorf("node: %v\n%s", err, stderr.String())
		}
	})
	return &wechatCrypto{in: in, out: bufio.NewReader(out)}
}

func (w *wechatCrypto) ask(t *testing.T, r cryptRequest) cryptAnswer {
	t.Helper()
	r.Token, r.Key, r.AppID = testToken, keyAL, testAppID
	if err := json.NewEncoder(w.in).Encode(r); err != nil {
		t.Fatal(err)
	}
	line, err := w.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	var a cryptAnswer
	if err := json.Unmarshal(line, &a); err != nil || a.Error != "" {
		t.Fatalf("%s: %v", line, err)
	}
	return a
}

// TestNpmsWechatCryptoAgrees lets a foreign implementation write pushes that the Receiver must open, and
// read the Receiver's replies, over every padding.
func TestNpmsWechatCryptoAgrees(t *testing.T) {
	t.Parallel()
	theirs := startCrypto(t)
	r := newReceiver(t, nil)
	stamp, nonce := plainQuery().Timestamp, "1320562132"
	opened := 0
	for n := range 40 {
		content := "路灯坏了]" + strings.Repeat("x", n) + "🙏"
		sealed := theirs.ask(t, cryptRequest{Op: "encrypt", Text: textPush("<![CDATA[" + content + "]]>"), Timestamp: stamp, Nonce: nonce})
		q := Query{Timestamp: stamp, Nonce: nonce, EncryptType: "aes", MsgSignature: sealed.Signature}
		p, err := r.Open(q, envelopeOf(sealed.Encrypt))
		if err != nil || p.Content != content {
			t.Fatalf("%d: %q, %v", n, p.Content, err)
		}
		opened++

		envelope, err := parseXML(r.ReplyText(q, p, "收到:"+content))
		if err != nil {
			t.Fatal(err)
		}
		read := theirs.ask(t, cryptRequest{
			Op: "decrypt", Encrypt: envelope.field("Encrypt"), Timestamp: envelope.field("TimeStamp"), Nonce: envelope.field("Nonce"),
		})
		if read.AppID != testAppID || read.Signature != envelope.field("MsgSignature") || !strings.Contains(read.Text, "收到:"+content) {
			t.Fatalf("%d: they read %+v", n, read)
		}
	}
	if opened != 40 {
		t.Fatalf("%d of 40 opened", opened)
	}
}
