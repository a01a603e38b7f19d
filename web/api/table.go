package api

// Table lists every action, residents' first.
func Table() []Action {
	var all []Action
	for _, area := range []struct {
		tag  string
		rows []Action
	}{
		{"session and account", accountTable()},
		{"communities", communityTable()},
		{"topics", topicTable()},
		{"moderation", moderationTable()},
		{"neighbours", neighbourTable()},
		{"search", searchTable()},
		{"desk", deskTable()},
		{"residents", residentTable()},
		{"roster imports", importTable()},
		{"settings", settingTable()},
		{"catalogue", catalogueTable()},
		{"halls", hallTable()},
		{"polls", pollTable()},
		{"polls", ballotTable()},
		{"owners", ownerTable()},
		{"covenants", covenantTable()},
		{"affairs", affairTable()},
		{"projects", projectTable()},
		{"projects", workOfProjectTable()},
		{"projects", judgingTable()},
		{"activities", activityTable()},
		{"presets", presetTable()},
		{"money", moneyTable()},
		{"phrases", phraseTable()},
		{"assisted entries", assistedTable()},
		{"work", workTable()},
		{"whistles", whistleTable()},
		{"notices", bulletinTable()},
		{"digests", digestTable()},
		{"meetings", meetingTable()},
		{"open", openTable()},
		{"public log", logTable()},
	} {
		for _, a := range area.rows {
			a.Tag = area.tag
			all = append(all, a)
		}
	}
	return all
}

// Groups of codes that several actions share.
const (
	signIn     = "identity.sign_in"
	reading    = "identity.sign_in identity.verify_first topic.not_found"
	denied     = "identity.sign_in identity.denied"
	joined     = "identity.sign_in identity.verify_first"
	noNode     = "community.no_node"
	noPlace    = "community.no_node topic.not_found"
	texting    = "topic.body_empty topic.body_too_long topic.title_too_long topic.too_many_photos topic.bad_photo"
	token      = "topic.bad_token topic.token_taken"
	posting    = texting + " " + token + " topic.kind_not_here board.not_found"
	stepping   = "topic.wrong_state topic.full"
	reasons    = "topic.reason_needed topic.reason_too_long"
	noPicture  = "photo.not_found photo.store_unavailable"
	formOfName = "identity.bad_name identity.bad_phone identity.phone_taken identity.name_differs identity.consent_needed identity.bad_consent identity.account_erased"
	formOfHome = formOfName + " identity.bad_room identity.other_building identity.no_building identity.too_many_homes identity.no_home identity.household_full"
	noImport   = "identity.sign_in identity.denied store.not_found community.no_node"
)
