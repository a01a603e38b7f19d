package open

import "jushou/web/page"

// items are what is kept about people; the words are open.keep.<item>.* in the catalogue.
func items() []string {
	return []string{"name", "phone", "address", "wechat", "words", "chat", "roster", "consent", "looks", "log", "cookie"}
}

// rights are what a person may ask for; the words are open.right.<name>.*.
func rights() []right {
	return []right{
		{"see", "/me/data"}, {"correct", "/me/homes"}, {"withdraw", "/me/privacy"}, {"delete", "/me/delete"},
		{"explain", ""}, {"family", ""}, {"refused", ""},
	}
}

// right is one of them, with the page where it is used.
type right struct{ Name, Href string }

// consents are the purposes that newcomers are asked about, the necessary one first.
func consents() []string { return []string{"service", "notices", "publication"} }

// Privacy says what is kept about people, for what, how long, and what they may ask for.
func (p *Pages) Privacy(v *page.Visit) error { return v.Show(PrivacyPage(p.ConsentVersion)) }

// Accessibility says how to use this with poor eyes, with a screen reader, or without a phone.
func (p *Pages) Accessibility(v *page.Visit) error { return v.Show(AccessibilityPage()) }
