package wechat

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	sdkutil "github.com/silenceper/wechat/v2/util"

	"jushou/internal/fault"
)

const keyAL = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

var key43A = strings.Repeat("A", 43)

func TestSignaturesOfTheOfficialPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		parts []string
		want  string
	}{
		{"S1 address verification", []string{"AAAAA", "1714036504", "1514711492"}, "f464b24fc39322e44b38aa78f5edd27bd1441696"},
		{"S2 plaintext push", []string{"AAAAA", "1714037059", "486452656"}, "899cf89e464efb63f54ddac96b0a0a235f53aa78"},
		{"S3 order of the parts", []string{"c", "a", "b"}, "a9993e364706816aba3e25717850c26c9cd0d89d"},
		{"A reply", []string{"pamtest", "1409304348", "xxxxxx", vectorA}, "82c962d39941aa48552f90ef55aa323dc620cc10"},
		{"B verify", []string{"QDG6eK", "1409659589", "263014780", vectorB}, "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"},
		{"C query", []string{"spamtest", "1409735669", "1320562132"}, "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a"},
		{"C message", []string{"spamtest", "1409735669", "1320562132", vectorC}, "5d197aaffba7e9b25a30732f161a50dee96bd5fa"},
		{"D message", []string{"spamtest", "1410349438", "298025754", vectorD}, "003fee52ecc56afb46c00b5c7721be87860ce785"},
		{"E query", []string{"AAAAA", "1715943329", "1590219412"}, "cc0c594499c1634947d5b502f158ee518947db27"},
		{"E message", []string{"AAAAA", "1715943329", "1590219412", vectorE}, "6c12a4205838198b8fa631b3220723bb07f1015c"},
		{"F query", []string{"AAAAA", "1714112445", "415670741"}, "6c5c811b55cc85e0e1b54100749188c20beb3f5d"},
		{"F message", []string{"AAAAA", "1714112445", "415670741", vectorF}, "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"},
		{"F reply", []string{"AAAAA", "1713424427", "415670741", vectorFReply}, "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"},
	} {
		if got := Sign(c.parts...); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
		if !signedBy(c.want, c.parts...) || signedBy(strings.ToUpper(c.want), c.parts...) || signedBy("", c.parts...) {
			t.Errorf("%s: only the lower-case signature counts", c.name)
		}
	}
}

func TestPageSignatureOfTheOfficialPage(t *testing.T) {
	t.Parallel()
	got := SignPage("sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
		"Wm3WZYTPz0wzccnW", 1414587457, "http://mp.weixin.qq.com?params=value")
	if got != "0f9de62fce790f9a083d5c99e95740ceb90c27ed" {
		t.Fatalf("S4: got %s", got)
	}
}

func mustCipher(t testing.TB, key, appID string) *Cipher {
	t.Helper()
	c, err := NewCipher(key, appID)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEncryptReproducesTheOfficialCiphers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, key, appID, random, message, want string }{
		{"A", keyAL, "wxb11529c136998cb6", "aaaabbbbccccdddd", "我是中文abcd123", vectorA},
		{"F reply", key43A, "wxba5fad812f8e6fb9", "707722b803182950", `{"demo_resp":"good luck"}`, vectorFReply},
	} {
		if got := mustCipher(t, c.key, c.appID).encrypt([16]byte([]byte(c.random)), []byte(c.message)); got != c.want {
			t.Errorf("%s: got %s", c.name, got)
		}
	}
}

func TestDecryptOpensTheOfficialCiphers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, key, appID, cipher, want string }{
		{"A", keyAL, "wxb11529c136998cb6", vectorA, "我是中文abcd123"},
		{"B", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7", vectorB, "1616140317555161061"},
		{"C", keyAL, "wx2c2769f8efd9abc2", vectorC, "<Content><![CDATA[abcdteT]]></Content>\n<MsgId>6054768590064713728</MsgId>"},
		{"D", keyAL, "wx2c2769f8efd9abc2", vectorD, "<MsgId>6057404712141979648</MsgId>"},
		{"E", key43A, "wx134c8103faa5a59e", vectorE, "<debug_str><![CDATA[hello world]]></debug_str>"},
		{"F", key43A, "wxba5fad812f8e6fb9", vectorF, `{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}`},
		{"F reply", key43A, "wxba5fad812f8e6fb9", vectorFReply, `{"demo_resp":"good luck"}`},
	} {
		got, err := mustCipher(t, c.key, c.appID).Decrypt(c.cipher)
		if err != nil || !strings.Contains(string(got), c.want) {
			t.Errorf("%s: got %q, %v", c.name, got, err)
		}
	}
}

// rawCipher encrypts any bytes without padding them, which is how malformed messages are made.
func rawCipher(t testing.TB, key string, full []byte) string {
	t.Helper()
	c := mustCipher(t, key, "wx")
	out := make([]byte, len(full))
	cipher.NewCBCEncrypter(c.block, c.iv).CryptBlocks(out, full)
	return base64.StdEncoding.EncodeToString(out)
}

