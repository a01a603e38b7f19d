package wxsim

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// The vectors are Tencent's own: from its documents and from its sample code in Java, Python and C++.
const (
	letterKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	zeroKey   = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)

func TestSignMatchesTheOfficialVectors(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		parts []string
		want  string
	}{
		{[]string{"AAAAA", "1714036504", "1514711492"}, "f464b24fc39322e44b38aa78f5edd27bd1441696"},
		{[]string{"AAAAA", "1714037059", "486452656"}, "899cf89e464efb63f54ddac96b0a0a235f53aa78"},
		{[]string{"c", "a", "b"}, "a9993e364706816aba3e25717850c26c9cd0d89d"},
	} {
		before := slices.Clone(v.parts)
		if got := sign(v.parts...); got != v.want {
			t.Errorf("sign(%q) = %s, want %s", v.parts, got, v.want)
		}
		if !slices.Equal(before, v.parts) {
			t.Errorf("sign reordered its caller's slice to %q", v.parts)
		}
	}
}

func TestJSSignatureMatchesTheOfficialVector(t *testing.T) {
	t.Parallel()
	got := jsSignature("sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
		"Wm3WZYTPz0wzccnW", "1414587457", "http://mp.weixin.qq.com?params=value")
	if got != "0f9de62fce790f9a083d5c99e95740ceb90c27ed" {
		t.Errorf("got %s", got)
	}
}

func TestSealMatchesTheOfficialVectors(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		name, token, key, appID, random, msg, timestamp, nonce, sealed, signature string
	}{
		{"A", "pamtest", letterKey, "wxb11529c136998cb6", "aaaabbbbccccdddd", "我是中文abcd123", "1409304348", "xxxxxx",
			"jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==", "82c962d39941aa48552f90ef55aa323dc620cc10"},
		{"F reply", "AAAAA", zeroKey, "wxba5fad812f8e6fb9", "707722b803182950", `{"demo_resp":"good luck"}`, "1713424427", "415670741",
			"ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ==", "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"},
	} {
		e, err := newEnvelope(v.key, v.appID)
		if err != nil {
			t.Fatal(err)
		}
		sealed := e.seal([16]byte([]byte(v.random)), []byte(v.msg))
		if sealed != v.sealed {
			t.Errorf("%s: sealed %s, want %s", v.name, sealed, v.sealed)
		}
		if got := sign(v.token, v.timestamp, v.nonce, sealed); got != v.signature {
			t.Errorf("%s: msg_signature %s, want %s", v.name, got, v.signature)
		}
	}
}

func TestOpenMatchesTheOfficialVectors(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		name, token, key, appID, timestamp, nonce, signature, sealed, holds string
	}{
		{"B", "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7", "1409659589", "263014780", "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
			"P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==", "1616140317555161061"},
		{"C", "spamtest", letterKey, "wx2c2769f8efd9abc2", "1409735669", "1320562132", "5d197aaffba7e9b25a30732f161a50dee96bd5fa",
			"hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=", "<MsgId>6054768590064713728</MsgId>"},
		{"D", "spamtest", letterKey, "wx2c2769f8efd9abc2", "1410349438", "298025754", "003fee52ecc56afb46c00b5c7721be87860ce785",
			"mfBCs65c67CeJw22u4VT2TD73q5H06+ocrAIxswCaeZ/d/Lw0msSZFHY0teqgSYiI1zR2gD2DKrB3TIrmX/liNSDrGqS8jSI/WPeKB5VPr7Ezr7gomZAyGCwJSgT1TRFWPfONGJMxuj2nk4faTuspAuVIFQ6SHwZuJBZC7mcJp7Cgr9cUhATQWDbOPaE7ukZBTV2YqyzH+UI2AK+J1S47cE79k1RX8t0hcTz/O0hlK8DGXKnvYv88qKQcI7z4iaajqHfRVZKBNyOODabs+It+ZfM3dWTeFcPgDbGtIEnpt/EDtuuA/zMvtkaKdHdswPnVZQ+xdwbYr3ldGvfT8HlEYEgkgKaThxTFobVlwzu2ZkXCjicbP3xdr15Iq48ObgzPpqYuZ3IEoyggZDKClquk0u0orMck4GTF/XyE8yGzc4=", "6057404712141979648"},
		{"E", "AAAAA", zeroKey, "wx134c8103faa5a59e", "1715943329", "1590219412", "6c12a4205838198b8fa631b3220723bb07f1015c",
			"D7yzvUNAL930rd28wf21s4hvXhz0L6Uit/p2Di6C5DHyYGpEgdBRnKjBec34JwoQXicwaZC7fOVihW80F4VtsdvE//1vr7oAbqjDv8KenVp+ajKYpJnyQ4zMRhIC+a31fCVOMC03FfzV/QuC94kBP55a+Za3sJgvAn+ZbsNqZI5DkyuzkhQN8OBqCzFhizGmy0xpM0MEA4agpvE+RuNO1rhHTtuJB5yltw1FiYzecSXJ+y/D2r81VkRn2eYjh2ltsoyfbDR7Is6ookXIFxTfyeNyeHxMeT4KN5WpCDmSbTcUYrbBUlkGLJ9n/rU8YOywma6G7aTb7KZKOqCxgfoUlYEZPk4FUL/TK7ShriFDMVCLyjQJ15Ob++agDWtcxhfUfe6HIoIpRW8mKNBQiY/Jd1svvuskA1wLef1RTtzKfMpagSCX/laZINmdnX4zrF6kIaR9P4xQrWXbsTFHTYe0Mg==", "<![CDATA[hello world]]>"},
		{"F", "AAAAA", zeroKey, "wxba5fad812f8e6fb9", "1714112445", "415670741", "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
			"+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=", `"debug_str":"hello world"`},
	} {
		e, err := newEnvelope(v.key, v.appID)
		if err != nil {
			t.Fatal(err)
		}
		if got := sign(v.token, v.timestamp, v.nonce, v.sealed); got != v.signature {
			t.Errorf("%s: msg_signature %s, want %s", v.name, got, v.signature)
		}
		msg, err := e.open(v.sealed)
		if err != nil || !strings.Contains(string(msg), v.holds) {
			t.Errorf("%s: open = %q, %v; want it to hold %q", v.name, msg, err, v.holds)
		}
	}
}

func TestOpenRefusesWhatIsBroken(t *testing.T) {
	t.Parallel()
	e, err := newEnvelope(letterKey, "wxmine")
	if err != nil {
		t.Fatal(err)
	}
	other, err := newEnvelope(letterKey, "wxother")
	if err != nil {
		t.Fatal(err)
	}
	for name, sealed := range map[string]string{
		"another account": other.seal([16]byte{}, []byte("hello")), "empty": "", "not base64": "*", "half a block": "AAAA",
		"noise": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
	} {
		if msg, err := e.open(sealed); err == nil {
			t.Errorf("%s: opened as %q", name, msg)
		}
	}
}

func TestSealedMessagesOfEveryLengthOpenAgain(t *testing.T) {
	t.Parallel()
	e, err := newEnvelope(letterKey, "wxmine")
	if err != nil {
		t.Fatal(err)
	}
	for n := range 70 { // passes the length whose padding is a whole block
		msg := bytes.Repeat([]byte("x"), n)
		got, err := e.open(e.seal([16]byte{1, 2, 3}, msg))
		if err != nil || !bytes.Equal(got, msg) {
			t.Fatalf("length %d: %q, %v", n, got, err)
		}
	}
}
