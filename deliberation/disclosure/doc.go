// Package disclosure is 公开栏: what a community publishes about its money, its benefits and its major matters.
//
// An Item is entered by one person and published by another; residents ask about it and are answered by a promised date; a
// mistake is corrected by a further version, again by two persons, and every version stays readable. What has to be published,
// and by when, is a Schedule per community: for each period that has ended there is an Obligation whose clock
// (internal/deadline) is met by publishing. What is late is said in words where residents read, and told to the secretary.
//
// Sources: 村民委员会组织法, article 30 (general items at least quarterly, money monthly where there is much of it, major
// matters at once, true and open to questions); 上海市居民委员会工作条例, article 17. The days after a period's end are our
// default and nobody's rule.
//
// Amounts are whole fen. Nothing here counts or ranks persons.
package disclosure