func TestDecryptRefusesWhatIsMalformed(t *testing.T) {
	t.Parallel()
	const appID = "wx2c2769f8efd9abc2"
	block := func(pad ...byte) []byte { return append(make([]byte, 64-len(pad)), pad...) }
	framed := func(size uint32, rest string) []byte {
		full := append(make([]byte, 16), binary.BigEndian.AppendUint32(nil, size)...)
		full = append(full, rest...)
		pad := 32 - len(full)%32
		return append(full, bytes.Repeat([]byte{byte(pad)}, pad)...)
	}
	for _, c := range []struct{ name, encrypted, step string }{
		{"not base64", "???", "base64"},
		{"empty", "", "length"},
		{"odd length", base64.StdEncoding.EncodeToString(make([]byte, 33)), "length"},
		{"pad 0", rawCipher(t, keyAL, block(0)), "padding"},
		{"pad 33", rawCipher(t, keyAL, block(bytes.Repeat([]byte{33}, 33)...)), "padding"},
		{"pads disagree", rawCipher(t, keyAL, block(4, 3, 4, 4)), "padding"},
		{"pad longer than the text", rawCipher(t, keyAL, bytes.Repeat([]byte{17}, aes.BlockSize)), "padding"},
		{"shorter than a frame", rawCipher(t, keyAL, block(bytes.Repeat([]byte{32}, 32)...)[16:]), "frame"},
		{"length beyond the end", rawCipher(t, keyAL, framed(4_000_000_000, appID)), "message_length"},
		{"another account", rawCipher(t, keyAL, framed(2, "hiwx0000000000000000")), "appid"},
		{"no account", rawCipher(t, keyAL, framed(2, "hi")), "appid"},
		{"account with a tail", rawCipher(t, keyAL, framed(2, "hi"+appID+"x")), "appid"},
		{"another key", mustCipher(t, key43A, appID).Encrypt([]byte("hi")), ""},
	} {
		got, err := mustCipher(t, keyAL, appID).Decrypt(c.encrypted)
		if !errors.Is(err, ErrCipher) {
			t.Errorf("%s: got %q, %v", c.name, got, err)
			continue
		}
		if e := fault.All(err)[0]; c.step != "" && e.Args["step"] != c.step {
			t.Errorf("%s: refused at %s, want %s", c.name, e.Args["step"], c.step)
		}
	}
}

func TestKeysOfTheWrongLengthAreRefused(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", keyAL[:42], keyAL + "x", keyAL[:42] + "=", keyAL[:42] + "-", strings.Repeat("é", 21) + "a"} {
		if _, err := NewCipher(key, "wx1"); !errors.Is(err, ErrAESKey) {
			t.Errorf("key of %d bytes: %v", len(key), err)
		}
	}
	if _, err := NewCipher(keyAL, ""); !errors.Is(err, ErrAESKey) {
		t.Errorf("empty appid: %v", err)
	}
}

// Every message length from 0 to 100 meets every padding, 32 included, and the SDK's cipher reads them all.
func TestEveryPaddingRoundTripsAndTheSDKAgrees(t *testing.T) {
	t.Parallel()
	const appID = "wxba5fad812f8e6fb9"
	ours := mustCipher(t, keyAL, appID)
	for n := range 101 {
		message := bytes.Repeat([]byte("举"), n)[:n]
		got, err := ours.Decrypt(ours.Encrypt(message))
		if err != nil || !bytes.Equal(got, message) {
			t.Fatalf("%d bytes: %q, %v", n, got, err)
		}
		_, theirs, err := sdkutil.DecryptMsg(appID, ours.Encrypt(message), keyAL)
		if err != nil || !bytes.Equal(theirs, message) {
			t.Fatalf("%d bytes by the SDK: %q, %v", n, theirs, err)
		}
		sealed, err := sdkutil.EncryptMsg([]byte("0123456789abcdef"), message, appID, keyAL)
		if err != nil {
			t.Fatal(err)
		}
		if got, err = ours.Decrypt(string(sealed)); err != nil || !bytes.Equal(got, message) {
			t.Fatalf("%d bytes from the SDK: %q, %v", n, got, err)
		}
	}
}

func TestTwoCiphersOfOneMessageDiffer(t *testing.T) {
	t.Parallel()
	c := mustCipher(t, keyAL, "wx1")
	if c.Encrypt([]byte("hi"))[:20] == c.Encrypt([]byte("hi"))[:20] {
		t.Fatal("the random prefix repeats")
	}
}

func FuzzDecrypt(f *testing.F) {
	for _, seed := range []string{vectorA, vectorC, vectorF, "", "AAAA", base64.StdEncoding.EncodeToString(make([]byte, 64))} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, encrypted string) {
		c := mustCipher(t, keyAL, "wx2c2769f8efd9abc2")
		message, err := c.Decrypt(encrypted)
		if err != nil {
			if !errors.Is(err, ErrCipher) {
				t.Fatalf("unclassified: %v", err)
			}
			return
		}
		if again, err := c.Decrypt(c.Encrypt(message)); err != nil || !bytes.Equal(again, message) {
			t.Fatalf("%q does not come back: %v", message, err)
		}
	})
}
