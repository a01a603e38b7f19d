package api

func phraseTable() []Action {
	return []Action{
		asks("readPhrases", "GET /desk/{node}/phrases", "Sentences that answers often begin with", (*Actions).readPhrases).refuses(denied, noNode, "phrases.not_found"),
		sends("savePhrase", "POST /desk/{node}/phrases", "Write such a sentence, or change one", (*Actions).savePhrase).created().
			refuses(denied, noNode, "phrases.not_found phrases.full phrases.name_needed phrases.name_too_long phrases.text_needed phrases.text_too_long phrases.name_taken phrases.bad_token board.not_found"),
		asks("dropPhrase", "POST /desk/{node}/phrases/{phrase}/drop", "Take such a sentence out", (*Actions).dropPhrase).refuses(denied, noNode, "phrases.not_found"),
	}
}
