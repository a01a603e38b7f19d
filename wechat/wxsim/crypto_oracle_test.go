package wxsim

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"jushou/wechat/oracle"
)

// TestWechatCryptoAgrees lets npm's wechat-crypto open what the simulator seals, and the other way round.
func TestWechatCryptoAgrees(t *testing.T) {
	t.Parallel()
	e, err := newEnvelope(letterKey, "wxmine")
	if err != nil {
		t.Fatal(err)
	}
	text := `<xml><Content><![CDATA[楼道灯😀坏了]]></Content></xml>`
	sealed := e.seal([16]byte{1, 2, 3, 4}, []byte(text))
	common := map[string]string{"token": "tok", "key": letterKey, "appid": "wxmine", "timestamp": "1795233600", "nonce": "n1"}
	ask := func(more map[string]string) string {
		for k, v := range common {
			more[k] = v
		}
		line, err := json.Marshal(more)
		if err != nil {
			t.Fatal(err)
		}
		return string(line)
	}
	node := exec.CommandContext(t.Context(), "node", "--no-deprecation", "crypt.js")
	node.Dir = oracle.Dir(t)
	node.Stdin = strings.NewReader(ask(map[string]string{"op": "decrypt", "encrypt": sealed}) + "\n" + ask(map[string]string{"op": "encrypt", "text": text}) + "\n")
	out, err := node.Output()
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(lines) != 2 {
		t.Fatalf("%v: %s", err, out)
	}
	var opened, theirs struct{ Text, AppID, Signature, Encrypt, Error string }
	if err := json.Unmarshal([]byte(lines[0]), &opened); err != nil {
		t.Fatal(err)
	}
	if opened.Text != text || opened.AppID != "wxmine" || opened.Signature != sign("tok", "1795233600", "n1", sealed) {
		t.Errorf("it opened %+v", opened)
	}
	if err := json.Unmarshal([]byte(lines[1]), &theirs); err != nil {
		t.Fatal(err)
	}
	if msg, err := e.open(theirs.Encrypt); err != nil || string(msg) != text || theirs.Signature != sign("tok", "1795233600", "n1", theirs.Encrypt) {
		t.Errorf("we opened %q, %v", msg, err)
	}
}
