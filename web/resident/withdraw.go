package resident

import (
	"jushou/deliberation"
	"jushou/web/page"
	"jushou/web/view"
)

// WithdrawForm asks once, in words, before a topic is taken back.
func (p *Pages) WithdrawForm(v *page.Visit) error {
	t, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(v.Param("topic")))
	if err != nil {
		return err
	}
	if !t.Mine {
		return deliberation.ErrNotAuthor
	}
	return v.Show(withdrawPage(v, "", view.Problems{}))
}

// Withdraw takes the author's topic back.
func (p *Pages) Withdraw(v *page.Visit) error {
	id, reason := v.Param("topic"), v.Field("reason")
	_, err := p.Topics.WithdrawTopic(v.Context(), v.Actor, deliberation.WithdrawTopic{Topic: deliberation.TopicID(id), Reason: reason})
	if err != nil {
		problems := v.Refuse(err)
		return v.ShowAs(problems.Status, withdrawPage(v, reason, problems))
	}
	return v.GoSaying("/t/"+id, "withdraw.done")
}

func withdrawPage(v *page.Visit, reason string, problems view.Problems) component {
	topic := "/t/" + v.Param("topic")
	return ConfirmPage(confirmation{
		Title: v.T("withdraw.title"), Text: v.T("withdraw.text"), Verb: v.T("withdraw.do"), To: topic + "/withdraw", Back: topic,
		Ask: v.T("withdraw.reason"), Name: "reason", Value: reason, Problems: problems,
	})
}
