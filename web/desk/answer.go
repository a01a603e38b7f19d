package desk

import (
	"strconv"

	"jushou/deliberation"
	"jushou/web/page"
	"jushou/web/upload"
)

// Answer gives the official answer. Of two at the same time both stay, and the later one is told.
func (p *Pages) Answer(v *page.Visit) error {
	form := answerForm{Token: v.Field("token"), Body: v.Field("body"), Photos: upload.IDs(v), Seen: -1}
	if n, err := strconv.Atoi(v.Field("seen")); err == nil {
		form.Seen = n
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		form.Problems = v.Refuse(upload.OnPhotos(err))
		return p.showTopic(v, form.Problems.Status, form, moderation{})
	}
	if v.Field("phrase") != "" {
		return p.addPhrase(v, form)
	}
	id := deliberation.TopicID(v.Param("topic"))
	t, err := p.Topics.AnswerTopic(v.Context(), v.Actor, deliberation.AnswerTopic{ID: form.Token, Topic: id, Body: form.Body, Photos: form.Photos})
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showTopic(v, form.Problems.Status, form, moderation{})
	}
	if crossed(t, form) {
		return v.GoSaying("/desk/t/"+string(id), "answer.both")
	}
	return v.GoSaying("/desk/c/"+string(t.Community)+"?done=/desk/t/"+string(id), "answer.sent")
}

// crossed reports whether somebody else answered while the form was open.
func crossed(t deliberation.Topic, form answerForm) bool {
	for i, r := range t.Responses {
		if r.ID == form.Token {
			return form.Seen >= 0 && i > form.Seen
		}
	}
	return false
}
