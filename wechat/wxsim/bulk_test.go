package wxsim_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jushou/internal/clock"
	"jushou/wechat/wxsim"
)

// BenchmarkTemplateSend is what the simulator itself costs when a whole town is notified.
func BenchmarkTemplateSend(b *testing.B) {
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	b.Cleanup(hook.Close)
	sim, err := wxsim.New(wxsim.Options{Account: wxsim.Account{AppID: appID, Secret: secret, Token: token}, Clock: clock.Standing(noon),
		Callbacks: []string{hook.URL}, Templates: []wxsim.Template{{ID: "T1", Content: "议题：{{thing1.DATA}}\n进度：{{phrase2.DATA}}"}}})
	if err != nil {
		b.Fatal(err)
	}
	const town = 70_000
	for i := range town {
		sim.AddPersona(wxsim.Persona{ID: fmt.Sprint("r", i), OpenID: fmt.Sprint("o", i), Follows: true})
	}
	call := func(path, body string) string {
		answer := httptest.NewRecorder()
		sim.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/sandbox/api/cgi-bin/"+path, strings.NewReader(body)))
		return answer.Body.String()
	}
	got := call("stable_token", `{"grant_type":"client_credential","appid":"`+appID+`","secret":"`+secret+`"}`)
	accessToken := strings.Split(got, `"`)[3]
	for i := 0; b.Loop(); i++ {
		answer := call("message/template/send?access_token="+accessToken,
			fmt.Sprintf(`{"touser":"o%d","template_id":"T1","client_msg_id":"%d","data":{"thing1":{"value":"路灯"},"phrase2":{"value":"已回应"}}}`, i%town, i))
		if !strings.Contains(answer, `"errmsg":"ok"`) && !strings.Contains(answer, "45009") {
			b.Fatal(answer)
		}
	}
	sim.Settle()
}
