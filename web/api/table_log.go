package api

func logTable() []Action {
	before := Argument{Name: "before", Doc: "Only entries with a smaller index.", Number: true}
	return []Action{
		asks("logState", "GET /open/log", "The public log's newest checkpoint and its key", (*Actions).logState).refuses("log.empty"),
		asks("logEntries", "GET /open/log/entries", "What was entered in the public log, the latest first", (*Actions).logEntries).with(before).refuses("api.bad_number"),
		asks("logEntry", "GET /open/log/entries/{index}", "An entry, and the proof that it is in the log", (*Actions).logEntry).refuses("api.bad_number log.not_found"),
		asks("logGrowth", "GET /open/log/growth/{size}", "The proof that the log grew from an earlier size", (*Actions).logGrowth).refuses("api.bad_number log.not_found"),
	}
}
